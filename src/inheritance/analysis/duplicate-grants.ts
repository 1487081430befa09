import { at } from '../graph/adjacency.ts';
import type { Condensation } from '../graph/components.ts';
import type { Graph } from '../graph/graph.ts';
import type { NodeSets } from '../graph/node-sets.ts';
import type { GrantTable } from './grants.ts';

/** A direct grant that the profile also inherits. */
export interface DuplicateGrant {
  readonly node: number;
  readonly grant: number;
  /** Its position in `GrantTable.grants`. */
  readonly slot: number;
  /**
   * A profile that it inherits the grant from and that holds it: the nearest, ties by parent order, if that is found among
   * 64 profiles on the way; otherwise any, the same each time.
   */
  readonly from: number;
}

const searchLimit = 64;

/**
 * Every direct grant that some ancestor other than the profile itself holds, by node, then in the version's order.
 * O(direct grants * (parents + components above)) at worst; mostly a few steps each.
 */
export function duplicateGrants(
  graph: Graph,
  condensation: Condensation,
  table: GrantTable,
  sets: NodeSets,
): DuplicateGrant[] {
  const search = new HolderSearch(graph, condensation, table, sets);
  const duplicates: DuplicateGrant[] = [];
  for (let node = 0; node < graph.size; node++) {
    for (let slot = table.grants.first(node); slot < table.grants.end(node); slot++) {
      const grant = table.grants.target(slot);
      if (!search.inherits(node, grant)) continue;
      duplicates.push({ node, grant, slot, from: search.near(node, grant) ?? search.any(node, grant) });
    }
  }
  return duplicates;
}

class HolderSearch {
  readonly #graph: Graph;
  readonly #condensation: Condensation;
  readonly #table: GrantTable;
  readonly #sets: NodeSets;
  /** The number of the search that saw a node last, so that nothing is cleared between searches. */
  readonly #seenIn: Int32Array;
  #searches = 0;

  constructor(graph: Graph, condensation: Condensation, table: GrantTable, sets: NodeSets) {
    this.#graph = graph;
    this.#condensation = condensation;
    this.#table = table;
    this.#sets = sets;
    this.#seenIn = new Int32Array(graph.size);
  }

  /** Whether the node would have the grant without holding it. */
  inherits(node: number, grant: number): boolean {
    const component = at(this.#condensation.componentOf, node);
    return this.#holderWithin(component, grant, node) !== null || this.#parentWith(component, grant) !== null;
  }

  /** The nearest holder, by a breadth-first search through parents that have the grant; null past the limit. */
  near(node: number, grant: number): number | null {
    const search = ++this.#searches;
    this.#seenIn[node] = search;
    const queue = [node];
    for (const next of queue) {
      if (queue.length > searchLimit) return null;
      for (const parent of this.#graph.parents(next)) {
        if (this.#seenIn[parent] === search || !this.#sets.has(parent, grant)) continue;
        if (this.#table.slotOf(parent, grant) >= 0) return parent;
        this.#seenIn[parent] = search;
        queue.push(parent);
      }
    }
    return null;
  }

  /** The first holder on the node's cycle, or else on the way up by the first component that has the grant. */
  any(node: number, grant: number): number {
    let component: number | null = at(this.#condensation.componentOf, node);
    while (component !== null) {
      const holder = this.#holderWithin(component, grant, node);
      if (holder !== null) return holder;
      component = this.#parentWith(component, grant);
    }
    throw new RangeError(`node ${node} does not inherit grant ${grant}`);
  }

  /** A node of the component, other than the one asked for, that holds the grant itself. */
  #holderWithin(component: number, grant: number, asking: number): number | null {
    const { componentOf, members } = this.#condensation;
    if (members.degree(component) === 1) {
      const only = members.target(members.first(component));
      return only !== asking && this.#table.slotOf(only, grant) >= 0 ? only : null;
    }
    const isOther = (holder: number) => holder !== asking && at(componentOf, holder) === component;
    return this.#table.holders.of(grant).find(isOther) ?? null;
  }

  /** The first component right above that has the grant. */
  #parentWith(component: number, grant: number): number | null {
    const { members, parents } = this.#condensation;
    const has = (parent: number) => this.#sets.has(members.target(members.first(parent)), grant);
    return parents.of(component).find(has) ?? null;
  }
}
