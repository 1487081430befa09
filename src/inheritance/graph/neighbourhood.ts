import type { Adjacency } from './adjacency.ts';
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
    ...(direction === 'DESCENDANTS' ? [] : [new LevelWalk(graph.up, nodes)]),
    ...(direction === 'ANCESTORS' ? [] : [new LevelWalk(graph.down, nodes)]),
  ];

  for (let depth = 1; truncatedBy === null && walks.some((walk) => walk.frontier.length > 0); depth++) {
    for (const walk of walks) {
      for (const node of walk.advance()) {
        if (nodes.has(node)) continue;
        // Past the depth limit the walks go on only to find out whether the limit cost a node.
        if (depth > maxDepth) truncatedBy ??= 'maxDepth';
        else if (nodes.size >= maxNodes) truncatedBy ??= 'maxNodes';
        else nodes.add(node);
      }
    }
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

class LevelWalk {
  frontier: readonly number[];
  readonly #adjacency: Adjacency;
  readonly #seen: Uint8Array;

  constructor(adjacency: Adjacency, starts: ReadonlySet<number>) {
    this.#adjacency = adjacency;
    this.#seen = new Uint8Array(adjacency.size);
    this.frontier = [...starts];
    for (const start of starts) this.#seen[start] = 1;
  }

  /** Steps one level on and returns it. */
  advance(): readonly number[] {
    const next: number[] = [];
    for (const node of this.frontier) {
      for (const target of this.#adjacency.of(node)) {
        if (this.#seen[target] === 1) continue;
        this.#seen[target] = 1;
        next.push(target);
      }
    }
    this.frontier = next;
    return next;
  }
}
