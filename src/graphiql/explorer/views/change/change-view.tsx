import { useMemo } from 'react';
import { useOpenQuery } from '../../../use-open-query.ts';
import { type Effect, noEffect, totalsOf } from '../../ask/change.ts';
import { dryRunMutation } from '../../ask/editor-queries.ts';
import { type Change, versionChanges } from '../../graph/change.ts';
import { edgeKey, ProfileGraph } from '../../graph/profile-graph.ts';
import { displayName } from '../../look/box-content.ts';
import { useSettled } from '../../page/browser.ts';
import { ListSwitch, useFrame, ViewHead } from '../../page/frame.tsx';
import { useAffectedPeople, useEffectOf } from '../../page/questions.ts';
import { Failure, Waiting } from '../../page/state-page.tsx';
import { entitlementName, kindInSystem } from '../../text/entitlement-name.ts';
import { badgeOf, counted, effectSentence, effectText } from '../../text/sentences.ts';
import { findingTitle } from '../finding-text.ts';
import { type Drawing, GraphView } from '../graph-view.tsx';
import { csvItem } from '../use-exports.ts';
import { AroundProfile, WhichOne } from '../view-parts.tsx';
import { ChangeSide, changeText } from './change-side.tsx';

/** What changes would do to everybody. Nothing is written. */
export function ChangeView() {
  const { address, go } = useFrame();
  const id = address.id ?? address.changes[0]?.child;
  if (id === undefined)
    return (
      <WhichOne
        title="Try a change of which profile?"
        label="Profile to change"
        kinds="profiles"
        onPick={({ profile }) => profile && go({ view: 'change', id: profile.id })}
      >
        <p>Nothing is written.</p>
      </WhichOne>
    );
  return (
    <AroundProfile id={id}>{({ graph }) => <Trial graph={graph} id={id} changes={address.changes} />}</AroundProfile>
  );
}

interface TrialProps {
  readonly graph: ProfileGraph;
  readonly id: string;
  readonly changes: readonly Change[];
}

function Trial({ graph, id, changes }: TrialProps) {
  const settled = useSettled(changes, 300);
  const reading = useEffectOf(changes.length === 0 || settled.length === 0 ? undefined : settled);
  const effect = changes.length === 0 ? noEffect : reading.shown;
  const people = useAffectedPeople(
    effect !== undefined && effect.affected.length > 0 && settled === changes ? settled : undefined,
  );
  const isStale = changes.length > 0 && (reading.status !== 'done' || settled !== changes);
  return (
    <div className="explorer-split has-list">
      <ChangeSide graph={graph} id={id} changes={changes} effect={effect} isStale={isStale} people={people} />
      {reading.error !== undefined && changes.length > 0 ? (
        <Failure error={reading.error} attempt="try this change" onRetry={reading.retry} />
      ) : effect === undefined ? (
        <Waiting what="what it would do" onStop={reading.stop} />
      ) : (
        <EffectStage
          graph={graph}
          id={id}
          changes={changes}
          effect={effect}
          isStale={isStale}
          people={changes.length === 0 ? undefined : people.value?.length}
        />
      )}
    </div>
  );
}

interface EffectStageProps extends TrialProps {
  readonly effect: Effect;
  readonly isStale: boolean;
  readonly people: number | undefined;
}

