import { type Adjacency, adjacencyOf } from './adjacency.ts';

/** A part of a graph under its own numbers, so that work on it costs its size and not the whole graph's. */
export interface LocalGraph {
  /** Local number to node, ascending. */
  readonly nodes: Int32Array;
  /** Edges between the nodes, self-loops left out, in the order of the whole graph. */
  readonly up: Adjacency;
}

/** The part of `up` between some nodes, given in ascending order. O(nodes + their edges). */
export function localGraph(up: Adjacency, nodes: Int32Array): LocalGraph {
  const numbers = new Map<number, number>();
  for (const [number, node] of nodes.entries()) numbers.set(node, number);
  return { nodes, up: adjacencyOf(inner(up, nodes, numbers)) };
}

function* inner(up: Adjacency, nodes: Int32Array, numbers: ReadonlyMap<number, number>): Generator<number[]> {
  for (const node of nodes) {
    const targets: number[] = [];
    for (const parent of up.of(node)) {
      const number = numbers.get(parent);
      if (number !== undefined && parent !== node) targets.push(number);
    }
    yield targets;
  }
}
