import { Directory } from './directory.ts';
import type { DatasourceRecord, Entity, IdentityRecord, ProfileRecord, TypeRecord, VersionRecord } from './record.ts';
import { completeProfile, completeType, type World } from './world.ts';

/** Hears of each change, right after it. */
export interface StoreWatcher {
  /** `now` is null where the profile was deleted. */
  profile(id: string, now: ProfileRecord | null): void;
  type(type: TypeRecord): void;
}

/** The tenant's state: records by id, inheritance and membership of the current versions. Knows nothing of HTTP. */
export class Store {
  readonly directory: Directory;
  readonly #types = new Map<string, TypeRecord>();
  readonly #profiles = new Map<string, ProfileRecord>();
  readonly #integrations: readonly string[] | undefined;
  readonly #children = new Map<string, Set<string>>();
  readonly #memberships = new Map<string, Set<string>>();
  readonly #profileCounts = new Map<string, number>();
  readonly #entityNames = new Map<string, Pick<Entity, 'entity_name' | 'native_id'>>();
  #watcher: StoreWatcher | null = null;

  constructor(world: World) {
    this.directory = new Directory(world);
    this.#integrations = world.integrations;
    for (const type of world.types) this.putType(completeType(type));
    for (const profile of world.profiles) {
      const record = completeProfile(profile);
      this.putProfile(record);
      if (world.identities === undefined) this.#identifyMembers(record);
    }
  }

  /** Lets one watcher hear of all changes from now on. */
  watch(watcher: StoreWatcher): void {
    this.#watcher = watcher;
  }

  /** In order of creation. */
  types(): IterableIterator<TypeRecord> {
    return this.#types.values();
  }

  type(id: string): TypeRecord | undefined {
    return this.#types.get(id);
  }

  putType(type: TypeRecord): void {
    this.#types.set(type.id, type);
    this.#watcher?.type(type);
  }

  /** In order of creation, which is the list's default order (a guess). */
  profiles(): IterableIterator<ProfileRecord> {
    return this.#profiles.values();
  }

  profile(id: string): ProfileRecord | undefined {
    return this.#profiles.get(id);
  }

  /** Adds a profile, or replaces the one of that id. */
  putProfile(profile: ProfileRecord): void {
    const before = this.#profiles.get(profile.id);
    if (before !== undefined) this.#unlink(before);
    this.#profiles.set(profile.id, profile);
    for (const parent of parentsOf(profile)) setIn(this.#children, parent).add(profile.id);
    for (const identity of memberIdsOf(profile)) setIn(this.#memberships, identity).add(profile.id);
    this.#profileCounts.set(profile.profile_type, this.profilesCount(profile.profile_type) + 1);
    for (const version of profile.versions) {
      for (const entity of version.entities_to_create_relationships_to) this.#learnName(entity);
    }
    this.#watcher?.profile(profile.id, profile);
  }

  /** Replaces some fields of a profile: what another client does between two calls of the one under test. */
  editProfile(id: string, changes: Partial<Omit<ProfileRecord, 'id'>>): ProfileRecord {
    const profile = this.#profiles.get(id);
    if (profile === undefined) throw new RangeError(`the sandbox has no profile ${id}`);
    const edited = { ...profile, ...changes };
    this.putProfile(edited);
    return edited;
  }

  /** Replaces some fields of a profile's current version, as `editProfile` does. */
  editCurrentVersion(id: string, changes: Partial<VersionRecord>): ProfileRecord {
    const profile = this.#profiles.get(id);
    const version = profile && currentVersion(profile);
    if (profile === undefined || version === undefined) throw new RangeError(`no current version of profile ${id}`);
    return this.editProfile(id, withVersion(profile, { ...version, ...changes }));
  }

  /** The API has no call for this (UNK); profiles that inherit from it keep the dangling id. */
  deleteProfile(id: string): void {
    const profile = this.#profiles.get(id);
    if (profile === undefined) return;
    this.#unlink(profile);
    this.#profiles.delete(id);
    this.#watcher?.profile(id, null);
  }

  /** The profiles whose current version inherits directly from this one. */
  childrenOf(id: string): readonly string[] {
    return [...(this.#children.get(id) ?? [])];
  }

  /** The profiles whose current version has this member. */
  profilesOf(identityId: string): readonly ProfileRecord[] {
    return [...(this.#memberships.get(identityId) ?? [])].flatMap((id) => this.profile(id) ?? []);
  }

  profilesCount(typeId: string): number {
    return this.#profileCounts.get(typeId) ?? 0;
  }

  datasource(id: string): DatasourceRecord | undefined {
    return this.directory.datasources.get(id);
  }

  identity(id: string): IdentityRecord | undefined {
    return this.directory.identities.get(id);
  }

  integrations(): readonly string[] {
    return (
      this.#integrations ?? [...new Set([...this.directory.datasources.values()].map(({ integration }) => integration))]
    );
  }

  /** The names that any profile of this tenant ever held for the entity: writes carry no names. */
  nameOf(entity: Entity): Pick<Entity, 'entity_name' | 'native_id'> {
    return this.#entityNames.get(entityKey(entity)) ?? {};
  }

  #learnName(entity: Entity): void {
    const { entity_name, native_id } = entity;
    if (entity_name === undefined) return;
    this.#entityNames.set(entityKey(entity), { entity_name, native_id: native_id ?? entity.entity_id });
  }

  #unlink(profile: ProfileRecord): void {
    for (const parent of parentsOf(profile)) this.#children.get(parent)?.delete(profile.id);
    for (const identity of memberIdsOf(profile)) this.#memberships.get(identity)?.delete(profile.id);
    this.#profileCounts.set(profile.profile_type, this.profilesCount(profile.profile_type) - 1);
  }

  #identifyMembers(profile: ProfileRecord): void {
    for (const { identity_id: id } of profile.versions.flatMap((version) => version.members)) {
      this.directory.ensureIdentity(id);
    }
  }
}

export function currentVersion(profile: ProfileRecord): VersionRecord | undefined {
  return versionOf(profile, profile.current_version_number);
}

export function versionOf(profile: ProfileRecord, number: number): VersionRecord | undefined {
  return profile.versions.find((version) => version.version_number === number);
}

/** The profile with this version in the place of its namesake, or added. */
export function withVersion(profile: ProfileRecord, version: VersionRecord): ProfileRecord {
  const exists = versionOf(profile, version.version_number) !== undefined;
  const replaced = profile.versions.map((one) => (one.version_number === version.version_number ? version : one));
  return { ...profile, versions: exists ? replaced : [...profile.versions, version] };
}

/** The direct parents of the current version. */
export function parentsOf(profile: ProfileRecord): readonly string[] {
  return currentVersion(profile)?.inherit_entities_from_access_profiles ?? [];
}

/** A key that is equal for two entities that are the same grant. */
export function entityKey(entity: Entity): string {
  return `${entity.datasource_id}\n${entity.entity_type}\n${entity.entity_id}`;
}

function memberIdsOf(profile: ProfileRecord): readonly string[] {
  return (currentVersion(profile)?.members ?? []).map(({ identity_id: id }) => id);
}

function setIn(sets: Map<string, Set<string>>, key: string): Set<string> {
  const known = sets.get(key);
  if (known !== undefined) return known;
  const fresh = new Set<string>();
  sets.set(key, fresh);
  return fresh;
}
