import type { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import type { Profile } from '../model/profile.ts';
import type { Version } from '../model/version.ts';
import { ExistingProfiles } from './existing-profiles.ts';
import { NotFound, notThere, refuseIf } from './failure.ts';
import type { PlannedChange } from './planned-changes.ts';
import type { Proposal } from './proposal.ts';
import { TouchedVersions, versionKey } from './touched-versions.ts';
import { WorldInMemory } from './world-in-memory.ts';
import { checkUnchanged } from './write.ts';

/** The data that a list is applied to. */
export interface SimulationBase {
  readonly hierarchy: Hierarchy;
  /** Reads a version that is not the current one; null: it can't be read. */
  readonly readVersion: (profileId: string, versionNumber: number) => Promise<Version | null>;
  /** Awaited before each change, so that other requests get their time. */
  readonly giveWay: () => Promise<void>;
}

/** A hierarchy after the changes of a list that were applied so far. */
export class ChangingWorld extends WorldInMemory {
  readonly touched = new TouchedVersions();
  readonly #base: SimulationBase;
  readonly #existing: ExistingProfiles;
  /** `#2` to the profile that is there already. */
  readonly #twins = new Map<string, string>();
  /** Versions that are not current, by profile and number; null: it can't be read. */
  readonly #versions = new Map<string, Version | null>();

  constructor(base: SimulationBase, changes: readonly PlannedChange[]) {
    super(base.hierarchy);
    this.#base = base;
    this.#existing = new ExistingProfiles(base.hierarchy, changes);
  }

  /** The profile that a change names. Throws NotFound. */
  known(id: string): Profile {
    const [profileId = id] = this.resolved([id]);
    const profile = this.find(profileId);
    if (profile === null) throw new NotFound(notThere(`profile ${profileId}`), 'input.id');
    return profile;
  }

  /** Ids of profiles, with those that are there already in the place of those that the list creates. */
  resolved(ids: readonly string[]): readonly string[] {
    return [...new Set(ids.map((id) => this.#twins.get(id) ?? id))];
  }

  /** The profile that a creation would make anew; from then on `id` stands for it. null: there is none. */
  takeTwin({ id, input }: Extract<PlannedChange, { kind: 'createAccessProfile' }>): Profile | null {
    const twin = this.#existing.take(id, input);
    if (twin !== null) this.#twins.set(id, twin.profileId);
    return twin;
  }

  async readVersion(profileId: string, versionNumber: number): Promise<Version | null> {
    const key = versionKey(profileId, versionNumber);
    const known = this.#versions.get(key);
    if (known !== undefined) return known;
    const version = profileId.startsWith('#') ? null : await this.#base.readVersion(profileId, versionNumber);
    this.#versions.set(key, version);
    return version;
  }

  /** Keeps a version that is not the current one. null: it can't be read any more. */
  keepVersion(profileId: string, versionNumber: number, version: Version | null): void {
    this.#versions.set(versionKey(profileId, versionNumber), version);
  }

  /** Throws InvalidInput for parents that a change names and that are not there. */
  refuseUnknown({ profileId, addedParents }: Proposal): void {
    refuseIf(
      addedParents.flatMap(({ id, field }) =>
        field === null || id === profileId || this.find(id) !== null
          ? []
          : [{ field, description: notThere(`profile ${id}`) }],
      ),
    );
  }

  /** Throws Conflict. Compares with the profile as it was read: what the list itself changes is no conflict. */
  refuseChanged(profileId: string, ifUpdatedAt: string | null | undefined): void {
    const profile = this.#base.hierarchy.find(profileId);
    if (profile !== null) checkUnchanged(profile, ifUpdatedAt);
  }
}
