import { type Adjacency, at } from './adjacency.ts';

/** The nodes that a breadth-first search reached, and its tree. */
export class Search {
  /** Every node reached, in order of discovery, the starts first. */
  readonly order: Int32Array;
  readonly #depths: Int32Array;
  readonly #reachedFrom: Int32Array;

  constructor(order: Int32Array, depths: Int32Array, reachedFrom: Int32Array) {
    this.order = order;
    this.#depths = depths;
    this.#reachedFrom = reachedFrom;
  }

  /** Edges between the nearest start and the node; -1 if it was not reached. */
  depth(node: number): number {
    return at(this.#depths, node);
  }

  /** The shortest path from a start to the node, both included; null if it was not reached. O(length). */
  pathTo(node: number): number[] | null {
    if (this.depth(node) < 0) return null;
    const path: number[] = [];
    for (let step = node; step >= 0; step = at(this.#reachedFrom, step)) path.push(step);
    return path.reverse();
  }
}

/**
 * Breadth-first search from several starts at once, each at depth 0. Ties go by the order of the starts and of the
 * lists, so the answer is deterministic. O(nodes + edges).
 */
export function breadthFirst(
  adjacency: Adjacency,
  starts: Iterable<number>,
  { maxDepth = Number.POSITIVE_INFINITY }: { readonly maxDepth?: number } = {},
): Search {
  const depths = new Int32Array(adjacency.size).fill(-1);
  const reachedFrom = new Int32Array(adjacency.size).fill(-1);
  const order = new Int32Array(adjacency.size);
  let reached = 0;
  for (const start of starts) {
    if (at(depths, start) >= 0) continue;
    depths[start] = 0;
    order[reached++] = start;
  }
  for (let next = 0; next < reached; next++) {
    const node = at(order, next);
    const depth = at(depths, node) + 1;
    if (depth > maxDepth) break;
    for (let slot = adjacency.first(node); slot < adjacency.end(node); slot++) {
      const target = adjacency.target(slot);
      if (at(depths, target) >= 0) continue;
      depths[target] = depth;
      reachedFrom[target] = node;
      order[reached++] = target;
    }
  }
  return new Search(order.subarray(0, reached), depths, reachedFrom);
}
