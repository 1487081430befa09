import { finish, type Steps } from '../steps.ts';
import { Adjacency } from './adjacency.ts';

/** The input of a graph: a profile's id and the ids it inherits from, in its own order. */
export interface GraphNode {
  readonly id: string;
  readonly parentIds: readonly string[];
}

/** An id that some node inherits from and that is not among the nodes. */
export interface MissingParent {
  readonly id: string;
  /** In node order, each once. */
  readonly children: readonly number[];
}

/** One inheritance edge; both ends are node numbers. */
export interface Edge {
  readonly child: number;
  readonly parent: number;
}

/**
 * An inheritance graph with numbered nodes: node `i` is the `i`-th id of the input. Immutable; edges keep each child's
 * parent order, which is what every tie in this folder is decided by.
 */
export class Graph {
  readonly ids: readonly string[];
  /** Child to parents, in the child's order. */
  readonly up: Adjacency;
  /** Parent to children, in node order. */
  readonly down: Adjacency;
  /** Sorted by id (code units). */
  readonly missing: readonly MissingParent[];
  readonly #indexes: ReadonlyMap<string, number>;

  constructor(
    ids: readonly string[],
    indexes: ReadonlyMap<string, number>,
    up: Adjacency,
    missing: readonly MissingParent[],
  ) {
    this.ids = ids;
    this.#indexes = indexes;
    this.up = up;
    this.down = up.reversed(ids.length);
    this.missing = missing;
  }

  get size(): number {
    return this.ids.length;
  }

  /** The node's number, or -1 if there is none with this id. */
  indexOf(id: string): number {
    return this.#indexes.get(id) ?? -1;
  }

  idOf(node: number): string {
    const id = this.ids[node];
    if (id === undefined) throw new RangeError(`there is no node ${node} among ${this.size}`);
    return id;
  }

  parents(node: number): Int32Array {
    return this.up.of(node);
  }

  children(node: number): Int32Array {
    return this.down.of(node);
  }

  hasEdge(child: number, parent: number): boolean {
    return this.parents(child).includes(parent);
  }

  /** Every edge, by child in node order and then in the child's parent order. */
  edges(): Edge[] {
    const edges: Edge[] = [];
    for (let child = 0; child < this.size; child++) {
      for (const parent of this.parents(child)) edges.push({ child, parent });
    }
    return edges;
  }
}

/**
 * Numbers the nodes in input order and links them; an id that comes twice keeps its first node, a parent id that comes
 * twice in one list is one edge, a node that names itself gets a self-loop, and a parent that isn't a node is recorded
 * as missing. O(nodes + parent ids), plus the sort of the missing ids.
 */
export function buildGraph(nodes: Iterable<GraphNode>): Graph {
  return finish(graphInSteps(nodes));
}

/** The same in steps, for large graphs. */
export function* graphInSteps(nodes: Iterable<GraphNode>): Steps<Graph> {
  const ids: string[] = [];
  const indexes = new Map<string, number>();
  const parentIds: (readonly string[])[] = [];
  for (const node of nodes) {
    if (indexes.has(node.id)) continue;
    indexes.set(node.id, ids.length);
    ids.push(node.id);
    parentIds.push(node.parentIds);
    yield;
  }

  const starts = new Int32Array(ids.length + 1);
  const targets: number[] = [];
  const missing = new Map<string, number[]>();
  for (const [child, list] of parentIds.entries()) {
    for (const id of new Set(list)) {
      const parent = indexes.get(id);
      if (parent !== undefined) targets.push(parent);
      else remember(missing, id, child);
    }
    starts[child + 1] = targets.length;
    yield;
  }
  return new Graph(ids, indexes, new Adjacency(starts, Int32Array.from(targets)), sortMissing(missing));
}

/**
 * The nodes given, in that order, with the edges between them. Parents that exist but were left out are not missing;
 * parents that are missing in the whole graph stay so. O(nodes + edges of the whole graph).
 */
export function subgraph(graph: Graph, nodes: Iterable<number>): Graph {
  const kept = new Set(nodes);
  const missingOf = new Map<number, string[]>();
  for (const { id, children } of graph.missing) {
    for (const child of children) remember(missingOf, child, id);
  }
  return buildGraph(
    Array.from(kept, (node) => ({
      id: graph.idOf(node),
      parentIds: [
        ...Array.from(
          graph.parents(node).filter((parent) => kept.has(parent)),
          (parent) => graph.idOf(parent),
        ),
        ...(missingOf.get(node) ?? []),
      ],
    })),
  );
}

function remember<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

function sortMissing(missing: ReadonlyMap<string, number[]>): MissingParent[] {
  return Array.from(missing, ([id, children]) => ({ id, children })).sort((a, b) => (a.id < b.id ? -1 : 1));
}
