import type { Adjacency } from './adjacency.ts';
import { breadthFirst } from './breadth-first.ts';
import type { Graph } from './graph.ts';

/** A node met on a walk and how far away it is: 1 for a direct parent or child. */
export interface Reached {
  readonly node: number;
  readonly depth: number;
}

/**
 * Everything the start inherits from, each once, nearest first and then in the order of discovery (parent order). The
 * start is never its own ancestor, on a cycle or a self-loop neither. O(nodes + edges).
 */
export function ancestors(graph: Graph, start: number, maxDepth?: number): Reached[] {
  return walk(graph.up, start, maxDepth);
}

/** Everything that inherits from the start; otherwise like `ancestors`, with children in node order. O(nodes + edges). */
export function descendants(graph: Graph, start: number, maxDepth?: number): Reached[] {
  return walk(graph.down, start, maxDepth);
}

function walk(adjacency: Adjacency, start: number, maxDepth = Number.POSITIVE_INFINITY): Reached[] {
  const search = breadthFirst(adjacency, [start], { maxDepth });
  return Array.from(search.order.subarray(1), (node) => ({ node, depth: search.depth(node) }));
}

/**
 * A shortest chain from a profile up to one it inherits from, both included; ties go by parent order. null if it does
 * not inherit from it. The path of a profile to itself is `[profile]`, on a cycle too. O(nodes + edges).
 */
export function shortestPath(graph: Graph, from: number, to: number): number[] | null {
  return breadthFirst(graph.up, [from]).pathTo(to);
}
