import type { Profile } from '../../../model/profile.ts';
import type { Hierarchy } from '../../graph/hierarchy.ts';
import type { Steps } from '../../steps.ts';
import { cycleFindings } from './cycles.ts';
import { danglingReferenceFindings } from './dangling-references.ts';
import { disabledDatasourceFindings } from './disabled-datasources.ts';
import { type Finding, type FindingFacts, type FindingKind, findingKinds, noFacts } from './finding.ts';
import { duplicateEntitlementFindings, grantsNothingFindings, sameEffectiveFindings } from './own-grants.ts';
import { inactiveParentFindings, missingParentFindings, redundantParentFindings } from './parents.ts';
import { separationFindings } from './separation.ts';
import { typeRuleFindings } from './type-rules.ts';
import { unusedProfileFindings } from './unused-profiles.ts';

type Finder = (hierarchy: Hierarchy, facts: FindingFacts) => Finding[] | Steps<Finding[]>;

const finders: Readonly<Record<FindingKind, Finder>> = {
  CYCLE: cycleFindings,
  MISSING_PARENT: missingParentFindings,
  REDUNDANT_PARENT: redundantParentFindings,
  DUPLICATE_ENTITLEMENT: duplicateEntitlementFindings,
  SAME_EFFECTIVE_ENTITLEMENTS: sameEffectiveFindings,
  TYPE_RULE_VIOLATION: typeRuleFindings,
  SEPARATION_VIOLATION: (hierarchy, { separationRules }) => separationFindings(hierarchy, separationRules),
  DANGLING_REFERENCE: danglingReferenceFindings,
  UNUSED_PROFILE: unusedProfileFindings,
  INACTIVE_PARENT: inactiveParentFindings,
  GRANTS_NOTHING: grantsNothingFindings,
  DISABLED_DATASOURCE: disabledDatasourceFindings,
};

/** Everything wrong or wasteful, of the kinds asked for, in the order of `findingKinds` whatever order they were asked in. */
export function* inheritanceFindings(
  hierarchy: Hierarchy,
  kinds: readonly FindingKind[] = findingKinds,
  facts: FindingFacts = noFacts,
): Steps<Finding[]> {
  const all: Finding[] = [];
  if (needEffectiveSets(hierarchy, kinds)) yield* hierarchy.prepareEffectiveSets();
  for (const kind of findingKinds.filter((each) => kinds.includes(each))) {
    const found = finders[kind](hierarchy, facts);
    for (const each of Array.isArray(found) ? found : yield* found) all.push(each);
    yield;
  }
  return all;
}

/** Rules look at effective sets only where a type limits how many entitlements its profiles may have. */
function needEffectiveSets(hierarchy: Hierarchy, kinds: readonly FindingKind[]): boolean {
  const always: readonly FindingKind[] = ['DUPLICATE_ENTITLEMENT', 'SAME_EFFECTIVE_ENTITLEMENTS', 'GRANTS_NOTHING'];
  if (always.some((kind) => kinds.includes(kind))) return true;
  const isLimited = (profile: Profile) => (hierarchy.typeOf(profile)?.maxEntitlements ?? null) !== null;
  return kinds.includes('TYPE_RULE_VIOLATION') && hierarchy.profiles.some(isLimited);
}
