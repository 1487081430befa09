import type { SeparationRule } from '../../../model/separation-rule.ts';
import type { Hierarchy } from '../../graph/hierarchy.ts';
import type { Steps } from '../../steps.ts';
import { listed, quoted } from '../finding-text.ts';
import { checkSeparation } from '../separation.ts';
import { describeEntitlement, type Finding, finding, named } from './finding.ts';

/** SEPARATION_VIOLATION: one for each profile and each rule of separation that its effective entitlements break. */
export function* separationFindings(hierarchy: Hierarchy, rules: readonly SeparationRule[]): Steps<Finding[]> {
  if (rules.length === 0) return [];
  const check = yield* checkSeparation(rules, hierarchy.condensation, hierarchy.grants);
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
