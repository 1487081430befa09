import { type KeyboardEvent, useMemo } from 'react';
import type { Finding } from '../ask/findings.ts';
import { type Change, changeKey } from '../graph/change.ts';
import { noFindings, unneededEdge } from '../graph/finding-index.ts';
import { edgeKey, ProfileGraph } from '../graph/profile-graph.ts';
import { between } from '../graph/routes.ts';
import { displayName } from '../look/box-content.ts';
import type { Address } from '../page/address.ts';
import { ListSwitch, type MenuItem, useFrame, ViewHead } from '../page/frame.tsx';
import { useFindings, useWholeWorld, useWorldAround } from '../page/questions.ts';
import { AnswerView } from '../page/state-page.tsx';
import { entitlementName, entityRef } from '../text/entitlement-name.ts';
import { counted } from '../text/sentences.ts';
import { findingDetail, findingTitle, kindTitle, orderedFindings } from './finding-text.ts';
import { type Drawing, GraphView } from './graph-view.tsx';
import { csvItem } from './use-exports.ts';
import { Group, MoreRows } from './view-parts.tsx';

/** What is wrong or wasteful, each with the profiles concerned and the way to a cure. */
export function FindingsView() {
  const findings = useFindings(true);
  return (
    <AnswerView reading={findings} what="the findings" attempt="look for findings">
      {(list, isStale) => <Findings findings={list} isStale={isStale} />}
    </AnswerView>
  );
}

const mostRows = 300;

interface FindingsProps {
  readonly findings: readonly Finding[];
  readonly isStale?: boolean;
}

export function Findings({ findings, isStale = false }: FindingsProps) {
  const { address, adjust } = useFrame();
  const ordered = useMemo(() => orderedFindings(findings), [findings]);
  const table = csvItem('CSV of the findings', 'findings', () => [
    ['Kind', 'Finding', 'Profiles', 'Entitlements'],
    ...ordered.map((finding) => [
      kindTitle(finding.kind),
      findingTitle(finding),
      finding.profiles.map(displayName).join('; '),
      finding.entitlements.map(entitlementName).join('; '),
    ]),
  ]);
  if (ordered.length === 0)
    return (
      <div className="explorer-page-state explorer-col">
        <h1>No findings</h1>
        <p>No cycle, no missing or unneeded parent, no broken rule, nothing held twice.</p>
      </div>
    );
  const open = Math.min(address.finding ?? 0, ordered.length - 1);
  const kinds = [...new Set(ordered.map(({ kind }) => kind))];
  const shownFrom = open < mostRows ? 0 : open;

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    adjust({ finding: Math.max(0, Math.min(ordered.length - 1, open + step)), chosen: undefined });
  }

  return (
    <div className={isStale ? 'explorer-split has-list is-stale' : 'explorer-split has-list'}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys of the rows inside. */}
      <div className="explorer-side" data-pane="list" onKeyDown={onKeyDown}>
        <h2>{counted(ordered.length, 'finding')}</h2>
        {kinds.map((kind) => {
          const rows = ordered
            .map((finding, place) => ({ finding, place }))
            .filter(({ finding }) => finding.kind === kind);
          const shown = rows.filter(({ place }) => place >= shownFrom && place < shownFrom + mostRows);
          if (shown.length === 0) return null;
          return (
            <Group key={kind} title={kindTitle(kind)} count={rows.length}>
              {shown.map(({ finding, place }) => (
                <button
                  key={place}
                  type="button"
                  className={`explorer-row explorer-bar explorer-plain ${place === open ? 'is-open' : ''}`}
                  aria-current={place === open || undefined}
                  ref={(element) => {
                    if (place !== open || element === null) return;
                    element.scrollIntoView({ block: 'nearest' });
                    // The arrow keys go on from the finding that is open.
                    if (document.activeElement?.matches('.explorer-side .explorer-row')) element.focus();
                  }}
                  onClick={() => adjust({ finding: place, chosen: undefined })}
                >
                  <span className="explorer-row-text" dir="auto">
                    {findingTitle(finding)}
                  </span>
                </button>
              ))}
            </Group>
          );
        })}
        <MoreRows count={ordered.length} most={mostRows} />
      </div>
      {ordered[open] && <FindingStage finding={ordered[open]} tables={[table]} />}
    </div>
  );
}

