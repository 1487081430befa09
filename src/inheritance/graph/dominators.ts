import { type Adjacency, at } from './adjacency.ts';

/** The dominator tree of a graph seen from node 0; every array is indexed by the order in which a depth-first walk came by. */
export interface DominatorTree {
  /** Order of discovery to node. */
  readonly nodes: Int32Array;
  /** Node to order of discovery; -1 if node 0 does not reach it. */
  readonly order: Int32Array;
  /** The nearest one that every path from node 0 passes; -1 for node 0. */
  readonly dominator: Int32Array;
}

/**
 * The bridges seen from node 0: entry `v` is the node `u` for which every path from node 0 to `v` takes the edge `u -> v`, or
 * -1 if there is none (there is never more than one). O(edges * log nodes).
 */
export function flowBridges(successors: Adjacency): Int32Array {
  const predecessors = successors.reversed(successors.size);
  const { nodes, order, dominator } = dominatorTree(successors, predecessors);
  const { first, size } = intervals(dominator);
  const bridges = new Int32Array(successors.size).fill(-1);
  for (let number = 1; number < nodes.length; number++) {
    const node = at(nodes, number);
    const from = at(nodes, at(dominator, number));
    // Taking another edge into the node must mean having been there before.
    const only = predecessors.of(node).every((predecessor) => {
      const other = at(order, predecessor);
      if (predecessor === from || other < 0) return true;
      const offset = at(first, other) - at(first, number);
      return offset >= 0 && offset < at(size, number);
    });
    if (only && predecessors.of(node).includes(from)) bridges[node] = from;
  }
  return bridges;
}

/** Lengauer and Tarjan's algorithm, the simple variant, without recursion. O(edges * log nodes). */
export function dominatorTree(
  successors: Adjacency,
  predecessors = successors.reversed(successors.size),
): DominatorTree {
  const { nodes, order, parent } = depthFirst(successors);
  const count = nodes.length;
  const semi = Int32Array.from({ length: count }, (_, number) => number);
  const best = semi.slice();
  const ancestor = new Int32Array(count).fill(-1);
  const dominator = new Int32Array(count).fill(-1);
  const bucket = new Int32Array(count).fill(-1);
  const nextInBucket = new Int32Array(count).fill(-1);

  for (let number = count - 1; number > 0; number--) {
    for (const predecessor of predecessors.of(at(nodes, number))) {
      const from = at(order, predecessor);
      if (from < 0) continue;
      semi[number] = Math.min(at(semi, number), at(semi, evaluate(from, ancestor, best, semi)));
    }
    nextInBucket[number] = at(bucket, at(semi, number));
    bucket[at(semi, number)] = number;
    const above = at(parent, number);
    ancestor[number] = above;
    for (let waiting = at(bucket, above); waiting >= 0; waiting = at(nextInBucket, waiting)) {
      const candidate = evaluate(waiting, ancestor, best, semi);
      dominator[waiting] = at(semi, candidate) < at(semi, waiting) ? candidate : above;
    }
    bucket[above] = -1;
  }
  for (let number = 1; number < count; number++) {
    const candidate = at(dominator, number);
    if (candidate !== at(semi, number)) dominator[number] = at(dominator, candidate);
  }
  return { nodes, order, dominator };
}

/** The node with the smallest semidominator on the linked path above `number`, which is shortened on the way. */
function evaluate(number: number, ancestor: Int32Array, best: Int32Array, semi: Int32Array): number {
  if (at(ancestor, number) < 0) return number;
  const path: number[] = [];
  for (let step = number; at(ancestor, at(ancestor, step)) >= 0; step = at(ancestor, step)) path.push(step);
  for (let step = path.pop(); step !== undefined; step = path.pop()) {
    const above = at(ancestor, step);
    if (at(semi, at(best, above)) < at(semi, at(best, step))) best[step] = at(best, above);
    ancestor[step] = at(ancestor, above);
  }
  return at(best, number);
}

function depthFirst(successors: Adjacency): Omit<DominatorTree, 'dominator'> & { readonly parent: Int32Array } {
  const order = new Int32Array(successors.size).fill(-1);
  const nodes = new Int32Array(successors.size);
  const parent = new Int32Array(successors.size).fill(-1);
  const cursor = new Int32Array(successors.size);
  let count = 0;
  const path: number[] = [];
  const enter = (node: number): void => {
    order[node] = count;
    nodes[count++] = node;
    cursor[node] = successors.first(node);
    path.push(node);
  };
  enter(0);
  for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
    const slot = at(cursor, node);
    if (slot === successors.end(node)) {
      path.pop();
      continue;
    }
    cursor[node] = slot + 1;
    const next = successors.target(slot);
    if (at(order, next) >= 0) continue;
    parent[count] = at(order, node);
    enter(next);
  }
  return { nodes: nodes.subarray(0, count), order, parent };
}

/** Numbers the tree so that what `n` dominates are the numbers `first[n] .. first[n] + size[n] - 1`. Parents come before children. */
function intervals(dominator: Int32Array): { readonly first: Int32Array; readonly size: Int32Array } {
  const size = new Int32Array(dominator.length).fill(1);
  for (let number = dominator.length - 1; number > 0; number--) {
    const above = at(dominator, number);
    size[above] = at(size, above) + at(size, number);
  }
  const first = new Int32Array(dominator.length);
  const next = new Int32Array(dominator.length).fill(1);
  for (let number = 1; number < dominator.length; number++) {
    const above = at(dominator, number);
    first[number] = at(first, above) + at(next, above);
    next[above] = at(next, above) + at(size, number);
  }
  return { first, size };
}
