import type { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import type { MaybePromise } from '../loaders/call.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';

/** Finds profiles with all their ancestors, or with all their descendants. */
export interface Lineages {
  upward(ids: readonly string[]): MaybePromise<readonly Profile[]>;
  downward(ids: readonly string[]): MaybePromise<readonly Profile[]>;
}

/** A hierarchy in which profiles are altered and created one after the other. */
export class WorldInMemory implements Lineages {
  readonly #hierarchy: Hierarchy;
  readonly #altered = new Map<string, Profile>();
  /** Made when it is first needed. */
  #childIds: Map<string, Set<string>> | null = null;

  constructor(hierarchy: Hierarchy) {
    this.#hierarchy = hierarchy;
  }

  /** Every profile that is otherwise than in the hierarchy, or new. */
  get altered(): ReadonlyMap<string, Profile> {
    return this.#altered;
  }

  alter(profile: Profile): void {
    const before = this.find(profile.profileId);
    this.#altered.set(profile.profileId, profile);
    if (this.#childIds === null) return;
    if (before !== null) for (const id of directParentIds(before)) this.#childIds.get(id)?.delete(profile.profileId);
    noteParents(this.#childIds, profile);
  }

  find(profileId: string): Profile | null {
    return this.#altered.get(profileId) ?? this.#hierarchy.find(profileId);
  }

  typeOf(typeId: string | null): ProfileType | null {
    return typeId === null ? null : this.#hierarchy.typeNamed(typeId);
  }

  upward(ids: readonly string[]): readonly Profile[] {
    return this.#reached(ids, directParentIds);
  }

  downward(ids: readonly string[]): readonly Profile[] {
    this.#childIds ??= this.#readChildIds();
    const childIds = this.#childIds;
    return this.#reached(ids, ({ profileId }) => childIds.get(profileId) ?? []);
  }

  #readChildIds(): Map<string, Set<string>> {
    const childIds = new Map<string, Set<string>>();
    for (const profile of this.#hierarchy.profiles) {
      if (!this.#altered.has(profile.profileId)) noteParents(childIds, profile);
    }
    for (const profile of this.#altered.values()) noteParents(childIds, profile);
    return childIds;
  }

  #reached(ids: readonly string[], next: (profile: Profile) => Iterable<string>): readonly Profile[] {
    const found = new Map<string, Profile>();
    const pending = [...ids];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      const profile = found.has(id) ? null : this.find(id);
      if (profile === null) continue;
      found.set(id, profile);
      pending.push(...next(profile));
    }
    return [...found.values()];
  }
}

function noteParents(childIds: Map<string, Set<string>>, profile: Profile): void {
  for (const id of directParentIds(profile)) {
    const children = childIds.get(id);
    if (children === undefined) childIds.set(id, new Set([profile.profileId]));
    else children.add(profile.profileId);
  }
}
