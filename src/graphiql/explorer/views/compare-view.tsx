import { type Comparison, haveDifferentSources } from '../ask/comparison.ts';
import type { EffectiveEntitlement } from '../ask/profile.ts';
import { type Profile, type ProfileGraph, reach } from '../graph/profile-graph.ts';
import { displayName } from '../look/box-content.ts';
import { ExportMenu, useFrame, ViewHead } from '../page/frame.tsx';
import { TypeChip } from '../page/parts.tsx';
import { useComparison, useProfileDetails, useWorldAround } from '../page/questions.ts';
import { AnswerView } from '../page/state-page.tsx';
import { type Entitlement, entitlementName, kindInSystem, splitEntityType } from '../text/entitlement-name.ts';
import { chainSentence, formatCount, sentence } from '../text/sentences.ts';
import { sourceOf } from './profile/card-entitlements.tsx';
import { csvItem } from './use-exports.ts';
import { BySystem, WhichOne } from './view-parts.tsx';

/** Two profiles' effective entitlements side by side. */
export function CompareView() {
  const { address } = useFrame();
  const reading = useComparison(address.id, address.to);
  const world = useWorldAround(address.id);
  if (address.id === undefined || address.to === undefined) return <ChooseTwo />;
  if (reading.status === 'done' && reading.value === undefined)
    return (
      <div className="explorer-page-state explorer-col">
        <h2>One of these profiles does not exist</h2>
        <p>It has been deleted, or your key may not see it.</p>
        <ChooseTwo />
      </div>
    );
  return (
    <AnswerView reading={reading} what="both profiles" attempt="compare these profiles">
      {(comparison) => comparison && <SideBySide comparison={comparison} graph={world.shown?.graph} />}
    </AnswerView>
  );
}

function ChooseTwo() {
  const { address, go } = useFrame();
  const first = useProfileDetails(address.id);
  return (
    <WhichOne
      title={first.value ? `Compare ${displayName(first.value.profile)} with…` : 'Compare which profiles?'}
      label={address.id === undefined ? 'First profile' : 'Second profile'}
      kinds="profiles"
      {...(address.id !== undefined && { except: address.id })}
      onPick={({ profile }) => profile && go(address.id === undefined ? { id: profile.id } : { to: profile.id })}
    />
  );
}

const ofOne = {
  entitlementOf: ({ entitlement }: EffectiveEntitlement) => entitlement,
  facts: (item: EffectiveEntitlement, kind: string) => [`${kind} · ${sourceOf(item)}`],
};

interface SideBySideProps {
  readonly comparison: Comparison;
  readonly graph: ProfileGraph | undefined;
}

function SideBySide({ comparison, graph }: SideBySideProps) {
  const { go } = useFrame();
  const { a, b, onlyA, both, onlyB } = comparison;
  const [nameA, nameB] = [displayName(a), displayName(b)];
  const all = onlyA.length + both.length + onlyB.length;
  const exports = csvItem('CSV of the comparison', `${nameA} and ${nameB}`, () => [
    ['Who', 'Entitlement', 'Kind', 'Id', 'Data source', `From (${nameA})`, `From (${nameB})`],
    ...onlyA.map((item) => rowOf(`only ${nameA}`, item, sourceOf(item), '')),
    ...both.map(({ a: one, b: other }) => rowOf('both', one, sourceOf(one), sourceOf(other))),
    ...onlyB.map((item) => rowOf(`only ${nameB}`, item, '', sourceOf(item))),
  ]);
  const relations = `${relation(graph, a, b)}${formatCount(both.length)} of ${formatCount(all)} entitlements in common.`;
  return (
    <div className="explorer-main explorer-col" data-pane="stage">
      <ViewHead title={sentence([nameA, nameB], ([one, other]) => `${one} and ${other}`)} under={relations}>
        <button type="button" onClick={() => go({ id: b.id, to: a.id })}>
          Swap
        </button>
        <button type="button" onClick={() => go({ id: undefined, to: b.id })}>
          Another first…
        </button>
        <button type="button" onClick={() => go({ id: a.id, to: undefined })}>
          Another second…
        </button>
      </ViewHead>
      <div className="explorer-columns">
        <Column title={`Only ${nameA}`} profile={a} count={onlyA.length}>
          <Rows items={onlyA} {...ofOne} />
        </Column>
        <Column title="Both" count={both.length}>
          <Rows
            items={both}
            entitlementOf={(item) => item.a.entitlement}
            facts={(item, kind) =>
              haveDifferentSources(item)
                ? [kind, `${nameA}: ${sourceOf(item.a)}`, `${nameB}: ${sourceOf(item.b)}`]
                : [`${kind} · ${sourceOf(item.a)}`]
            }
          />
        </Column>
        <Column title={`Only ${nameB}`} profile={b} count={onlyB.length}>
          <Rows items={onlyB} {...ofOne} />
        </Column>
      </div>
      <ExportMenu items={[exports]} />
    </div>
  );
}

function rowOf(who: string, { entitlement }: EffectiveEntitlement, fromA: string, fromB: string): readonly string[] {
  return [
    who,
    entitlementName(entitlement),
    kindInSystem(entitlement),
    entitlement.entityId,
    entitlement.datasourceId,
    fromA,
    fromB,
  ];
}

function relation(graph: ProfileGraph | undefined, a: Profile, b: Profile): string {
  for (const [low, high] of [
    [a, b],
    [b, a],
  ] as const) {
    if (graph !== undefined && reach(low.id, (id) => graph.parents(id)).has(high.id))
      return `${chainSentence([displayName(low), displayName(high)])} `;
  }
  return '';
}

interface ColumnProps {
  readonly title: string;
  readonly count: number;
  readonly profile?: Profile;
  readonly children: React.ReactNode;
}

function Column({ title, count, profile, children }: ColumnProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reached by the keyboard.
    <section aria-label={`${title}, ${count}`} tabIndex={0}>
      <h2 className="explorer-bar">
        {profile && <TypeChip profile={profile} isGrey />}
        <span dir="auto">{title}</span>
        <span className="explorer-count">{formatCount(count)}</span>
      </h2>
      {count === 0 ? <p className="explorer-nothing">Nothing.</p> : children}
    </section>
  );
}

interface RowsProps<Item> {
  readonly items: readonly Item[];
  readonly entitlementOf: (item: Item) => Entitlement;
  /** What stands below the name. */
  readonly facts: (item: Item, kind: string) => readonly string[];
}

function Rows<Item>({ items, entitlementOf, facts }: RowsProps<Item>) {
  return (
    <BySystem items={items} entitlementOf={entitlementOf}>
      {(item) => {
        const entitlement = entitlementOf(item);
        return (
          <div className="explorer-fact explorer-col">
            <strong dir="auto">{entitlementName(entitlement)}</strong>
            {facts(item, splitEntityType(entitlement.entityType).kind).map((fact) => (
              <span key={fact} className="explorer-aside" dir="auto">
                {fact}
              </span>
            ))}
          </div>
        );
      }}
    </BySystem>
  );
}
