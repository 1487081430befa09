import type { Entitlement } from '../../../model/entitlement.ts';
import type { Hierarchy } from '../../graph/hierarchy.ts';
import { duplicateGrants } from '../duplicate-grants.ts';
import { shorten } from '../finding-text.ts';
import { type Finding, finding, named } from './finding.ts';

/**
 * DUPLICATE_ENTITLEMENT: one for each direct grant that is also inherited: the profile, then one it inherits the grant from
 * (as a rule the nearest, see `DuplicateGrant.from`).
 */
export function duplicateEntitlementFindings(hierarchy: Hierarchy): Finding[] {
  const { graph, condensation, grants, effectiveSets } = hierarchy;
  return duplicateGrants(graph, condensation, grants, effectiveSets).map(({ node, slot, from }) => {
    const grant = describeGrant(grants.entitlementAt(slot));
    const message = `${named(hierarchy, node)} holds ${grant} itself and also inherits it from ${named(hierarchy, from)}.`;
    return finding(hierarchy, 'DUPLICATE_ENTITLEMENT', message, [node, from]);
  });
}

function describeGrant({ entityType, entityName, entityId, datasourceId }: Entitlement): string {
  return `${shorten(entityType)} "${shorten(entityName || entityId)}" of data source ${shorten(datasourceId)}`;
}
