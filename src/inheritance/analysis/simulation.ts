import { entitlementKey } from '../../model/entitlement.ts';
import type { Hierarchy } from '../graph/hierarchy.ts';
import type { Steps } from '../steps.ts';
import { type AffectedProfile, accessDifference } from './access-difference.ts';
import type { Finding } from './findings/finding.ts';

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

/** The findings that only one of two lists has. */
export function* findingChanges(before: readonly Finding[], after: readonly Finding[]): Steps<FindingChanges> {
  const [old, now] = [yield* byKey(before), yield* byKey(after)];
  const without = (list: ReadonlyMap<string, Finding>, other: ReadonlyMap<string, Finding>) =>
    [...list].flatMap(([key, finding]) => (other.has(key) ? [] : [finding]));
  return { appear: without(now, old), disappear: without(old, now) };
}

function* byKey(findings: readonly Finding[]): Steps<ReadonlyMap<string, Finding>> {
  const keyed = new Map<string, Finding>();
  for (const finding of findings) yield void keyed.set(keyOf(finding), finding);
  return keyed;
}

/** The subject of a finding. Its message also holds names and counts, which may change while the finding stays. */
function keyOf({ kind, profileIds, entitlements, about, member }: Finding): string {
  // Of the other profiles there may be more or less, or other ones: those that an entitlement is inherited from or held through.
  const profiles = kind === 'DUPLICATE_ENTITLEMENT' ? profileIds.slice(0, 1) : member === null ? profileIds : [];
  const keys = about === null ? entitlements.map(entitlementKey) : [];
  return JSON.stringify([kind, about, member?.identityId, profiles, keys]);
}
