import { createRandom, type Random, stableId } from '../../src/sandbox/random.ts';
import type { ProfileRecord, VersionRecord } from '../../src/sandbox/record.ts';
import { currentVersion, parentsOf, type Store, withVersion } from '../../src/sandbox/store.ts';
import { completeProfile } from '../../src/sandbox/world.ts';
import type { History } from './history.ts';
import { hotProfiles, isPlayground, playgroundType } from './world.ts';

/** Another client of the API, whose changes the gateway does not see. It never makes a cycle. */
export class Outsider {
  readonly #store: Store;
  readonly #history: History;
  readonly #random: Random;
  #serial = 0;

  constructor(store: Store, history: History, seed: number) {
    this.#store = store;
    this.#history = history;
    this.#random = createRandom(seed);
  }

  /** Makes one change. */
  act(): void {
    this.#serial++;
    const acts = [
      () => this.#changeEntitlements(this.#pick(hotProfiles)),
      () => this.#changeEntitlements(this.#pick(this.#ids(({ id }) => isPlayground(id)))),
      () => this.#changeParents(),
      () => this.#changeParents(),
      () => this.#replaceProfile(),
      () => this.#changeLabels(),
      () => this.#renameType(),
      () => this.#changeTypeOfProfile(),
    ];
    this.#history.asOutsider(this.#pick(acts));
  }

  /** Deletes the profile of a caller, who is done with it. */
  remove(id: string): void {
    this.#history.asOutsider(() => this.#store.deleteProfile(id));
  }

  #pick<T>(all: readonly T[]): T {
    const chosen = all[this.#random.below(all.length)];
    if (chosen === undefined) throw new RangeError('nothing to choose from');
    return chosen;
  }

  #ids(isWanted: (profile: ProfileRecord) => boolean): readonly string[] {
    return [...this.#store.profiles()].filter(isWanted).map(({ id }) => id);
  }

  /** Gives a grant, or takes one of those away that no caller gave. */
  #changeEntitlements(id: string): void {
    const profile = this.#store.profile(id);
    const version = profile && currentVersion(profile);
    if (profile === undefined || version === undefined) return;
    const entities = version.entities_to_create_relationships_to;
    const others = entities.filter(({ datasource_id }) => datasource_id !== 'chaos');
    const taken = others.length > 2 ? this.#pick(others) : null;
    const given = { datasource_id: 'outside', entity_type: 'Group', entity_id: `outside ${this.#serial}` };
    this.#edit(profile, {
      entities_to_create_relationships_to:
        taken === null ? [...entities, given] : entities.filter((entity) => entity !== taken),
    });
  }

  /** Adds a parent that stands before the profile, or takes one away. */
  #changeParents(): void {
    const id = this.#pick(this.#ids((profile) => parentsOf(profile).length > 0 && isShared(profile)));
    const profile = this.#store.profile(id);
    if (profile === undefined) return;
    const parents = parentsOf(profile);
    const before = this.#ids((each) => isShared(each) || each.id === id);
    const added = this.#pick(before.slice(0, before.indexOf(id)));
    const takes = parents.length > 3 || parents.includes(added);
    this.#edit(profile, { inherit_entities_from_access_profiles: takes ? parents.slice(1) : [...parents, added] });
  }

  /** Deletes a profile, which others may inherit from, and makes another one. */
  #replaceProfile(): void {
    this.#store.deleteProfile(
      this.#pick(this.#ids((profile) => isShared(profile) && !hotProfiles.includes(profile.id))),
    );
    const now = new Date().toISOString();
    this.#store.putProfile(
      completeProfile({
        id: stableId('outside', String(this.#serial)),
        name: `outside ${this.#serial}`,
        profile_type: playgroundType,
        labels: [this.#pick(['production', 'finance', 'engineering'])],
        inherits: [this.#pick(hotProfiles)],
        created_at: now,
      }),
    );
  }

  #changeLabels(): void {
    this.#store.editProfile(this.#pick(this.#ids(isShared)), {
      labels: [this.#pick(['production', 'development', 'sensitive', 'finance'])],
      updated_at: new Date().toISOString(),
    });
  }

  #renameType(): void {
    const type = this.#pick([...this.#store.types()]);
    const name = `${type.name.replace(/ \d+$/, '')} ${this.#serial}`;
    this.#store.putType({ ...type, name, description: `Renamed ${this.#serial} times.` });
  }

  #changeTypeOfProfile(): void {
    const types = [...this.#store.types()].filter((type) => type.allow_inherit_entities);
    this.#store.editProfile(
      this.#pick(this.#ids((profile) => isShared(profile) && !hotProfiles.includes(profile.id))),
      {
        profile_type: this.#pick(types).id,
        updated_at: new Date().toISOString(),
      },
    );
  }

  #edit(profile: ProfileRecord, changes: Partial<VersionRecord>): void {
    const version = currentVersion(profile);
    if (version === undefined) return;
    const updated_at = new Date().toISOString();
    this.#store.putProfile({ ...withVersion(profile, { ...version, ...changes, updated_at }), updated_at });
  }
}

/** Whether a profile is nobody's own. */
function isShared({ id, name }: ProfileRecord): boolean {
  return !isPlayground(id) && !name.startsWith('created');
}
