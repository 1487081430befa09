import { AskError } from '../ask/ask.ts';
import type { EffectiveEntitlement, ProfileDetails } from '../ask/profile.ts';
import { compareEntitlements, haveDifferentSources, type SharedEntitlement } from '../graph/compare.ts';
import type { ProfileGraph } from '../graph/profile-graph.ts';
import { shortestChain } from '../graph/routes.ts';
import { displayName } from '../look/box-content.ts';
import { ExportMenu, useFrame, ViewHead } from '../page/frame.tsx';
import { TypeChip } from '../page/parts.tsx';
import { useProfileDetails, useWorldAround } from '../page/questions.ts';
import { Failure, Waiting } from '../page/state-page.tsx';
import { Picker } from '../picker/picker.tsx';
import { bySystem, entitlementKey, entitlementName, kindInSystem, splitEntityType } from '../text/entitlement-name.ts';
import { formatCount } from '../text/sentences.ts';
import { sourceOf } from './profile/card-entitlements.tsx';
import { csvItem } from './use-exports.ts';

/** Two profiles' effective entitlements side by side. */
export function CompareView() {
  const { address } = useFrame();
  const a = useProfileDetails(address.id);
  const b = useProfileDetails(address.to);
  const world = useWorldAround(address.id);
  if (address.id === undefined || address.to === undefined) return <ChooseTwo />;
  for (const reading of [a, b]) {
    if (reading.error !== undefined)
      return <Failure error={reading.error} attempt="read these profiles" onRetry={reading.retry} />;
    if (reading.status === 'done' && reading.value === undefined)
      return (
        <div className="explorer-page-state">
          <h2>One of these profiles does not exist</h2>
          <p>It has been deleted, or your key may not see it.</p>
          <ChooseTwo />
        </div>
      );
    const list = reading.value?.entitlements;
    if (list instanceof AskError)
      return <Failure error={list} attempt="read these entitlements" onRetry={reading.retry} />;
  }
  if (a.value === undefined || b.value === undefined) return <Waiting what="both profiles" />;
  return <SideBySide a={a.value} b={b.value} graph={world.shown?.graph} />;
}

function ChooseTwo() {
  const { address, go } = useFrame();
  const first = useProfileDetails(address.id);
  return (
    <div className="explorer-page-state">
      <h2 dir="auto">
        {first.value ? `Compare ${displayName(first.value.profile)} with…` : 'Compare which profiles?'}
      </h2>
      <Picker
        key={address.id ?? 'first'}
        label={address.id === undefined ? 'First profile' : 'Second profile'}
        placeholder="Name of a profile"
        kinds="profiles"
        hasFocus
        onPick={({ profile }) => {
          if (profile === undefined) return;
          go(address.id === undefined ? { id: profile.id } : { to: profile.id });
        }}
      />
    </div>
  );
}

interface SideBySideProps {
  readonly a: ProfileDetails;
  readonly b: ProfileDetails;
  readonly graph: ProfileGraph | undefined;
}

