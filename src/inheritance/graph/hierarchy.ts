import { directEntitlements, directParentIds, type Profile } from '../../model/profile.ts';
import type { ProfileType } from '../../model/profile-type.ts';
import { type EffectiveSets, effectiveSets } from '../analysis/effective-sets.ts';
import { buildGrantTable, type GrantTable } from '../analysis/grants.ts';
import { type Condensation, condense } from './components.ts';
import { buildGraph, type Graph } from './graph.ts';

/**
 * The profiles of one read as a graph, with what several questions need computed once, on first use. Edges and grants are
 * `directParentIds` and `directEntitlements`: those of the current version, paused and draft profiles as they are, nothing
 * where nothing is published. Throws UpstreamError, as those do, where the API named a version without sending it: at once
 * for parents, on first use for grants.
 */
export class Hierarchy {
  readonly #shared: Shared;
  readonly #typesById: ReadonlyMap<string, ProfileType>;

  constructor(profiles: Iterable<Profile>, types: Iterable<ProfileType> = [], shared = sharedOf(profiles)) {
    this.#shared = shared;
    this.#typesById = new Map(Array.from(types, (type) => [type.typeId, type]));
  }

  /** Profile of each node; of an id that came twice the first. */
  get profiles(): readonly Profile[] {
    return this.#shared.profiles;
  }

  get graph(): Graph {
    return this.#shared.graph;
  }

  get grants(): GrantTable {
    this.#shared.grants ??= buildGrantTable(this.graph, (id) =>
      directEntitlements(this.profileOf(this.graph.indexOf(id))),
    );
    return this.#shared.grants;
  }

  get condensation(): Condensation {
    this.#shared.condensation ??= condense(this.graph.up);
    return this.#shared.condensation;
  }

  get effectiveSets(): EffectiveSets {
    this.#shared.effectiveSets ??= effectiveSets(this.condensation, this.grants);
    return this.#shared.effectiveSets;
  }

  /** The same hierarchy with other types; all that is worked out for either serves both. */
  withTypes(types: Iterable<ProfileType>): Hierarchy {
    return new Hierarchy([], types, this.#shared);
  }

  profileOf(node: number): Profile {
    const profile = this.profiles[node];
    if (profile === undefined) throw new RangeError(`there is no node ${node} among ${this.profiles.length}`);
    return profile;
  }

  /** null if the profile names no type, or one that is not among the types given. */
  typeOf(profile: Profile): ProfileType | null {
    return (profile.typeId === null ? undefined : this.#typesById.get(profile.typeId)) ?? null;
  }

  /** The profile of an id, or null if there is none. */
  find(profileId: string): Profile | null {
    return this.profiles[this.graph.indexOf(profileId)] ?? null;
  }
}

/** What does not depend on types. */
interface Shared {
  readonly profiles: readonly Profile[];
  readonly graph: Graph;
  grants?: GrantTable;
  condensation?: Condensation;
  effectiveSets?: EffectiveSets;
}

function sharedOf(all: Iterable<Profile>): Shared {
  const byId = new Map<string, Profile>();
  for (const profile of all) {
    if (!byId.has(profile.profileId)) byId.set(profile.profileId, profile);
  }
  const profiles = [...byId.values()];
  const nodes = profiles.map((profile) => ({ id: profile.profileId, parentIds: directParentIds(profile) }));
  return { profiles, graph: buildGraph(nodes) };
}
