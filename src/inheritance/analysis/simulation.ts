import { entitlementKey } from '../../model/entitlement.ts';
import type { Hierarchy } from '../graph/hierarchy.ts';
import type { Steps } from '../steps.ts';
import { type AffectedProfile, accessDifference } from './access-difference.ts';
import { inheritanceFindingsInSteps } from './findings/all.ts';
import type { FindingFacts } from './findings/facts.ts';
import type { Finding, FindingKind } from './findings/finding.ts';

/** The findings that changes bring about, and those that they end. */
export interface FindingChanges {
  readonly appear: readonly Finding[];
  readonly disappear: readonly Finding[];
}

/** Whose effective entitlements differ between two hierarchies of which only `changed` differ themselves (`accessDifference`). */
export function* affectedBetween(
  before: Hierarchy,
  after: Hierarchy,
  changed: readonly string[],
): Steps<AffectedProfile[]> {
  yield* before.prepareGrants();
  yield* after.prepareGrants();
  return yield* accessDifference(before, after, changed);
}

/** The findings of some kinds that only one of two hierarchies has. */
export function* findingChanges(
  before: Hierarchy,
  after: Hierarchy,
  kinds: readonly FindingKind[],
  facts: FindingFacts,
): Steps<FindingChanges> {
  const old = yield* inheritanceFindingsInSteps(before, kinds, facts);
  const now = yield* inheritanceFindingsInSteps(after, kinds, facts);
  const [oldKeys, newKeys] = [new Set(old.map(keyOf)), new Set(now.map(keyOf))];
  return {
    appear: now.filter((finding) => !oldKeys.has(keyOf(finding))),
    disappear: old.filter((finding) => !newKeys.has(keyOf(finding))),
  };
}

/** What a finding is about. Its message also holds names and counts, which may change while the finding stays. */
function keyOf({ kind, profileIds, entitlements, about }: Finding): string {
  // The second profile is one of those that the entitlement is inherited from, and may become another one.
  const profiles = kind === 'DUPLICATE_ENTITLEMENT' ? profileIds.slice(0, 1) : profileIds;
  return JSON.stringify([kind, about, profiles, entitlements.map(entitlementKey)]);
}
