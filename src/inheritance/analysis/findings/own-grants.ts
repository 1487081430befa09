import type { Hierarchy } from '../../graph/hierarchy.ts';
import { duplicateGrants } from '../duplicate-grants.ts';
import { describeEntitlement, type Finding, finding, named } from './finding.ts';

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
