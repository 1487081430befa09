import { type Entitlement, entitlementKey } from '../../model/entitlement.ts';
import { Adjacency } from '../graph/adjacency.ts';
import type { Graph } from '../graph/graph.ts';
import type { Steps } from '../steps.ts';

/** The grants of a profile's own current version, by profile id; paused and draft profiles are taken as they are. */
export type GrantsOf = (profileId: string) => Iterable<Entitlement>;

/**
 * The direct grants of every node of a graph, numbered by `entitlementKey`: two profiles that hold the same grant share its
 * number, though each keeps its own entitlement (conditions and the like may differ).
 */
export class GrantTable {
  /** Node to grants, in the version's order, each once; its slots also address `entitlementAt`. */
  readonly grants: Adjacency;
  /** Grant to the nodes that hold it themselves, in node order. */
  readonly holders: Adjacency;
  readonly #keys: readonly string[];
  readonly #entitlements: readonly Entitlement[];

  constructor(grants: Adjacency, keys: readonly string[], entitlements: readonly Entitlement[]) {
    this.grants = grants;
    this.holders = grants.reversed(keys.length);
    this.#keys = keys;
    this.#entitlements = entitlements;
  }

  /** How many distinct grants there are; they are numbered from 0. */
  get size(): number {
    return this.#keys.length;
  }

  keyOf(grant: number): string {
    return element(this.#keys, grant);
  }

  /** The entitlement in a slot of `grants`, as that slot's node holds it. */
  entitlementAt(slot: number): Entitlement {
    return element(this.#entitlements, slot);
  }

  /** The grant as its first holder in node order has it. */
  entitlementOf(grant: number): Entitlement {
    const holder = this.holders.target(this.holders.first(grant));
    return this.entitlementAt(this.slotOf(holder, grant));
  }

  /** The position of the grant in a node's list; -1 if the node doesn't hold it itself. O(the node's grants). */
  slotOf(node: number, grant: number): number {
    const position = this.grants.of(node).indexOf(grant);
    return position < 0 ? -1 : this.grants.first(node) + position;
  }

  /** The grants of a node as entitlements, in the version's order, each key once. */
  entitlementsOf(node: number): Entitlement[] {
    return this.#entitlements.slice(this.grants.first(node), this.grants.end(node));
  }
}

/** Numbers all direct grants in the order of nodes and versions; of one key twice in a version the first counts. O(grants). */
export function* buildGrantTable(graph: Graph, grantsOf: GrantsOf): Steps<GrantTable> {
  const numbers = new Map<string, number>();
  const entitlements: Entitlement[] = [];
  const grants: number[] = [];
  const starts = new Int32Array(graph.size + 1);
  const lastHolder: number[] = [];
  for (const [node, id] of graph.ids.entries()) {
    for (const entitlement of grantsOf(id)) {
      const key = entitlementKey(entitlement);
      const grant = numbers.get(key) ?? numbers.size;
      numbers.set(key, grant);
      if (lastHolder[grant] === node) continue;
      lastHolder[grant] = node;
      grants.push(grant);
      entitlements.push(entitlement);
    }
    starts[node + 1] = grants.length;
    yield;
  }
  return new GrantTable(new Adjacency(starts, Int32Array.from(grants)), [...numbers.keys()], entitlements);
}

function element<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new RangeError(`index ${index} is outside 0..${values.length - 1}`);
  return value;
}
