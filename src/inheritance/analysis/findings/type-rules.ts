import { directEntitlements, directParentIds, type Profile } from '../../../model/profile.ts';
import type { Hierarchy } from '../../graph/hierarchy.ts';
import type { Steps } from '../../steps.ts';
import { typeRuleViolations } from '../type-rules.ts';
import { type Finding, finding, named } from './finding.ts';

/** TYPE_RULE_VIOLATION: one for each rule of its type that a profile breaks as it stands (`typeRuleViolations`). */
export function* typeRuleFindings(hierarchy: Hierarchy): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const [node, profile] of hierarchy.profiles.entries()) {
    for (const { rule, description } of violationsOf(hierarchy, profile, node)) {
      const message = `${named(hierarchy, node)} breaks ${rule}: ${description}.`;
      findings.push(finding(hierarchy, 'TYPE_RULE_VIOLATION', message, [node], { about: rule }));
    }
    yield;
  }
  return findings;
}

function violationsOf(hierarchy: Hierarchy, profile: Profile, node: number) {
  const type = hierarchy.typeOf(profile);
  return typeRuleViolations(
    // Rows decode a value each time that it is read: only what a rule of the type looks at is read.
    {
      typeId: profile.typeId,
      get entitlements() {
        return directEntitlements(profile);
      },
      get parentCount() {
        return new Set(directParentIds(profile)).size;
      },
      get parents() {
        return Array.from(hierarchy.graph.parents(node), (parent) => hierarchy.profileOf(parent));
      },
      get integrations() {
        return profile.integrations;
      },
      get effectiveCount() {
        return hierarchy.effectiveSets.count(node);
      },
      get accessRequestPolicyIds() {
        return [profile.accessRequestPolicyId, profile.currentVersion?.accessRequestPolicyId ?? null];
      },
    },
    type,
  );
}
