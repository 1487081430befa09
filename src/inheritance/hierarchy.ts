import { directEntitlements, directParentIds, type Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import { type Condensation, condense } from './components.ts';
import { type EffectiveSets, effectiveSets } from './effective-sets.ts';
import { buildGrantTable, type GrantTable } from './grants.ts';
import { buildGraph, type Graph } from './graph.ts';

/**
 * The profiles of one read as a graph, with what several questions need computed once, on first use. Edges and grants are
 * `directParentIds` and `directEntitlements`: those of the current version, paused and draft profiles as they are, nothing
 * where nothing is published. Throws UpstreamError, as those do, where the API named a version without sending it: at once
 * for parents, on first use for grants.
 */
export class Hierarchy {
  /** Profile of each node; of an id that came twice the first. */
  readonly profiles: readonly Profile[];
  readonly graph: Graph;
  readonly #typesById: ReadonlyMap<string, ProfileType>;
  #grants: GrantTable | undefined;
  #condensation: Condensation | undefined;
  #effectiveSets: EffectiveSets | undefined;

  constructor(profiles: Iterable<Profile>, types: Iterable<ProfileType> = []) {
    const byId = new Map<string, Profile>();
    for (const profile of profiles) {
      if (!byId.has(profile.profileId)) byId.set(profile.profileId, profile);
    }
    this.profiles = [...byId.values()];
    this.graph = buildGraph(
      this.profiles.map((profile) => ({ id: profile.profileId, parentIds: directParentIds(profile) })),
    );
    this.#typesById = new Map(Array.from(types, (type) => [type.typeId, type]));
  }

  get grants(): GrantTable {
    this.#grants ??= buildGrantTable(this.graph, (id) => directEntitlements(this.profileOf(this.graph.indexOf(id))));
    return this.#grants;
  }

  get condensation(): Condensation {
    this.#condensation ??= condense(this.graph.up);
    return this.#condensation;
  }

  get effectiveSets(): EffectiveSets {
    this.#effectiveSets ??= effectiveSets(this.condensation, this.grants);
    return this.#effectiveSets;
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
