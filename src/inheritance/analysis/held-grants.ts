import type { Entitlement } from '../../model/entitlement.ts';
import type { Graph } from '../graph/graph.ts';
import { effectiveGrants } from './effective.ts';
import type { GrantTable } from './grants.ts';
import { liveReach } from './membership-ways.ts';

/** A way from a profile that somebody holds to one that grants an entitlement. */
export interface HeldWay {
  readonly held: number;
  readonly grantedBy: number;
  /** A shortest path from `held` up to `grantedBy`, both included. */
  path(): readonly number[];
}

/** An entitlement that somebody gets through the profiles that they hold. */
export interface HeldGrant {
  /** As the nearest granting profile of the first held one holds it. */
  readonly entitlement: Entitlement;
  /** By held profile in the order given, then nearest first. */
  readonly ways: readonly HeldWay[];
  /** Whether any way, shortest or not, has only live profiles on it. */
  readonly provisioned: boolean;
}

/**
 * What all profiles of a list grant, direct and inherited, each entitlement once, in the order of the held profiles and then
 * of `effectiveGrants`. O(held profiles * (nodes + edges) + their grants).
 */
export function heldGrants(
  graph: Graph,
  table: GrantTable,
  held: readonly number[],
  liveAt: (node: number) => boolean,
): HeldGrant[] {
  const found = new Map<number, { readonly entitlement: Entitlement; readonly ways: HeldWay[] }>();
  for (const start of new Set(held)) {
    const all = effectiveGrants(graph, table, start);
    for (const { grant, entitlement, grantedBy } of all.grants) {
      const known = found.get(grant) ?? { entitlement, ways: [] };
      found.set(grant, known);
      for (const node of grantedBy) known.ways.push({ held: start, grantedBy: node, path: () => all.pathTo(node) });
    }
  }
  const live = liveReach(graph.up, [...new Set(held)], liveAt);
  return Array.from(found.values(), ({ entitlement, ways }) => ({
    entitlement,
    ways,
    provisioned: ways.some(({ grantedBy }) => live.has(grantedBy)),
  }));
}

/** A key of the entity of an entitlement: its id is unique within its data source alone. */
export function entityKey(entity: {
  readonly datasourceId: string;
  readonly entityType: string;
  readonly entityId: string;
}): string {
  return JSON.stringify([entity.datasourceId, entity.entityType, entity.entityId]);
}
