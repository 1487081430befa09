import type { Steps } from '../steps.ts';
import { at, type LocalGraph, localGraph } from './adjacency.ts';
import { type Condensation, condense } from './components.ts';
import type { Graph } from './graph.ts';

/** Bounds of an enumeration, because a component of `n` nodes can hold more than `(n - 1)!` cycles. */
export interface CycleLimits {
  readonly maxCycles: number;
  /** In edges looked at, plus nodes put out. */
  readonly maxWork: number;
}

/** A tenth of a second or so, and more cycles than anyone reads. */
export const defaultCycleLimits: CycleLimits = { maxCycles: 1_000, maxWork: 1_000_000 };

/** The result of an enumeration within its limits. */
export interface Cycles {
  /** Each starts at its smallest node and goes from child to parent; the last inherits from the first. */
  readonly cycles: readonly (readonly number[])[];
  /** false if a limit was reached while there may have been more. */
  readonly complete: boolean;
}

/**
 * Every elementary cycle of the graph once, a self-loop being a cycle of one: Johnson's algorithm, component by component
 * in the order of their smallest node. Each component gets an equal share of the limits and, as long as `maxCycles` allows
 * one per component, at least one cycle. O((nodes + edges) * cycles) up to the limits, in steps.
 */
export function* elementaryCycles(
  graph: Graph,
  condensation: Condensation,
  limits: CycleLimits = defaultCycleLimits,
): Steps<Cycles> {
  const components = cyclicComponents(graph, condensation);
  const cycles: (readonly number[])[] = [];
  let complete = true;
  for (const [done, component] of components.entries()) {
    const share = components.length - done;
    const found = yield* componentCycles(graph, condensation, component, {
      maxCycles: Math.ceil((limits.maxCycles - cycles.length) / share),
      maxWork: Math.ceil(limits.maxWork / components.length),
    });
    for (const cycle of found.cycles) cycles.push(cycle);
    complete &&= found.complete;
  }
  return { cycles, complete };
}

/** The components that hold a cycle, by their smallest node. O(nodes + edges). */
export function cyclicComponents(graph: Graph, { size, members }: Condensation): number[] {
  const cyclic: { readonly component: number; readonly smallest: number }[] = [];
  for (let component = 0; component < size; component++) {
    const smallest = members.target(members.first(component));
    if (members.degree(component) > 1 || graph.hasEdge(smallest, smallest)) cyclic.push({ component, smallest });
  }
  return cyclic.sort((a, b) => a.smallest - b.smallest).map(({ component }) => component);
}

/** The elementary cycles of one component, by their smallest node. At least one if there is any and `maxCycles` is positive. */
export function* componentCycles(
  graph: Graph,
  condensation: Condensation,
  component: number,
  limits: CycleLimits,
): Steps<Cycles> {
  const members = condensation.members.of(component);
  const search = new CycleSearch(limits);
  for (const node of members) {
    if (graph.hasEdge(node, node)) search.put([node]);
  }
  const pending = [localGraph(graph.up, members)].filter((part) => part.nodes.length > 1);
  for (let part = pending.pop(); part !== undefined && !search.cut; part = pending.pop()) {
    yield* search.through(part);
    const rest = withoutFirst(part);
    search.work += rest.up.slots;
    const parts = yield* condense(rest.up);
    const next: LocalGraph[] = [];
    for (let inner = 0; inner < parts.size; inner++) {
      if (parts.members.degree(inner) < 2) continue;
      const local = localGraph(rest.up, parts.members.of(inner));
      next.push({ nodes: local.nodes.map((number) => at(rest.nodes, number)), up: local.up });
    }
    // The part with the smallest node is taken next.
    next.sort((a, b) => at(b.nodes, 0) - at(a.nodes, 0));
    for (const local of next) pending.push(local);
  }
  const cycles = search.cycles.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  return { cycles, complete: !search.cut };
}

/** A step costs more than a look. */
const looksPerStep = 256;

function withoutFirst(part: LocalGraph): LocalGraph {
  const others = Int32Array.from({ length: part.nodes.length - 1 }, (_, number) => number + 1);
  return { nodes: part.nodes.subarray(1), up: localGraph(part.up, others).up };
}

class CycleSearch {
  readonly cycles: number[][] = [];
  work = 0;
  cut = false;
  readonly #limits: CycleLimits;

  constructor(limits: CycleLimits) {
    this.#limits = limits;
  }

  put(cycle: number[]): void {
    if (this.cycles.length >= this.#limits.maxCycles) this.cut = true;
    else this.cycles.push(cycle);
    this.work += cycle.length;
  }

  /**
   * Every cycle through the first node of a strongly connected part. A node stays blocked while every way on from it is
   * known to end on the path; `waiting[n]` holds those that become free with `n`.
   */
  *through({ nodes, up }: LocalGraph): Steps<void> {
    const blocked = new Uint8Array(nodes.length);
    const waiting = new Map<number, Set<number>>();
    const closed = new Uint8Array(nodes.length);
    const cursor = Int32Array.from(nodes, (_, number) => up.first(number));
    const path = [0];
    blocked[0] = 1;
    let looks = 0;
    for (let node = path.at(-1); node !== undefined && !this.cut; node = path.at(-1)) {
      const slot = at(cursor, node);
      if (slot < up.end(node)) {
        cursor[node] = slot + 1;
        this.work++;
        const parent = up.target(slot);
        if (parent === 0) {
          this.put(path.map((number) => at(nodes, number)));
          closed[node] = 1;
        } else if (blocked[parent] !== 1) {
          path.push(parent);
          blocked[parent] = 1;
          closed[parent] = 0;
          cursor[parent] = up.first(parent);
        }
      } else {
        path.pop();
        const child = path.at(-1);
        if (closed[node] === 1) {
          unblock(node, blocked, waiting);
          if (child !== undefined) closed[child] = 1;
        } else {
          this.work += up.degree(node);
          for (const parent of up.of(node)) wait(waiting, parent, node);
        }
      }
      // Short of a first cycle the search goes on: it comes within one look at each edge.
      if (this.work > this.#limits.maxWork && this.cycles.length > 0 && path.length > 0) this.cut = true;
      if (++looks % looksPerStep === 0) yield;
    }
  }
}

function wait(waiting: Map<number, Set<number>>, node: number, waiter: number): void {
  const waiters = waiting.get(node);
  if (waiters === undefined) waiting.set(node, new Set([waiter]));
  else waiters.add(waiter);
}

function unblock(start: number, blocked: Uint8Array, waiting: Map<number, Set<number>>): void {
  const stack = [start];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (blocked[node] !== 1) continue;
    blocked[node] = 0;
    for (const waiter of waiting.get(node) ?? []) stack.push(waiter);
    waiting.delete(node);
  }
}
