import type { Entitlement } from '../../model/entitlement.ts';
import { duplicateGrants } from '../duplicate-grants.ts';
import type { Hierarchy } from '../hierarchy.ts';
import { shorten } from '../words.ts';
import { type Finding, finding, named } from './finding.ts';

/**
 * DUPLICATE_ENTITLEMENT: one for each direct grant that is also inherited: the profile, then the nearest one it inherits the
 * grant from (left out where that is too far to look for, see `duplicateGrants`).
 */
export function duplicateEntitlementFindings(hierarchy: Hierarchy): Finding[] {
  const { graph, condensation, grants, effectiveSets } = hierarchy;
  return duplicateGrants(graph, condensation, grants, effectiveSets).map(({ node, slot, nearest }) => {
    const source = nearest === null ? '' : ` from ${named(hierarchy, nearest)}`;
    const grant = describeGrant(grants.entitlementAt(slot));
    const message = `${named(hierarchy, node)} holds ${grant} itself and also inherits it${source}.`;
    return finding(hierarchy, 'DUPLICATE_ENTITLEMENT', message, nearest === null ? [node] : [node, nearest]);
  });
}

function describeGrant({ entityType, entityName, entityId, datasourceId }: Entitlement): string {
  return `${shorten(entityType)} "${shorten(entityName || entityId)}" of data source ${shorten(datasourceId)}`;
}
