import type { Entitlement } from '../../model/entitlement.ts';
import { breadthFirst } from '../graph/breadth-first.ts';
import { effectiveOf, type World } from './access-difference.ts';

/** The effective entitlements of two profiles, side by side. */
export interface Comparison {
  /** Each as the nearest profile above A holds it, nearest first; `onlyB` as above B. */
  readonly shared: readonly Entitlement[];
  readonly onlyA: readonly Entitlement[];
  readonly onlyB: readonly Entitlement[];
  /** Nodes that both inherit from, nearest to A first. */
  readonly sharedAncestors: readonly number[];
}

/** Compares the effective entitlements of two nodes. O(nodes + edges + entitlements above them). */
export function compareProfiles(world: World, a: number, b: number): Comparison {
  const [ofA, ofB] = [effectiveOf(world, [a]), effectiveOf(world, [b])];
  const aboveB = ancestorsOf(world, b);
  return {
    shared: [...ofA].flatMap(([key, entitlement]) => (ofB.has(key) ? [entitlement] : [])),
    onlyA: [...ofA].flatMap(([key, entitlement]) => (ofB.has(key) ? [] : [entitlement])),
    onlyB: [...ofB].flatMap(([key, entitlement]) => (ofA.has(key) ? [] : [entitlement])),
    sharedAncestors: [...ancestorsOf(world, a)].filter((node) => aboveB.has(node)),
  };
}

/** Nearest first. On a cycle a profile is not its own ancestor. */
function ancestorsOf({ graph }: World, node: number): ReadonlySet<number> {
  return new Set(breadthFirst(graph.up, [node]).order.subarray(1));
}
