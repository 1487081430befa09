import { type KeyboardEvent, useMemo } from 'react';
import type { Finding } from '../ask/findings.ts';
import { type Change, changeKey } from '../graph/change.ts';
import { unneededEdge } from '../graph/finding-index.ts';
import { edgeKey, ProfileGraph } from '../graph/profile-graph.ts';
import { between } from '../graph/routes.ts';
import { displayName } from '../look/box-content.ts';
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
      findings: { byProfile: new Map(), unneeded: new Set(edge === undefined ? [] : [edgeKey(edge)]) },
      shape: 'card',
      emphasis: (id) => ({ tone: concerned.has(id) ? 'concerned' : 'faint' }),
    };
  }, [finding, graph]);
  const cure = cureOf(finding);
  return (
    <div className="explorer-main explorer-col" data-pane="stage">
      <ViewHead title={findingTitle(finding)} under={findingDetail(finding)}>
        {cure?.kind === 'change' && (
          <button
            type="button"
            className="is-primary"
            onClick={() => go({ view: 'change', id: cure.changes[0]?.child, changes: cure.changes })}
          >
            {cure.text}
          </button>
        )}
        {cure?.kind === 'compare' && (
          <button type="button" className="is-primary" onClick={() => go({ view: 'compare', id: cure.a, to: cure.b })}>
            Compare them
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

type Cure =
  | { readonly kind: 'change'; readonly text: string; readonly changes: readonly Change[] }
  | { readonly kind: 'compare'; readonly a: string; readonly b: string };

/** The change that would mend it, ready to try. */
function cureOf(finding: Finding): Cure | undefined {
  const [first, second] = finding.profiles;
  if (first === undefined) return undefined;
  if (finding.kind === 'REDUNDANT_PARENT' && second !== undefined) {
    return { kind: 'change', text: 'Try dropping it', changes: [{ kind: 'drop', child: first.id, parent: second.id }] };
  }
  if (finding.kind === 'CYCLE') {
    const parent = second ?? first;
    return {
      kind: 'change',
      text: 'Try dropping one of its edges',
      changes: [{ kind: 'drop', child: first.id, parent: parent.id }],
    };
  }
  if (finding.kind === 'DUPLICATE_ENTITLEMENT' && finding.entitlements.length > 0) {
    const changes = finding.entitlements.map(
      (entitlement): Change => ({
        kind: 'revoke',
        child: first.id,
        entity: entityRef(entitlement),
      }),
    );
    return {
      kind: 'change',
      text: 'Try dropping its own',
      changes: [...new Map(changes.map((change) => [changeKey(change), change])).values()],
    };
  }
  if (finding.kind === 'SAME_EFFECTIVE_ENTITLEMENTS' && second !== undefined)
    return { kind: 'compare', a: first.id, b: second.id };
  return undefined;
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
