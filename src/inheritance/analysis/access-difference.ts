import type { Entitlement } from '../../model/entitlement.ts';
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

type Grants = ReadonlyMap<string, Entitlement>;

/**
 * The profiles whose effective entitlements differ between two worlds, of which only `changed` differ themselves: those
 * first, then those that inherit from them, nearest first. An entitlement is shown as the changed profile, or the nearest
 * above it, holds it.
 *
 * A way to an entitlement that exists in one world only leads through a changed profile, and the lowest one on it has the
 * entitlement in that world only. So the entitlements that differ for a changed profile are all that can differ for
 * anybody: one closure of each world over them answers for all.
 * O((nodes + edges) * (1 + differing entitlements / 32) + changed * what they inherit).
 */
export function* accessDifference(before: World, after: World, changed: readonly string[]): Steps<AffectedProfile[]> {
  const differing = new Map<string, Entitlement>();
  for (const id of changed) {
    const [had, has] = [effectiveOf(before, id), effectiveOf(after, id)];
    addMissing(differing, has, had);
    addMissing(differing, had, has);
    yield;
  }
  const keys = [...differing.keys()];
  if (keys.length === 0) return [];
  const had = yield* holdersIn(before, keys);
  const has = yield* holdersIn(after, keys);
  const answers = new Map<string, Omit<AffectedProfile, 'profileId'>>();
  const affected: AffectedProfile[] = [];
  for (const profileId of belowBoth(before.graph, after.graph, changed)) {
    const sets = `${had.classOf(profileId)} ${has.classOf(profileId)}`;
    let answer = answers.get(sets);
    if (answer === undefined) {
      const [isOld, isNew] = [had.of(profileId), has.of(profileId)];
      const entitlements = [...differing.values()];
      answer = {
        gained: entitlements.filter((_, bit) => isNew(bit) && !isOld(bit)),
        lost: entitlements.filter((_, bit) => isOld(bit) && !isNew(bit)),
      };
      answers.set(sets, answer);
    }
    if (answer.gained.length + answer.lost.length > 0) affected.push({ profileId, ...answer });
    yield;
  }
  return affected;
}

/** Direct entitlements, then those of the parents and above, nearest first; none of a profile that is not there. */
export function effectiveOf({ graph, grants }: World, profileId: string): Grants {
  const all = new Map<string, Entitlement>();
  const profile = graph.indexOf(profileId);
  for (const node of profile < 0 ? [] : breadthFirst(graph.up, [profile]).order) {
    for (let slot = grants.grants.first(node); slot < grants.grants.end(node); slot++) {
      const key = grants.keyOf(grants.grants.target(slot));
      if (!all.has(key)) all.set(key, grants.entitlementAt(slot));
    }
  }
  return all;
}

function addMissing(all: Map<string, Entitlement>, grants: Grants, others: Grants): void {
  for (const [key, entitlement] of grants) if (!others.has(key) && !all.has(key)) all.set(key, entitlement);
}

/** Which profiles of a world have which of some entitlements, themselves or by inheritance. */
class Holders {
  readonly #graph: Graph;
  readonly #condensation: Condensation;
  readonly #sets: ComponentSets;

  constructor(graph: Graph, condensation: Condensation, sets: ComponentSets) {
    this.#graph = graph;
    this.#condensation = condensation;
    this.#sets = sets;
  }

  /** Equal for two profiles exactly if they have the same of them; 0: none, as a profile has that is not there. */
  classOf(profileId: string): number {
    const component = this.#componentOf(profileId);
    return component < 0 ? 0 : this.#sets.classOf(component);
  }

  /** Tells of each entitlement whether the profile has it. */
  of(profileId: string): (bit: number) => boolean {
    const component = this.#componentOf(profileId);
    return (bit) => component >= 0 && this.#sets.has(component, bit);
  }

  #componentOf(profileId: string): number {
    const node = this.#graph.indexOf(profileId);
    return node < 0 ? -1 : at(this.#condensation.componentOf, node);
  }
}

/** Finds out which profiles of a world have which of some entitlements, by key. */
export function* holdersIn({ graph, grants }: World, keys: readonly string[]): Steps<Holders> {
  const grantOf = new Map<string, number>();
  const wanted = new Set(keys);
  for (let grant = 0; grant < grants.size; grant++) {
    if (wanted.has(grants.keyOf(grant))) grantOf.set(grants.keyOf(grant), grant);
  }
  const condensation = condense(graph.up);
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
