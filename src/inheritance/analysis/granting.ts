import type { Entitlement } from '../../model/entitlement.ts';
import { breadthFirst } from '../graph/breadth-first.ts';
import type { Graph } from '../graph/graph.ts';
import type { GrantTable } from './grants.ts';

/** An entity that may be granted; without a type, any. Ids compare exactly. */
export interface EntityRef {
  readonly datasourceId: string;
  readonly entityId: string;
  readonly entityType?: string | null | undefined;
}

/** A profile that grants an entity, and how far the nearest one is that does so itself (0: it does). */
export interface Granting {
  readonly node: number;
  readonly depth: number;
}

/**
 * Every profile that grants the entity, whatever it is assigned through: first those that hold it themselves, in node order,
 * then, unless left out, those that inherit it, nearest first. O(nodes + edges + distinct grants).
 */
export function profilesGranting(
  graph: Graph,
  table: GrantTable,
  entity: EntityRef,
  { includeInherited = true }: { readonly includeInherited?: boolean } = {},
): Granting[] {
  const holders = new Set<number>();
  for (let grant = 0; grant < table.size; grant++) {
    if (!grants(table.entitlementOf(grant), entity)) continue;
    for (const node of table.holders.of(grant)) holders.add(node);
  }
  const starts = [...holders].sort((a, b) => a - b);
  const search = breadthFirst(graph.down, starts, includeInherited ? {} : { maxDepth: 0 });
  return Array.from(search.order, (node) => ({ node, depth: search.depth(node) }));
}

function grants(entitlement: Entitlement, { datasourceId, entityId, entityType }: EntityRef): boolean {
  return (
    entitlement.datasourceId === datasourceId &&
    entitlement.entityId === entityId &&
    (entityType === undefined || entityType === null || entitlement.entityType === entityType)
  );
}
