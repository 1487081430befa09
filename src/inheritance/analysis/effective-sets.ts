import { at } from '../graph/adjacency.ts';
import { type ComponentSets, componentSetsInSteps } from '../graph/component-sets.ts';
import type { Condensation } from '../graph/components.ts';
import type { Steps } from '../steps.ts';
import type { GrantTable } from './grants.ts';

/** The effective grants of every profile at once, as sets of grant numbers. */
export class EffectiveSets {
  readonly #condensation: Condensation;
  readonly #sets: ComponentSets;

  constructor(condensation: Condensation, sets: ComponentSets) {
    this.#condensation = condensation;
    this.#sets = sets;
  }

  /** Equal for two nodes exactly if their effective sets are equal; 0 for the empty set. */
  classOf(node: number): number {
    return this.#sets.classOf(at(this.#condensation.componentOf, node));
  }

  /** How many grants the node has, direct and inherited, each once. O(1). */
  count(node: number): number {
    return this.#sets.count(at(this.#condensation.componentOf, node));
  }

  /** O(1). */
  has(node: number, grant: number): boolean {
    return this.#sets.has(at(this.#condensation.componentOf, node), grant);
  }

  /** The node's grant numbers, ascending. */
  grants(node: number): Generator<number, void> {
    return this.#sets.values(at(this.#condensation.componentOf, node));
  }

  /** Bytes in typed arrays, for reports. */
  get bytes(): number {
    return this.#sets.bytes;
  }
}

/**
 * Computes the effective sets of all nodes; the members of a cycle share one. Time O((nodes + edges) * grants / 32) word
 * operations at worst; memory at most nodes * grants / 8 bytes, less by what sets have in common (see ComponentSets).
 */
export function* effectiveSets(condensation: Condensation, table: GrantTable): Steps<EffectiveSets> {
  const seeds = (grant: number) => componentsOf(condensation, table.holders.of(grant));
  return new EffectiveSets(condensation, yield* componentSetsInSteps(condensation, table.size, seeds));
}

/** The components of some nodes, repeated if they share one. */
export function* componentsOf({ componentOf }: Condensation, nodes: Iterable<number>): Generator<number, void> {
  for (const node of nodes) yield at(componentOf, node);
}
