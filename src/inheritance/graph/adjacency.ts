/** Reads an element that the algorithm knows to be there; throws RangeError where it isn't, instead of carrying NaN on. */
export function at(values: Int32Array, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`index ${index} is outside 0..${values.length - 1}`);
  return value;
}

/**
 * For each of `size` nodes an ordered list of numbers, in two typed arrays (compressed sparse rows): 4 bytes per node
 * and per entry. An entry is also addressed by its slot, `first(node) <= slot < end(node)`, so that a walk can keep its
 * place in a list as one number.
 */
export class Adjacency {
  readonly size: number;
  readonly #starts: Int32Array;
  readonly #targets: Int32Array;

  constructor(starts: Int32Array, targets: Int32Array) {
    this.size = starts.length - 1;
    this.#starts = starts;
    this.#targets = targets;
  }

  /** How many entries all nodes have together. */
  get slots(): number {
    return this.#targets.length;
  }

  first(node: number): number {
    return at(this.#starts, node);
  }

  end(node: number): number {
    return at(this.#starts, node + 1);
  }

  target(slot: number): number {
    return at(this.#targets, slot);
  }

  degree(node: number): number {
    return this.end(node) - this.first(node);
  }

  /** A view of the node's list, not a copy. */
  of(node: number): Int32Array {
    return this.#targets.subarray(this.first(node), this.end(node));
  }

  /** Who lists each of `count` targets, in node order. O(nodes + entries). */
  reversed(count: number): Adjacency {
    const starts = new Int32Array(count + 1);
    for (const target of this.#targets) starts[target + 1] = at(starts, target + 1) + 1;
    for (let target = 0; target < count; target++) starts[target + 1] = at(starts, target + 1) + at(starts, target);
    const next = starts.slice();
    const nodes = new Int32Array(this.#targets.length);
    for (let node = 0; node < this.size; node++) {
      for (let slot = this.first(node); slot < this.end(node); slot++) {
        const target = this.target(slot);
        const place = at(next, target);
        nodes[place] = node;
        next[target] = place + 1;
      }
    }
    return new Adjacency(starts, nodes);
  }
}

/** Packs one list per node, in order, as they are given. O(nodes + entries). */
export function adjacencyOf(lists: Iterable<Iterable<number>>): Adjacency {
  const starts = [0];
  const targets: number[] = [];
  for (const list of lists) {
    for (const target of list) targets.push(target);
    starts.push(targets.length);
  }
  return new Adjacency(Int32Array.from(starts), Int32Array.from(targets));
}

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
