import type { Entitlement } from '../../model/entitlement.ts';
import { breadthFirst } from '../graph/breadth-first.ts';
import type { Graph } from '../graph/graph.ts';
import type { Steps } from '../steps.ts';
import type { GrantTable } from './grants.ts';

/** An entity that may be granted; without a type, any. Ids compare exactly. */
export interface EntityRef {
  readonly datasourceId: string;
  readonly entityId: string;
  readonly entityType?: string | null | undefined;
}

/** An entity that some profile grants, as its entitlements name it. */
export interface GrantedEntity {
  readonly datasourceId: string;
  readonly entityType: string;
  readonly entityId: string;
  /** null where no entitlement says it: the API names entities only where it is asked for extra detail. */
  readonly entityName: string | null;
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

/** Every entity that some profile grants, each once, in the order of the grants. A generator, since there may be many. */
export function* everyGrantedEntity(table: GrantTable): Steps<readonly GrantedEntity[]> {
  const found = new Map<string, GrantedEntity>();
  for (let grant = 0; grant < table.size; grant++) {
    const { datasourceId, entityType, entityId, entityName } = table.entitlementOf(grant);
    const key = JSON.stringify([datasourceId, entityType, entityId]);
    // One entity may be granted in several ways, of which not each has its name.
    const before = found.get(key);
    if ((before?.entityName ?? null) === null) found.set(key, { datasourceId, entityType, entityId, entityName });
    yield;
  }
  return [...found.values()];
}

/** The entities that a reference means and some profile grants: one for each entity type. O(distinct grants). */
export function grantedEntities(table: GrantTable, entity: EntityRef): readonly GrantedEntity[] {
  const found = new Map<string, GrantedEntity>();
  for (let grant = 0; grant < table.size; grant++) {
    const entitlement = table.entitlementOf(grant);
    if (!grants(entitlement, entity)) continue;
    const { datasourceId, entityType, entityId } = entitlement;
    const entityName = found.get(entityType)?.entityName ?? entitlement.entityName;
    found.set(entityType, { datasourceId, entityType, entityId, entityName });
  }
  return [...found.values()];
}

function grants(entitlement: Entitlement, { datasourceId, entityId, entityType }: EntityRef): boolean {
  return (
    entitlement.datasourceId === datasourceId &&
    entitlement.entityId === entityId &&
    (entityType === undefined || entityType === null || entitlement.entityType === entityType)
  );
}
