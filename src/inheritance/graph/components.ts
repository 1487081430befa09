import type { Steps } from '../steps.ts';
import { Adjacency, at } from './adjacency.ts';

/**
 * A graph with each strongly connected component (a largest set of nodes that all inherit from one another, or a node
 * alone) shrunk to one. Components are numbered parents first: every component that a component inherits from has a
 * smaller number.
 */
export interface Condensation {
  readonly size: number;
  /** Node to component. */
  readonly componentOf: Int32Array;
  /** Component to its nodes, ascending. */
  readonly members: Adjacency;
  /** Component to the other components it inherits from, each once, ascending. */
  readonly parents: Adjacency;
}

/** Strongly connected components and the acyclic graph between them: Tarjan's algorithm without recursion. O(nodes + edges). */
export function* condense(up: Adjacency): Steps<Condensation> {
  const componentOf = yield* tarjan(up);
  let size = 0;
  for (const component of componentOf) size = Math.max(size, component + 1);
  const members = new Adjacency(
    Int32Array.from({ length: up.size + 1 }, (_, node) => node),
    componentOf,
  ).reversed(size);

  const starts = new Int32Array(size + 1);
  const targets: number[] = [];
  const lastSeenBy = new Int32Array(size).fill(-1);
  for (let component = 0; component < size; component++) {
    const first = targets.length;
    for (const node of members.of(component)) {
      for (let slot = up.first(node); slot < up.end(node); slot++) {
        const parent = at(componentOf, up.target(slot));
        if (parent === component || at(lastSeenBy, parent) === component) continue;
        lastSeenBy[parent] = component;
        targets.push(parent);
      }
    }
    const own = targets.splice(first).sort((a, b) => a - b);
    for (const parent of own) targets.push(parent);
    starts[component + 1] = targets.length;
    yield;
  }
  return { size, componentOf, members, parents: new Adjacency(starts, Int32Array.from(targets)) };
}

/** Each node's component number. Tarjan finishes a component after all it reaches, hence parents first. */
function* tarjan(up: Adjacency): Steps<Int32Array> {
  const componentOf = new Int32Array(up.size).fill(-1);
  const discovered = new Int32Array(up.size).fill(-1);
  const low = new Int32Array(up.size);
  const cursor = new Int32Array(up.size);
  // Two stacks: the path being walked, and the nodes that have no component yet.
  const path = new Int32Array(up.size);
  const open = new Int32Array(up.size);
  let pathLength = 0;
  let openLength = 0;
  let clock = 0;
  let components = 0;

  const enter = (node: number): void => {
    discovered[node] = clock;
    low[node] = clock++;
    cursor[node] = up.first(node);
    path[pathLength++] = node;
    open[openLength++] = node;
  };

  for (let start = 0; start < up.size; start++) {
    if (at(discovered, start) >= 0) continue;
    enter(start);
    while (pathLength > 0) {
      const node = at(path, pathLength - 1);
      const slot = at(cursor, node);
      if (slot < up.end(node)) {
        cursor[node] = slot + 1;
        const parent = up.target(slot);
        if (at(discovered, parent) < 0) enter(parent);
        else if (at(componentOf, parent) < 0) low[node] = Math.min(at(low, node), at(discovered, parent));
        continue;
      }
      pathLength--;
      if (pathLength > 0) {
        const child = at(path, pathLength - 1);
        low[child] = Math.min(at(low, child), at(low, node));
      }
      if (at(low, node) !== at(discovered, node)) continue;
      for (let member = -1; member !== node; ) {
        member = at(open, --openLength);
        componentOf[member] = components;
      }
      components++;
      yield;
    }
  }
  return componentOf;
}

/**
 * The longest chain of profiles that inherit from one another, counted in edges; edges within a cycle count nothing, so
 * the answer is finite and at most the number of nodes. 0 for a graph without edges. O(components + edges between them).
 */
export function longestChain(condensation: Condensation): number {
  const depths = new Int32Array(condensation.size);
  let longest = 0;
  for (let component = 0; component < condensation.size; component++) {
    let depth = 0;
    for (const parent of condensation.parents.of(component)) depth = Math.max(depth, at(depths, parent) + 1);
    depths[component] = depth;
    longest = Math.max(longest, depth);
  }
  return longest;
}
