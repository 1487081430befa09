import { type LifecyclePolicy, profilesNamedBy } from '../../../model/neighbours.ts';
import type { Hierarchy } from '../../graph/hierarchy.ts';
import { type Finding, type FindingFacts, finding, named } from './finding.ts';

/**
 * UNUSED_PROFILE: one for each profile without members, without children, and without a lifecycle policy that gives it to people,
 * in whatever state. Nothing is said where policies or members were not read.
 */
export function unusedProfileFindings(hierarchy: Hierarchy, { policies, memberless }: FindingFacts): Finding[] {
  if (policies === null || memberless === null) return [];
  return unusedUnlessMembers(hierarchy, policies)
    .filter((node) => memberless.has(hierarchy.graph.idOf(node)))
    .map((node) => {
      const message = `${named(hierarchy, node)} has no members and no children, and no lifecycle policy uses it.`;
      return finding(hierarchy, 'UNUSED_PROFILE', message, [node]);
    });
}

/**
 * The profiles that are unused if they have no members. A profile of which the API says that a policy or a profile uses it that
 * the caller can not see is used. O(profiles + edges + what policies name).
 */
export function unusedUnlessMembers(hierarchy: Hierarchy, policies: readonly LifecyclePolicy[]): number[] {
  const { graph } = hierarchy;
  const given = new Set(policies.flatMap((policy) => [...profilesNamedBy(policy)]));
  return [...hierarchy.profiles.keys()].filter((node) => {
    const { profileId, usedByWorkflow, inheritedByIds } = hierarchy.profileOf(node);
    if (graph.children(node).length > 0 || usedByWorkflow === true || given.has(profileId)) return false;
    return (inheritedByIds ?? []).every((id) => hierarchy.indexOf(id) >= 0);
  });
}
