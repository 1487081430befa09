import type { Entitlement } from '../../model/entitlement.ts';
import { breadthFirst } from '../graph/breadth-first.ts';
import type { Graph } from '../graph/graph.ts';
import type { GrantTable } from './grants.ts';

/** One grant that a profile has, itself or through others. */
export interface EffectiveGrant {
  readonly grant: number;
  /** As the nearest granting profile holds it. */
  readonly entitlement: Entitlement;
  /** The profile's own current version holds it. */
  readonly direct: boolean;
  /** Every node whose own version holds it, nearest first, the profile itself included if direct. */
  readonly grantedBy: readonly number[];
}

/** Everything one profile grants. */
export interface EffectiveGrants {
  /** By the distance of the nearest granting profile, then by parent order, then by that version's order. */
  readonly grants: readonly EffectiveGrant[];
  /**
   * One shortest path from the profile to a granting one, both included, ties by parent order. Made on demand, since on a
   * chain of n profiles the paths together have n²/2 steps; asking twice gives the same array.
   */
  pathTo(grantedBy: number): readonly number[];
}

/**
 * The direct and inherited grants of one profile, each once. A profile on a cycle inherits from the others on it, never
 * from itself. O(nodes + edges + grants of the ancestors).
 */
export function effectiveGrants(graph: Graph, table: GrantTable, profile: number): EffectiveGrants {
  const search = breadthFirst(graph.up, [profile]);
  const found = new Map<number, { readonly entitlement: Entitlement; readonly grantedBy: number[] }>();
  for (const node of search.order) {
    for (let slot = table.grants.first(node); slot < table.grants.end(node); slot++) {
      const grant = table.grants.target(slot);
      const known = found.get(grant);
      if (known === undefined) found.set(grant, { entitlement: table.entitlementAt(slot), grantedBy: [node] });
      else known.grantedBy.push(node);
    }
  }
  const paths = new Map<number, readonly number[]>();
  return {
    grants: Array.from(found, ([grant, { entitlement, grantedBy }]) => ({
      grant,
      entitlement,
      direct: grantedBy[0] === profile,
      grantedBy,
    })),
    pathTo(node) {
      const path = paths.get(node) ?? search.pathTo(node);
      if (path === null) throw new RangeError(`node ${profile} does not inherit from node ${node}`);
      paths.set(node, path);
      return path;
    },
  };
}