function SideBySide({ a, b, graph }: SideBySideProps) {
  const { go } = useFrame();
  const [ofA, ofB] = [listOf(a), listOf(b)];
  const { onlyA, both, onlyB } = compareEntitlements(ofA, ofB);
  const [nameA, nameB] = [displayName(a.profile), displayName(b.profile)];
  const all = onlyA.length + both.length + onlyB.length;
  const exports = csvItem('CSV of the comparison', `${nameA} and ${nameB}`, () => [
    ['Who', 'Entitlement', 'Kind', 'Id', 'Data source', `From (${nameA})`, `From (${nameB})`],
    ...onlyA.map((item) => rowOf(`only ${nameA}`, item, sourceOf(item), '')),
    ...both.map(({ a: one, b: other }) => rowOf('both', one, sourceOf(one), sourceOf(other))),
    ...onlyB.map((item) => rowOf(`only ${nameB}`, item, '', sourceOf(item))),
  ]);
  const sentence = `${relation(graph, a, b)}${formatCount(both.length)} of ${formatCount(all)} entitlements in common.`;
  return (
    <div className="explorer-main" data-pane="stage">
      <ViewHead title={`${nameA} and ${nameB}`} under={sentence}>
        <button type="button" onClick={() => go({ id: b.profile.id, to: a.profile.id })}>
          Swap
        </button>
        <button type="button" onClick={() => go({ id: a.profile.id, to: undefined })}>
          Compare with another…
        </button>
      </ViewHead>
      <div className="explorer-columns">
        <Column title={`Only ${nameA}`} profile={a} count={onlyA.length}>
          <Rows items={onlyA} />
        </Column>
        <Column title="Both" count={both.length}>
          <SharedRows items={both} nameA={nameA} nameB={nameB} />
        </Column>
        <Column title={`Only ${nameB}`} profile={b} count={onlyB.length}>
          <Rows items={onlyB} />
        </Column>
      </div>
      <ExportMenu items={[exports]} />
    </div>
  );
}

function listOf({ entitlements }: ProfileDetails): readonly EffectiveEntitlement[] {
  return entitlements instanceof AskError ? [] : entitlements;
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

function relation(graph: ProfileGraph | undefined, a: ProfileDetails, b: ProfileDetails): string {
  if (graph === undefined || !graph.has(b.profile.id)) return '';
  const [nameA, nameB] = [displayName(a.profile), displayName(b.profile)];
  if (shortestChain(graph, a.profile.id, b.profile.id) !== undefined) return `${nameA} inherits from ${nameB}. `;
  if (shortestChain(graph, b.profile.id, a.profile.id) !== undefined) return `${nameB} inherits from ${nameA}. `;
  return '';
}

interface ColumnProps {
  readonly title: string;
  readonly count: number;
  readonly profile?: ProfileDetails;
  readonly children: React.ReactNode;
}

function Column({ title, count, profile, children }: ColumnProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reached by the keyboard.
    <section className="explorer-column" aria-label={`${title}, ${count}`} tabIndex={0}>
      <h2>
        {profile && <TypeChip profile={profile.profile} isGrey />}
        <span dir="auto">{title}</span>
        <span className="explorer-count">{formatCount(count)}</span>
      </h2>
      {count === 0 ? <p className="explorer-nothing">Nothing.</p> : children}
    </section>
  );
}

function Rows({ items }: { readonly items: readonly EffectiveEntitlement[] }) {
  return bySystem(items, ({ entitlement }) => entitlement).map(({ system, items: members }) => (
    <section key={system} className="explorer-system">
      <h3 dir="auto">{system}</h3>
      <ul>
        {members.map((item) => (
          <li key={entitlementKey(item.entitlement)} className="explorer-fact">
            <strong dir="auto">{entitlementName(item.entitlement)}</strong>
            <span dir="auto">
              {splitEntityType(item.entitlement.entityType).kind} · {sourceOf(item)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  ));
}

function SharedRows({
  items,
  nameA,
  nameB,
}: {
  readonly items: readonly SharedEntitlement[];
  readonly nameA: string;
  readonly nameB: string;
}) {
  return bySystem(items, ({ a }) => a.entitlement).map(({ system, items: members }) => (
    <section key={system} className="explorer-system">
      <h3 dir="auto">{system}</h3>
      <ul>
        {members.map((item) => (
          <li key={entitlementKey(item.a.entitlement)} className="explorer-fact">
            <strong dir="auto">{entitlementName(item.a.entitlement)}</strong>
            <span dir="auto">{splitEntityType(item.a.entitlement.entityType).kind}</span>
            {haveDifferentSources(item) ? (
              <>
                <span dir="auto">
                  {nameA}: {sourceOf(item.a)}
                </span>
                <span dir="auto">
                  {nameB}: {sourceOf(item.b)}
                </span>
              </>
            ) : (
              <span dir="auto">{sourceOf(item.a)}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  ));
}
