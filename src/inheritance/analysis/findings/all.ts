import type { Hierarchy } from '../../graph/hierarchy.ts';
import { cycleFindings } from './cycles.ts';
import { duplicateEntitlementFindings } from './duplicate-entitlements.ts';
import { type Finding, type FindingKind, findingKinds } from './finding.ts';
import { missingParentFindings } from './missing-parents.ts';
import { redundantParentFindings } from './redundant-parents.ts';
import { sameEffectiveFindings } from './same-effective.ts';
import { typeRuleFindings } from './type-rules.ts';

const finders: Readonly<Record<FindingKind, (hierarchy: Hierarchy) => Finding[]>> = {
  CYCLE: cycleFindings,
  MISSING_PARENT: missingParentFindings,
  REDUNDANT_PARENT: redundantParentFindings,
  DUPLICATE_ENTITLEMENT: duplicateEntitlementFindings,
  SAME_EFFECTIVE_ENTITLEMENTS: sameEffectiveFindings,
  TYPE_RULE_VIOLATION: typeRuleFindings,
};

/** Everything wrong or wasteful, of the kinds asked for, in the order of `findingKinds` whatever order they were asked in. */
export function inheritanceFindings(hierarchy: Hierarchy, kinds: readonly FindingKind[] = findingKinds): Finding[] {
  return findingKinds.filter((kind) => kinds.includes(kind)).flatMap((kind) => finders[kind](hierarchy));
}