function EffectStage({ graph, id, changes, effect, isStale, people }: EffectStageProps) {
  const openMutation = useOpenMutation();
  const { affected, violations } = effect;
  const totals = totalsOf(affected);
  const nameOf = (of: string) => displayName(graph.find(of));
  const texts = changes.map((change) => changeText(change, nameOf));
  const isRefused = violations.length > 0;
  const title = isRefused
    ? `This would be refused: ${violations[0] ?? ''}`
    : changes.length === 0
      ? 'Choose what to change on the left'
      : effectSentence({ ...totals, profiles: affected.length, people });
  const { drawing, inkOf } = useMemo(() => {
    const { shown, dropped, added } = changedGraph(graph, id, changes, effect);
    const effects = new Map(effect.affected.map((each) => [each.profile.id, each]));
    const toneOf = (of: string) => {
      const each = effects.get(of);
      return each === undefined ? undefined : each.lost.length > 0 ? 'lost' : 'gained';
    };
    const picture: Drawing = {
      graph: shown,
      emphasis: (of) => {
        const [gained, lost] = [effects.get(of)?.gained.length ?? 0, effects.get(of)?.lost.length ?? 0];
        return {
          tone: toneOf(of) ?? 'faint',
          badge: badgeOf(gained, lost),
          effect: effectText(gained, lost),
          isFocus: changes.some(({ child }) => child === of) || of === id,
        };
      },
      lookOf: (key) => (dropped.has(key) ? 'dropped' : added.has(key) ? 'added' : undefined),
    };
    return { drawing: picture, inkOf: toneOf };
  }, [graph, id, changes, effect]);
  const tables = [
    csvItem('CSV of the change', 'change', () => [
      ['Profile', 'Change', 'Entitlement', 'Kind', 'Entitlement id', 'Data source'],
      ...affected.flatMap(({ profile, gained, lost }) =>
        [...lost.map((item) => ['lost', item] as const), ...gained.map((item) => ['gained', item] as const)].map(
          ([how, item]) => [
            displayName(profile),
            how,
            entitlementName(item),
            kindInSystem(item),
            item.entityId,
            item.datasourceId,
          ],
        ),
      ),
    ]),
  ];
  return (
    <div className={`explorer-main explorer-col ${isStale ? 'is-stale' : ''}`} data-pane="stage">
      <ViewHead
        title={<EffectTitle title={title} isRefused={isRefused} />}
        under={texts.join(' · ') || 'Nothing is written.'}
      >
        <ListSwitch />
        <button type="button" disabled={changes.length === 0} onClick={() => openMutation(changes)}>
          As a mutation…
        </button>
      </ViewHead>
      {violations.length > 1 && (
        <ul className="explorer-consequences">
          {violations.slice(1).map((violation) => (
            <li key={violation}>{violation}</li>
          ))}
        </ul>
      )}
      <FindingChanges effect={effect} />
      <GraphView
        drawing={drawing}
        inkOf={inkOf}
        label="The changed profile and all affected"
        title={title}
        notes={texts}
        focus={id}
        tables={changes.length === 0 ? [] : tables}
      />
    </div>
  );
}

function EffectTitle({ title, isRefused }: { readonly title: string; readonly isRefused: boolean }) {
  if (isRefused) return <span className="is-lost">{title}</span>;
  const [, lost, rest] = /^(.* lost)?(.*)$/.exec(title) ?? [];
  return (
    <>
      {lost !== undefined && <span className="is-lost">{lost}</span>}
      {rest ?? title}
    </>
  );
}

const mostFindings = 5;

function FindingChanges({ effect }: { readonly effect: Effect }) {
  const lists = [
    { text: 'New finding', findings: effect.newFindings, tone: 'is-lost' },
    { text: 'Resolved', findings: effect.resolvedFindings, tone: 'is-gained' },
  ].filter(({ findings }) => findings.length > 0);
  if (lists.length === 0) return null;
  return (
    <ul className="explorer-consequences">
      {lists.flatMap(({ text, findings, tone }) =>
        findings.slice(0, mostFindings).map((finding, place) => (
          <li key={text + finding.kind + finding.message} dir="auto">
            <b className={tone}>{text}:</b> {findingTitle(finding)}
            {place === mostFindings - 1 &&
              findings.length > mostFindings &&
              `, and ${counted(findings.length - mostFindings, 'more')}`}
          </li>
        )),
      )}
    </ul>
  );
}

/** The changed profiles with all affected, the parents that are dropped and added, and the lines between them. */
function changedGraph(graph: ProfileGraph, id: string, changes: readonly Change[], { affected }: Effect) {
  const parents = changes.flatMap((change) => ('parent' in change ? [change] : []));
  const ids = new Set([
    id,
    ...changes.map(({ child }) => child),
    ...parents.map(({ parent }) => parent),
    ...affected.map(({ profile }) => profile.id),
  ]);
  if (affected.length === 0) for (const parent of graph.parents(id)) ids.add(parent);
  const known = graph.among(new Set([...ids].filter((of) => graph.has(of))));
  const unknown = affected.map(({ profile }) => profile).filter((profile) => !graph.has(profile.id));
  const added = parents.filter(({ kind }) => kind === 'add').map(({ child, parent }) => ({ child, parent }));
  return {
    shown: new ProfileGraph([...known.profiles, ...unknown], [...known.edges, ...added]),
    dropped: new Set(parents.filter(({ kind }) => kind === 'drop').map(edgeKey)),
    added: new Set(added.map(edgeKey)),
  };
}

/** Opens changes in the editor as a dry run, and runs nothing. */
function useOpenMutation(): (changes: readonly Change[]) => void {
  const { close } = useFrame();
  const openQuery = useOpenQuery();
  return (changes) => {
    const inputs = versionChanges(changes);
    close();
    openQuery({
      query: dryRunMutation(inputs.length),
      variables: Object.fromEntries(
        inputs.map((input, index) => [`input${index + 1}`, { ...input, dryRun: true }] as const),
      ),
      run: false,
    });
  };
}
