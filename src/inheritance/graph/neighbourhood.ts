import { breadthFirst } from './breadth-first.ts';
import type { Edge, Graph } from './graph.ts';

/** The direction in which a neighbourhood is walked. */
export type Direction = 'ANCESTORS' | 'DESCENDANTS' | 'BOTH';

/** Bounds of a neighbourhood; roots are at depth 0 and count as nodes. */
export interface NeighbourhoodLimits {
  readonly maxDepth?: number;
  readonly maxNodes?: number;
}

/** The part of a graph around some roots. */
export interface Neighbourhood {
  /** The roots as given, then by distance; at one distance ancestors come before descendants. */
  readonly nodes: readonly number[];
  /** Every edge of the graph between two of the nodes, by child in the order of `nodes`, then in parent order. */
  readonly edges: readonly Edge[];
  /** The limit that kept a node out; null: nothing is missing. */
  readonly truncatedBy: 'maxDepth' | 'maxNodes' | null;
}

/**
 * The roots with their ancestors, their descendants, or both. BOTH is the union of the two walks, not the connected
 * component: a sibling that shares a parent with a root is left out unless it inherits from a root. O(nodes + edges).
 */
export function neighbourhood(
  graph: Graph,
  roots: Iterable<number>,
  direction: Direction,
  { maxDepth = Number.POSITIVE_INFINITY, maxNodes = Number.POSITIVE_INFINITY }: NeighbourhoodLimits = {},
): Neighbourhood {
  const nodes = new Set<number>();
  let truncatedBy: Neighbourhood['truncatedBy'] = null;
  for (const root of roots) {
    if (nodes.size < maxNodes) nodes.add(root);
    else if (!nodes.has(root)) truncatedBy = 'maxNodes';
  }
  const walks = [
    ...(direction === 'DESCENDANTS' ? [] : [breadthFirst(graph.up, nodes)]),
    ...(direction === 'ANCESTORS' ? [] : [breadthFirst(graph.down, nodes)]),
  ];
  const reached = walks.flatMap((walk) => Array.from(walk.order, (node) => ({ node, depth: walk.depth(node) })));
  for (const { node, depth } of reached.sort((a, b) => a.depth - b.depth)) {
    if (truncatedBy !== null) break;
    if (nodes.has(node)) continue;
    if (depth > maxDepth) truncatedBy = 'maxDepth';
    else if (nodes.size >= maxNodes) truncatedBy = 'maxNodes';
    else nodes.add(node);
  }
  return { nodes: [...nodes], edges: edgesWithin(graph, nodes), truncatedBy };
}

function edgesWithin(graph: Graph, nodes: ReadonlySet<number>): Edge[] {
  const edges: Edge[] = [];
  for (const child of nodes) {
    for (const parent of graph.parents(child)) {
      if (nodes.has(parent)) edges.push({ child, parent });
    }
  }
  return edges;
}
