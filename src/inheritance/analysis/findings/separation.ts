import type { SeparationRule } from '../../../model/separation-rule.ts';
import type { Hierarchy } from '../../graph/hierarchy.ts';
import type { Steps } from '../../steps.ts';
import type { ProfileMember } from '../affected-members.ts';
import { checkSeparation, type SeparationCheck } from '../separation.ts';
import { describeEntitlement, type Finding, finding, listed, named, namedAll, quoted } from './finding.ts';

/** SEPARATION_VIOLATION: one for each profile and each rule of separation that its effective entitlements break. */
export function* separationFindings(hierarchy: Hierarchy, rules: readonly SeparationRule[]): Steps<Finding[]> {
  if (rules.length === 0) return [];
  const check = yield* separationCheckOf(hierarchy, rules);
  const findings: Finding[] = [];
  for (const node of hierarchy.profiles.keys()) {
    for (const { rule, entitlements } of check.ofProfile(node)) {
      const message = `${named(hierarchy, node)} breaks the rule of separation ${quoted(rule.name, rule.name)}: it grants ${listed(entitlements.map(describeEntitlement))}.`;
      findings.push({
        ...finding(hierarchy, 'SEPARATION_VIOLATION', message, [node], { entitlements, about: rule.name }),
        separationRule: rule,
      });
    }
    yield;
  }
  return findings;
}

/** Checks the rules on a hierarchy. */
export function* separationCheckOf(hierarchy: Hierarchy, rules: readonly SeparationRule[]): Steps<SeparationCheck> {
  yield* hierarchy.prepareGrants();
  return yield* checkSeparation(rules, hierarchy.condensation, hierarchy.grants);
}

/**
 * SEPARATION_VIOLATION of people: one for each person and each rule that they break, with the profiles through which they hold
 * what the rule keeps apart. `membersOf` is asked of the decisive profiles of the check.
 */
export function* memberSeparationFindings(
  hierarchy: Hierarchy,
  check: SeparationCheck,
  membersOf: (node: number) => readonly ProfileMember[],
): Steps<Finding[]> {
  const violations = yield* check.ofMembers(membersOf);
  return violations.map(({ rule, entitlements, member, nodes }) => {
    const person = quoted(member.identityName ?? '', member.identityId);
    const message = `${person} breaks the rule of separation ${quoted(rule.name, rule.name)} as a member of ${namedAll(hierarchy, nodes)}: they grant ${listed(entitlements.map(describeEntitlement))}.`;
    return {
      ...finding(hierarchy, 'SEPARATION_VIOLATION', message, nodes, { entitlements, about: rule.name }),
      separationRule: rule,
      member,
    };
  });
}
