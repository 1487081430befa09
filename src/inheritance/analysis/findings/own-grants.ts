import type { Hierarchy } from '../../graph/hierarchy.ts';
import { duplicateGrants } from '../duplicate-grants.ts';
import { counted, describeEntitlement, type Finding, finding, named, namedAll } from './finding.ts';

/** GRANTS_NOTHING: one for each profile without an effective entitlement, in whatever state. */
export function grantsNothingFindings(hierarchy: Hierarchy): Finding[] {
  const { graph, effectiveSets } = hierarchy;
  const isEmpty = (node: number) => effectiveSets.count(node) === 0;
  return Array.from(graph.ids, (_, node) => node)
    .filter(isEmpty)
    .map((node) => {
      const message = `${named(hierarchy, node)} grants nothing, directly or by inheritance.`;
      return finding(hierarchy, 'GRANTS_NOTHING', message, [node]);
    });
}

/**
 * DUPLICATE_ENTITLEMENT: one for each direct grant that is also inherited: the profile, then one it inherits the grant from
 * (as a rule the nearest, see `DuplicateGrant.from`).
 */
export function duplicateEntitlementFindings(hierarchy: Hierarchy): Finding[] {
  const { graph, condensation, grants, effectiveSets } = hierarchy;
  return duplicateGrants(graph, condensation, grants, effectiveSets).map(({ node, slot, from }) => {
    const entitlement = grants.entitlementAt(slot);
    const message = `${named(hierarchy, node)} holds ${describeEntitlement(entitlement)} itself and also inherits it from ${named(hierarchy, from)}.`;
    return finding(hierarchy, 'DUPLICATE_ENTITLEMENT', message, [node, from], { entitlements: [entitlement] });
  });
}

/**
 * SAME_EFFECTIVE_ENTITLEMENTS: one for each group of two or more profiles whose effective grants are equal and not empty,
 * by their first profile. The members of a cycle are such a group, and so is a child that adds nothing with its only parent.
 */
export function sameEffectiveFindings(hierarchy: Hierarchy): Finding[] {
  const { graph, effectiveSets } = hierarchy;
  const groups = new Map<number, number[]>();
  for (let node = 0; node < graph.size; node++) {
    if (effectiveSets.count(node) === 0) continue;
    const group = groups.get(effectiveSets.classOf(node));
    if (group === undefined) groups.set(effectiveSets.classOf(node), [node]);
    else group.push(node);
  }
  return Array.from(groups.values())
    .filter((group) => group.length > 1)
    .map((group) => {
      const count = counted(effectiveSets.count(group[0] ?? 0), 'grant');
      const message = `${namedAll(hierarchy, group)} give exactly the same ${count}, direct and inherited together.`;
      return finding(hierarchy, 'SAME_EFFECTIVE_ENTITLEMENTS', message, group);
    });
}
