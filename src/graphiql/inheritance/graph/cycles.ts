import { parentsByChild } from './edges.ts';
import type { InheritanceEdge } from './graph.ts';

export interface Cycles {
  readonly nodes: ReadonlySet<string>;
  /** Keys of the edges that lie on some cycle. */
  readonly edges: ReadonlySet<string>;
}

/** What lies on a cycle: strongly connected components of more than one node, and self-inheritance. Tarjan's, iterative; linear. */
export function findCycles(edges: readonly InheritanceEdge[]): Cycles {
  const component = stronglyConnected(parentsByChild(edges));
  const onCycle = edges.filter((edge) => component.get(edge.child) === component.get(edge.parent));
  return {
    nodes: new Set(onCycle.flatMap((edge) => [edge.child, edge.parent])),
    edges: new Set(onCycle.map((edge) => edge.key)),
  };
}

/** The number of the component that each node belongs to. */
function stronglyConnected(neighbours: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const component = new Map<string, number>();
  const stack: string[] = [];
  for (const root of neighbours.keys()) {
    if (order.has(root)) continue;
    const frames = [enter(root)];
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const step = frame.next.next();
      if (step.done === true) {
        frames.pop();
        leave(frame.node, frames.at(-1)?.node);
      } else if (!order.has(step.value)) {
        frames.push(enter(step.value));
      } else if (!component.has(step.value)) {
        lower(frame.node, order.get(step.value));
      }
    }
  }
  return component;

  function enter(node: string) {
    order.set(node, order.size);
    lowest.set(node, order.size - 1);
    stack.push(node);
    return { node, next: (neighbours.get(node) ?? []).values() };
  }

  function leave(node: string, caller: string | undefined) {
    if (caller !== undefined) lower(caller, lowest.get(node));
    if (lowest.get(node) !== order.get(node)) return;
    for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
      component.set(member, order.get(node) ?? 0);
      if (member === node) break;
    }
  }

  function lower(node: string, to: number | undefined) {
    if (to !== undefined) lowest.set(node, Math.min(lowest.get(node) ?? to, to));
  }
}
