import { type Entitlement, entitlementKey } from '../../model/entitlement.ts';
import { at } from '../graph/adjacency.ts';
import { breadthFirst } from '../graph/breadth-first.ts';
import { type ComponentSets, componentSetsInSteps } from '../graph/component-sets.ts';
import { type Condensation, condense } from '../graph/components.ts';
import type { Graph } from '../graph/graph.ts';
import type { Steps } from '../steps.ts';
import { componentsOf } from './effective-sets.ts';
import type { GrantTable } from './grants.ts';

/** Who inherits from whom, and what each profile holds directly. */
export interface World {
  readonly graph: Graph;
  readonly grants: GrantTable;
}

/** A profile whose effective entitlements differ between two worlds. */
export interface AffectedProfile {
  readonly profileId: string;
  readonly gained: readonly Entitlement[];
  readonly lost: readonly Entitlement[];
}

/**
 * The profiles whose effective entitlements differ between two worlds, of which only `changed` differ themselves: those
 * first, then those that inherit from them, nearest first. An entitlement is shown as the changed profile, or the nearest
 * above it, holds it.
 *
 * A way to an entitlement that exists in one world only has a changed profile on it that holds the entitlement, or the parent
 * on the way, in that world only. So those entitlements and all that such parents bring are all that can differ for anybody:
 * one closure of each world over them answers for all. O((nodes + edges) * (1 + such entitlements / 32)).
 */
export function* accessDifference(before: World, after: World, changed: readonly string[]): Steps<AffectedProfile[]> {
  const candidates = yield* mayDiffer(before, after, changed);
  if (candidates.size === 0) return [];
  const entitlements = [...candidates.values()];
  const had = yield* holdersIn(before, [...candidates.keys()]);
  const has = yield* holdersIn(after, [...candidates.keys()]);
  const answers = new Map<string, Omit<AffectedProfile, 'profileId'>>();
  const affected: AffectedProfile[] = [];
  const named = (numbers: Iterable<number>) => Array.from(numbers).flatMap((number) => entitlements[number] ?? []);
  for (const profileId of belowBoth(before.graph, after.graph, changed)) {
    const sets = `${had.classOf(profileId)} ${has.classOf(profileId)}`;
    const answer = answers.get(sets) ?? {
      gained: named(has.without(had, profileId)),
      lost: named(had.without(has, profileId)),
    };
    answers.set(sets, answer);
    if (answer.gained.length + answer.lost.length > 0) affected.push({ profileId, ...answer });
    yield;
  }
  return affected;
}

/** The entitlements, by key, that somebody may have in one of the worlds only. */
function* mayDiffer(before: World, after: World, changed: readonly string[]): Steps<ReadonlyMap<string, Entitlement>> {
  const found = new Map<string, Entitlement>();
  const [oldParents, newParents] = [new Set<string>(), new Set<string>()];
  for (const id of changed) {
    const [held, holds] = [directOf(before, id), directOf(after, id)];
    for (const [key, entitlement] of holds) if (!held.has(key)) found.set(key, entitlement);
    for (const [key, entitlement] of held) if (!holds.has(key)) found.set(key, entitlement);
    const [had, has] = [parentsOf(before, id), parentsOf(after, id)];
    for (const parent of had) if (!has.has(parent)) oldParents.add(parent);
    for (const parent of has) if (!had.has(parent)) newParents.add(parent);
    yield;
  }
  for (const [world, parents] of [[after, newParents] as const, [before, oldParents] as const]) {
    const nodes = Array.from(parents, (parent) => world.graph.indexOf(parent));
    for (const [key, entitlement] of effectiveOf(world, nodes)) if (!found.has(key)) found.set(key, entitlement);
    yield;
  }
  return found;
}

/** None of a profile that is not there. */
function directOf({ graph, grants }: World, profileId: string): ReadonlyMap<string, Entitlement> {
  const node = graph.indexOf(profileId);
  return new Map((node < 0 ? [] : grants.entitlementsOf(node)).map((each) => [entitlementKey(each), each]));
}

function parentsOf({ graph }: World, profileId: string): ReadonlySet<string> {
  const node = graph.indexOf(profileId);
  return new Set(Array.from(node < 0 ? [] : graph.parents(node), (parent) => graph.idOf(parent)));
}

/** Direct entitlements of some profiles by key, then those of the parents and above, nearest first. */
export function effectiveOf({ graph, grants }: World, nodes: Iterable<number>): ReadonlyMap<string, Entitlement> {
  const all = new Map<string, Entitlement>();
  for (const node of breadthFirst(graph.up, nodes).order) {
    for (let slot = grants.grants.first(node); slot < grants.grants.end(node); slot++) {
      const key = grants.keyOf(grants.grants.target(slot));
      if (!all.has(key)) all.set(key, grants.entitlementAt(slot));
    }
  }
  return all;
}

/** The profiles of a world that have some entitlements, themselves or by inheritance. */
class Holders {
  readonly #graph: Graph;
  readonly #condensation: Condensation;
  readonly #sets: ComponentSets;

  constructor(graph: Graph, condensation: Condensation, sets: ComponentSets) {
    this.#graph = graph;
    this.#condensation = condensation;
    this.#sets = sets;
  }

  /** Equal for two profiles exactly if they have the same of them; 0: none. */
  classOf(profileId: string): number {
    const component = this.#componentOf(profileId);
    return component < 0 ? 0 : this.#sets.classOf(component);
  }

  /** The numbers of those that the profile has, ascending. */
  of(profileId: string): Generator<number, void> {
    return this.#sets.values(this.#componentOf(profileId));
  }

  /** The numbers of those that the profile has, and not in another world. */
  without(other: Holders, profileId: string): Generator<number, void> {
    return this.#sets.without(this.#componentOf(profileId), other.#sets, other.#componentOf(profileId));
  }

  #componentOf(profileId: string): number {
    const node = this.#graph.indexOf(profileId);
    return node < 0 ? -1 : at(this.#condensation.componentOf, node);
  }
}

/** Finds out which profiles of a world have which of some entitlements, given by key and numbered in that order. */
export function* holdersIn({ graph, grants }: World, keys: readonly string[]): Steps<Holders> {
  const grantOf = new Map<string, number>();
  const wanted = new Set(keys);
  for (let grant = 0; grant < grants.size; grant++) {
    if (wanted.has(grants.keyOf(grant))) grantOf.set(grants.keyOf(grant), grant);
  }
  const condensation = yield* condense(graph.up);
  yield;
  const seedsOf = (bit: number) => {
    const grant = grantOf.get(keys[bit] ?? '');
    return grant === undefined ? [] : componentsOf(condensation, grants.holders.of(grant));
  };
  return new Holders(graph, condensation, yield* componentSetsInSteps(condensation, keys.length, seedsOf));
}

/** Some profiles and all that inherit from them in either world, each once, nearest first. */
function belowBoth(before: Graph, after: Graph, profileIds: readonly string[]): Set<string> {
  const below = (graph: Graph) => {
    const nodes = profileIds.map((id) => graph.indexOf(id)).filter((node) => node >= 0);
    return Array.from(breadthFirst(graph.down, nodes).order, (node) => graph.idOf(node));
  };
  return new Set([...profileIds, ...below(before), ...below(after)]);
}

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
