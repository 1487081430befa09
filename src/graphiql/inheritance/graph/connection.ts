import { childrenByParent, parentsByChild } from './edges.ts';
import type { InheritanceEdge } from './graph.ts';
import { shortestPath } from './reach.ts';

/** How two profiles are connected: the nodes and edges to light up, and how to put it. */
export interface Connection {
  /** `up`: the first inherits from the second. `down`: the reverse. `common`: both inherit from `through`. `below`: both are inherited by it. */
  readonly kind: 'up' | 'down' | 'common' | 'below';
  /** In order from the first to the second. */
  readonly nodes: readonly string[];
  readonly edges: ReadonlySet<string>;
  /** The profile at the turn, for `common` and `below`. */
  readonly through: string | undefined;
}

/**
 * The shortest inheritance path between two profiles, either way; failing that, the closest profile that both inherit from, else
 * the closest that inherits from both. Undefined if they have nothing to do with one another.
 */
export function findConnection(
  first: string,
  second: string,
  edges: readonly InheritanceEdge[],
): Connection | undefined {
  const parents = parentsByChild(edges);
  const children = childrenByParent(edges);
  const up = shortestPath(first, second, parents);
  if (up !== undefined) return { kind: 'up', nodes: up, edges: edgesAlong([up]), through: undefined };
  const upwards = shortestPath(second, first, parents);
  if (upwards !== undefined) {
    return { kind: 'down', nodes: upwards.toReversed(), edges: edgesAlong([upwards]), through: undefined };
  }
  return meet(first, second, parents, 'common') ?? meet(first, second, children, 'below');
}

function meet(
  first: string,
  second: string,
  neighbours: ReadonlyMap<string, readonly string[]>,
  kind: 'common' | 'below',
): Connection | undefined {
  const distances = distancesFrom(second, neighbours);
  let best: { readonly node: string; readonly distance: number } | undefined;
  for (const [node, distance] of distancesFrom(first, neighbours)) {
    const total = distance + (distances.get(node) ?? Number.POSITIVE_INFINITY);
    if (total < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { node, distance: total };
  }
  if (best === undefined) return undefined;
  const there = shortestPath(first, best.node, neighbours) ?? [];
  const back = shortestPath(second, best.node, neighbours) ?? [];
  const chains = kind === 'common' ? [there, back] : [there.toReversed(), back.toReversed()];
  return { kind, nodes: [...there, ...back.slice(0, -1).toReversed()], edges: edgesAlong(chains), through: best.node };
}

function distancesFrom(start: string, neighbours: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const distances = new Map([[start, 0]]);
  for (const [node, distance] of distances) {
    for (const next of neighbours.get(node) ?? []) if (!distances.has(next)) distances.set(next, distance + 1);
  }
  return distances;
}

/** Keys of the edges along chains that go from child to parent. */
function edgesAlong(chains: readonly (readonly string[])[]): ReadonlySet<string> {
  return new Set(
    chains.flatMap((chain) => chain.slice(1).map((parent, index) => JSON.stringify([chain[index], parent]))),
  );
}