/** The profiles concerned in colour amid their grey neighbours, what is wrong, and the cure. */
function FindingStage({ finding, tables }: { readonly finding: Finding; readonly tables: readonly MenuItem[] }) {
  const { go, openProfile } = useFrame();
  const whole = useWholeWorld();
  const [firstProfile] = finding.profiles;
  const around = useWorldAround(firstProfile?.id);
  const graph = whole.value?.graph ?? around.value?.graph;
  const drawing = useMemo((): Drawing => {
    const concerned = new Set(finding.profiles.map(({ id }) => id));
    const edge = unneededEdge(finding);
    return {
      graph: concernedGraph(finding, graph),
      findings: { ...noFindings, unneeded: new Set(edge && [edgeKey(edge)]) },
      shape: 'card',
      emphasis: (id) => ({ tone: concerned.has(id) ? 'concerned' : 'faint' }),
    };
  }, [finding, graph]);
  const cure = cureOf(finding);
  return (
    <div className="explorer-main explorer-col" data-pane="stage">
      <ViewHead title={findingTitle(finding)} under={findingDetail(finding)}>
        {cure && (
          <button type="button" className="is-primary" onClick={() => go(cure.address)}>
            {cure.text}
          </button>
        )}
        {firstProfile && (
          <button type="button" onClick={() => openProfile(firstProfile.id)}>
            Open the profile
          </button>
        )}
        <ListSwitch />
      </ViewHead>
      <GraphView
        drawing={drawing}
        most={Number.POSITIVE_INFINITY}
        label="The profiles concerned"
        title={findingTitle(finding)}
        focus={firstProfile?.id}
        tables={tables}
      />
    </div>
  );
}

/** Where it can be mended: a change ready to try, or a comparison. */
function cureOf({ kind, profiles, entitlements }: Finding): { text: string; address: Partial<Address> } | undefined {
  const [first, second] = profiles;
  if (first === undefined) return undefined;
  const change = (text: string, changes: readonly Change[]) => ({
    text,
    address: { view: 'change' as const, id: first.id, changes },
  });
  switch (kind) {
    case 'REDUNDANT_PARENT':
      return second && change('Try dropping it', [{ kind: 'drop', child: first.id, parent: second.id }]);
    case 'CYCLE':
      return change('Try dropping one of its edges', [{ kind: 'drop', child: first.id, parent: (second ?? first).id }]);
    case 'DUPLICATE_ENTITLEMENT': {
      const own = entitlements.map((each): Change => ({ kind: 'revoke', child: first.id, entity: entityRef(each) }));
      const unique = new Map(own.map((each) => [changeKey(each), each]));
      return unique.size > 0 ? change('Try dropping its own', [...unique.values()]) : undefined;
    }
    case 'SAME_EFFECTIVE_ENTITLEMENTS':
      return second && { text: 'Compare them', address: { view: 'compare', id: first.id, to: second.id } };
    default:
      return undefined;
  }
}

const mostNeighbours = 8;

/** The profiles of a finding, those between them, and then some of their parents and children: as far as they are known. */
function concernedGraph(finding: Finding, graph: ProfileGraph | undefined): ProfileGraph {
  if (graph === undefined) return new ProfileGraph(finding.profiles, []);
  const concerned = finding.profiles.filter(({ id }) => graph.has(id)).map(({ id }) => id);
  const shown = new Set(concerned);
  const add = (ids: Iterable<string>) => {
    for (const id of ids) if (shown.size < concerned.length + mostNeighbours) shown.add(id);
  };
  const [first, ...others] = concerned;
  if (first !== undefined) for (const other of others.slice(0, mostNeighbours)) add(between(graph, first, other));
  for (const id of concerned) add(graph.parents(id));
  if (others.length === 0) for (const id of concerned) add(graph.children(id));
  const unknown = finding.profiles.filter(({ id }) => !graph.has(id));
  const known = graph.among(shown);
  return unknown.length === 0 ? known : new ProfileGraph([...known.profiles, ...unknown], known.edges);
}
