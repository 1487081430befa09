import { quoted } from '../inheritance/analysis/findings/finding.ts';
import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';
import type { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import type { Steps } from '../inheritance/steps.ts';
import type { Profile } from '../model/profile.ts';
import type { Version } from '../model/version.ts';
import { ExistingProfiles } from './existing-profiles.ts';
import { NotFound, notThere, refuseIf } from './failure.ts';
import type { PlannedChange } from './planned-changes.ts';
import type { Proposal, VersionContent } from './proposal.ts';
import { brokenRules } from './rules.ts';
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

/** A version that a list touches, as rules see it: before the list, and after it. */
interface Touched {
  readonly profileId: string;
  readonly typeId: string | null;
  readonly before: VersionContent | null;
  readonly after: VersionContent;
  readonly accessRequestPolicyId: string | null;
}

/** The version of a profile that a change touches. */
interface TouchedVersion {
  readonly profileId: string;
  readonly versionNumber: number;
  readonly isLive: boolean;
}

/** The versions that a list touches: what the list breaks is told by what it leaves of them in the end. */
export class TouchedVersions {
  /** By profile for its current version, by profile and number for others. */
  readonly #touched = new Map<string, Touched>();

  /** The profiles whose current version is touched. */
  get regranted(): readonly string[] {
    return [...this.#touched].flatMap(([key, { profileId }]) => (key === profileId ? [profileId] : []));
  }

  /** Notes a change. A version that becomes the current one is no longer judged as a draft. */
  note({ profileId, versionNumber, isLive }: TouchedVersion, proposal: Proposal, choosesPolicy: boolean): void {
    const draftKey = versionKey(profileId, versionNumber);
    if (isLive) this.#touched.delete(draftKey);
    const key = isLive ? profileId : draftKey;
    const known = this.#touched.get(key);
    const { typeId, before, after, accessRequestPolicyId } = proposal;
    this.#touched.set(key, {
      profileId,
      typeId,
      before: known === undefined ? before : known.before,
      after,
      accessRequestPolicyId:
        known !== undefined && !choosesPolicy ? known.accessRequestPolicyId : accessRequestPolicyId,
    });
  }

  /** The rules that the list breaks by its additions, in the world after it. */
  *violations(after: Hierarchy): Steps<RuleViolation[]> {
    const violations: RuleViolation[] = [];
    const surroundings = { graph: after.graph, find: (id: string) => after.find(id) };
    for (const touched of this.#touched.values()) {
      const { profileId, typeId, before } = touched;
      const held = new Set(before?.parentIds);
      const addedParents = touched.after.parentIds.filter((id) => !held.has(id)).map((id) => ({ id, field: null }));
      const type = typeId === null ? null : after.typeNamed(typeId);
      const name = quoted(after.find(profileId)?.name ?? '', profileId);
      for (const { rule, description } of brokenRules({ ...touched, addedParents, isLive: true }, type, surroundings)) {
        violations.push({ rule, description: `${name}: ${description}` });
      }
      yield;
    }
    return violations;
  }
}

/** One version among those of all profiles. */
function versionKey(profileId: string, versionNumber: number): string {
  return `${profileId}:${versionNumber}`;
}
