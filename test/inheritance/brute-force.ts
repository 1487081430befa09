/** Naive answers by definition, for graphs of a handful of nodes: recursion over all simple paths, no shared code with src. */
import type { GraphNode } from '../../src/inheritance/graph/graph.ts';
import type { World } from './arbitrary-graph.ts';

/** Each node's parents as numbers, each once, in the node's order. */
export function parentLists(nodes: readonly GraphNode[]): number[][] {
  const ids = nodes.map(({ id }) => id);
  return nodes.map(({ parentIds }) => [...new Set(parentIds)].map((id) => ids.indexOf(id)).filter((node) => node >= 0));
}

export function childLists(nodes: readonly GraphNode[]): number[][] {
  const parents = parentLists(nodes);
  return nodes.map((_, node) => parents.flatMap((list, child) => (list.includes(node) ? [child] : [])));
}

/** Every path from a node that visits no node twice, the one of the node alone included. */
export function simplePaths(lists: readonly (readonly number[])[], from: number): number[][] {
  const walk = (path: readonly number[]): number[][] => [
    [...path],
    ...(lists[path.at(-1) ?? -1] ?? []).filter((next) => !path.includes(next)).flatMap((next) => walk([...path, next])),
  ];
  return walk([from]);
}

/** Fewest edges from a node to each other; itself 0; absent if there is no path. */
export function distances(lists: readonly (readonly number[])[], from: number): Map<number, number> {
  const found = new Map<number, number>();
  for (const path of simplePaths(lists, from)) {
    const end = path.at(-1) ?? -1;
    found.set(end, Math.min(found.get(end) ?? Number.POSITIVE_INFINITY, path.length - 1));
  }
  return found;
}

export function reaches(lists: readonly (readonly number[])[], from: number, to: number): boolean {
  return distances(lists, from).has(to);
}

/** Every elementary cycle, starting at its smallest node. */
export function cyclesOf(nodes: readonly GraphNode[]): number[][] {
  const parents = parentLists(nodes);
  return nodes.flatMap((_, start) =>
    simplePaths(parents, start).filter(
      (path) => Math.min(...path) === start && (parents[path.at(-1) ?? -1] ?? []).includes(start),
    ),
  );
}

/** Grant -> the nodes that hold it, among a node and its ancestors. */
export function effectiveOf(world: World, node: number): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>();
  for (const granting of distances(parentLists(world.nodes), node).keys()) {
    for (const grant of world.holds[granting] ?? []) {
      found.set(grant, (found.get(grant) ?? new Set()).add(granting));
    }
  }
  return found;
}
