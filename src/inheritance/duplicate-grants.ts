import { type Adjacency, at } from './adjacency.ts';
import type { Condensation } from './components.ts';
import type { EffectiveSets } from './effective-sets.ts';
import type { GrantTable } from './grants.ts';
import type { Graph } from './graph.ts';

/** A direct grant that the profile also inherits. */
export interface DuplicateGrant {
  readonly node: number;
  readonly grant: number;
  /** Where `GrantTable.grants` has it. */
  readonly slot: number;
  /** The nearest other profile that it inherits from and that holds it, ties by parent order; null if it is too far to look for. */
  readonly nearest: number | null;
}

/** How many profiles a search for the nearest holder enters; only on huge cycles are there more that lead to the grant. */
const searchLimit = 1_000;

/**
 * Every direct grant that some ancestor other than the profile itself holds, by node, then in the version's order. The
 * search for the nearest one follows only parents that have the grant and enters at most 1,000. O(direct grants * parents) to
 * find them, and O(1,000 * parents) at worst to name the nearest of each.
 */
export function duplicateGrants(
  graph: Graph,
  condensation: Condensation,
  table: GrantTable,
  sets: EffectiveSets,
): DuplicateGrant[] {
  const duplicates: DuplicateGrant[] = [];
  const search = new GuidedSearch(graph, sets);
  for (let node = 0; node < graph.size; node++) {
    for (let slot = table.grants.first(node); slot < table.grants.end(node); slot++) {
      const grant = table.grants.target(slot);
      if (!inherits(graph.up, condensation, table, sets, node, grant)) continue;
      const nearest = search.nearest(node, grant, (other) => table.slotOf(other, grant) >= 0);
      duplicates.push({ node, grant, slot, nearest });
    }
  }
  return duplicates;
}

function inherits(
  up: Adjacency,
  { componentOf, members, parents }: Condensation,
  table: GrantTable,
  sets: EffectiveSets,
  node: number,
  grant: number,
): boolean {
  const own = at(componentOf, node);
  if (members.degree(own) === 1) return up.of(node).some((parent) => parent !== node && sets.has(parent, grant));
  if (table.holders.of(grant).some((holder) => holder !== node && at(componentOf, holder) === own)) return true;
  return parents.of(own).some((parent) => sets.has(members.target(members.first(parent)), grant));
}

/** Breadth-first searches whose bookkeeping is allocated once: a stamp says which search saw a node. */
class GuidedSearch {
  readonly #graph: Graph;
  readonly #sets: EffectiveSets;
  readonly #seenIn: Int32Array;
  #stamp = 0;

  constructor(graph: Graph, sets: EffectiveSets) {
    this.#graph = graph;
    this.#sets = sets;
    this.#seenIn = new Int32Array(graph.size);
  }

  nearest(start: number, grant: number, isHolder: (node: number) => boolean): number | null {
    const stamp = ++this.#stamp;
    this.#seenIn[start] = stamp;
    const queue = [start];
    for (const node of queue) {
      if (queue.length > searchLimit) return null;
      for (const parent of this.#graph.parents(node)) {
        if (this.#seenIn[parent] === stamp || !this.#sets.has(parent, grant)) continue;
        if (isHolder(parent)) return parent;
        this.#seenIn[parent] = stamp;
        queue.push(parent);
      }
    }
    return null;
  }
}
