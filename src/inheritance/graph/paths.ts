import { breadthFirst } from './breadth-first.ts';
import type { Graph } from './graph.ts';

/**
 * A shortest chain from a profile up to one it inherits from, both included; ties go by parent order. null if it does
 * not inherit from it. The path of a profile to itself is `[profile]`, on a cycle too. O(nodes + edges).
 */
export function shortestPath(graph: Graph, from: number, to: number): number[] | null {
  return breadthFirst(graph.up, [from]).pathTo(to);
}
