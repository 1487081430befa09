import { quoted } from '../inheritance/analysis/finding-text.ts';
import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';
import type { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import type { UpdateVersionInput } from '../model/change-input.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import type { Version } from '../model/version.ts';
import { createdProfile } from '../wire/planned-rows.ts';
import { alteredRow } from '../wire/row.ts';
import { proposedCreation } from './creation.ts';
import { ExistingProfiles } from './existing-profiles.ts';
import { InvalidInput, NotFound, notThere, refuseIf } from './failure.ts';
import { inPlace, type PlannedChange, pathOf } from './planned-changes.ts';
import { mayRuleNames, showsChanges } from './profile.ts';
import { brokenRules, type Proposal, type Surroundings, surroundingsOf, type VersionContent } from './rules.ts';
import { changedProfile, changedVersion } from './simulated-profile.ts';
import { proposalOf } from './version.ts';
import { holdsAlready, withoutDoneRemovals } from './version-already.ts';
import { planVersion } from './version-plan.ts';
import { type Target, targetOf } from './version-target.ts';
import { checkUnchanged } from './write.ts';

/** One change of a list, applied in memory. */
export interface SimulatedStep {
  /** Ids are those of the API, or such as `#2` for profiles that the list creates. */
  readonly change: PlannedChange;
  /** The path of its input. */
  readonly path: string;
  readonly profileId: string;
  /** The profile right before and right after it; before null: the change creates it. */
  readonly before: Profile | null;
  readonly after: Profile;
  /** Whether everything is so already, so that nothing need be written. */
  readonly isDone: boolean;
  /** What rules look at; null: the change touches nothing that they rule. */
  readonly proposal: Proposal | null;
}

/** A list of changes, applied in memory. */
export interface AppliedList {
  readonly steps: readonly SimulatedStep[];
  /** Every profile that the list leaves otherwise, or that it creates. */
  readonly altered: ReadonlyMap<string, Profile>;
  /** Those of them whose current version is another one. */
  readonly regranted: readonly string[];
  /** What the list as a whole would break by what it adds. */
  readonly violations: readonly RuleViolation[];
}

/** What a list is applied to. */
export interface SimulationBase {
  readonly hierarchy: Hierarchy;
  /** Reads a version that is not the current one; null: it can't be read. */
  readonly readVersion: (profileId: string, versionNumber: number) => Promise<Version | null>;
  /** Awaited before each change, so that other requests get their time. */
  readonly giveWay: () => Promise<void>;
}

/** A version that the list touches, as rules see it: before the list, and after it. */
interface Touched {
  readonly profileId: string;
  readonly typeId: string | null;
  readonly before: VersionContent | null;
  readonly after: VersionContent;
  readonly accessRequestPolicyId: string | null;
}

/**
 * Applies changes one after the other, in memory. What they add is judged on the world that they leave together. Something to
 * remove that is gone already is no mistake here, as a list that stopped half-way is applied again from its beginning. Throws
 * InvalidInput, NotFound and Conflict as the mutations do, and UpstreamError where a profile that matters can't be read.
 */
export async function applyInMemory(
  base: SimulationBase,
  changes: readonly PlannedChange[],
  field: string,
): Promise<AppliedList> {
  const world = new ChangingWorld(base, changes);
  const steps: SimulatedStep[] = [];
  for (const [i, change] of changes.entries()) {
    await base.giveWay();
    const path = pathOf(field, i, change);
    try {
      steps.push({ ...(await world.apply(change)), path });
    } catch (error) {
      throw inPlace(error, path);
    }
  }
  return { steps, altered: world.altered, regranted: world.regranted, violations: world.violations() };
}

/** The rules that a proposal would break among profiles that `find` knows. */
export function judge(
  proposal: Proposal,
  find: (profileId: string) => Profile | null,
  typeOf: (typeId: string) => ProfileType | null,
): readonly RuleViolation[] {
  const type = proposal.typeId === null ? null : typeOf(proposal.typeId);
  return brokenRules(
    proposal,
    type,
    surroundingsAmong(
      find,
      proposal.addedParents.map(({ id }) => id),
    ),
  );
}

/** Some profiles and all that they inherit from. */
function surroundingsAmong(find: (profileId: string) => Profile | null, ids: readonly string[]): Surroundings {
  const lineage = new Map<string, Profile>();
  const pending = [...ids];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const profile = lineage.has(id) ? null : find(id);
    if (profile === null) continue;
    lineage.set(id, profile);
    pending.push(...directParentIds(profile));
  }
  return surroundingsOf([...lineage.values()]);
}

type Applied = Omit<SimulatedStep, 'path'>;

class ChangingWorld {
  readonly altered = new Map<string, Profile>();
  readonly #base: SimulationBase;
  readonly #existing: ExistingProfiles;
  /** `#2` to the profile that is there already. */
  readonly #twins = new Map<string, string>();
  /** Versions that are not current, by profile and number; null: it can't be read. */
  readonly #versions = new Map<string, Version | null>();
  /** By profile for its current version, by profile and number for others. */
  readonly #touched = new Map<string, Touched>();

  constructor(base: SimulationBase, changes: readonly PlannedChange[]) {
    this.#base = base;
    this.#existing = new ExistingProfiles(base.hierarchy, changes);
  }

  get regranted(): readonly string[] {
    return [...this.#touched].flatMap(([key, { profileId }]) => (key === profileId ? [profileId] : []));
  }

  find(profileId: string): Profile | null {
    return this.altered.get(profileId) ?? this.#base.hierarchy.find(profileId);
  }

  async apply(change: PlannedChange): Promise<Applied> {
    switch (change.kind) {
      case 'createAccessProfile':
        return this.#create(change);
      case 'updateAccessProfile':
        return this.#update(change);
      case 'updateVersion':
        return this.#updateVersion(change);
    }
  }

  violations(): readonly RuleViolation[] {
    return [...this.#touched.values()].flatMap((touched) => {
      const { profileId, before, after } = touched;
      const addedParents = after.parentIds
        .filter((id) => !before?.parentIds.includes(id))
        .map((id) => ({ id, field: null }));
      const broken = judge(
        { ...touched, addedParents, isLive: true },
        (id) => this.find(id),
        (id) => this.#typeOf(id),
      );
      const name = quoted(this.find(profileId)?.name ?? '', profileId);
      return broken.map(({ rule, description }) => ({ rule, description: `${name}: ${description}` }));
    });
  }

  #create({ id, input: asked }: Extract<PlannedChange, { kind: 'createAccessProfile' }>): Applied {
    const input = { ...asked, ...(asked.inheritsFrom && { inheritsFrom: this.#resolved(asked.inheritsFrom) }) };
    const change: PlannedChange = { kind: 'createAccessProfile', id, input };
    if (this.#typeOf(input.type) === null) {
      refuseIf([{ field: 'input.type', description: notThere(`type ${input.type}`) }]);
    }
    const twin = this.#existing.take(id, input);
    if (twin !== null) {
      this.#twins.set(id, twin.profileId);
      return { change, profileId: twin.profileId, before: twin, after: twin, isDone: true, proposal: null };
    }
    const proposal: Proposal = { ...proposedCreation(input), profileId: id };
    this.#refuseUnknown(proposal);
    const after = createdProfile(id, input);
    this.altered.set(id, after);
    this.#touch(id, { ...proposal, profileId: id });
    return { change, profileId: id, before: null, after, isDone: false, proposal };
  }

  #update(asked: Extract<PlannedChange, { kind: 'updateAccessProfile' }>): Applied {
    const before = this.#known(asked.id);
    const { profileId } = before;
    const change: PlannedChange = { ...asked, id: profileId, input: { ...asked.input, id: profileId } };
    this.#refuseChanged(profileId, asked.input.ifUpdatedAt);
    const type = before.typeId === null ? null : this.#typeOf(before.typeId);
    const step = { change, profileId, before, proposal: null };
    if (showsChanges(before, asked.changes, mayRuleNames(type))) return { ...step, after: before, isDone: true };
    const after = changedProfile(before, asked.changes, asked.input.state ?? before.state);
    this.altered.set(profileId, after);
    return { ...step, after, isDone: false };
  }

  async #updateVersion(asked: Extract<PlannedChange, { kind: 'updateVersion' }>): Promise<Applied> {
    const before = this.#known(asked.id);
    const { profileId } = before;
    const { inheritsFrom, addInheritsFrom, removeInheritsFrom, ...others } = asked.input;
    this.#refuseChanged(profileId, others.ifUpdatedAt);
    const wanted: UpdateVersionInput = {
      ...others,
      id: profileId,
      ...(inheritsFrom && { inheritsFrom: this.#resolved(inheritsFrom) }),
      ...(addInheritsFrom && { addInheritsFrom: this.#resolved(addInheritsFrom) }),
      ...(removeInheritsFrom && { removeInheritsFrom: this.#resolved(removeInheritsFrom) }),
    };
    const target = await targetOf(before, wanted, {
      wantsContent: true,
      readVersion: (versionNumber) => this.#readVersion(profileId, versionNumber),
    });
    refuseUnknownContent(wanted, target);
    const input = withoutDoneRemovals(wanted, target.content);
    const change: PlannedChange = { kind: 'updateVersion', id: profileId, input };
    const planned = { ...planVersion(input, target.content), target };
    const proposal = proposalOf(planned);
    this.#refuseUnknown(proposal);
    const step = { change, profileId, before, proposal };
    const { version, versionNumber } = target;
    const isCurrent = before.currentVersion?.versionNumber === versionNumber;
    if (isCurrent) refuseUnknownState(input);
    if (version !== null && holdsAlready(version, planned, target.content)) {
      return { ...step, after: before, isDone: true };
    }
    const after = this.#changed(target, changedVersion(version, { profileId, versionNumber }, planned), input.state);
    if (isCurrent || input.state === 'PUBLISHED') {
      this.#touched.delete(keyOf(profileId, versionNumber));
      this.#touch(profileId, { ...proposal, profileId, chosen: planned.changes.accessRequestPolicyId });
    } else if (input.state !== 'RETIRED') {
      const key = keyOf(profileId, versionNumber);
      this.#touch(key, { ...proposal, profileId, chosen: planned.changes.accessRequestPolicyId });
    }
    this.altered.set(profileId, after);
    return { ...step, after, isDone: false };
  }

  /** The profile with a version that has changed. */
  #changed({ profile, versionNumber }: Target, version: Version, state: UpdateVersionInput['state']): Profile {
    const { profileId, draftVersionNumber } = profile;
    if (profile.currentVersion?.versionNumber === versionNumber) {
      return alteredRow(profile, { currentVersion: version });
    }
    const isDraft = draftVersionNumber === versionNumber;
    if (state === 'PUBLISHED') {
      return alteredRow(profile, {
        currentVersion: version,
        currentVersionNumber: versionNumber,
        draftVersionNumber: isDraft ? null : draftVersionNumber,
      });
    }
    this.#versions.set(keyOf(profileId, versionNumber), state === 'RETIRED' ? null : version);
    if (state === 'RETIRED') return alteredRow(profile, { draftVersionNumber: isDraft ? null : draftVersionNumber });
    return alteredRow(profile, { draftVersionNumber: draftVersionNumber ?? versionNumber });
  }

  async #readVersion(profileId: string, versionNumber: number): Promise<Version | null> {
    const key = keyOf(profileId, versionNumber);
    const known = this.#versions.get(key);
    if (known !== undefined) return known;
    const version = profileId.startsWith('#') ? null : await this.#base.readVersion(profileId, versionNumber);
    this.#versions.set(key, version);
    return version;
  }

  #touch(
    key: string,
    proposal: Omit<Touched, 'typeId'> & { typeId: string | null; chosen?: string | undefined },
  ): void {
    const { profileId, typeId, before, after, accessRequestPolicyId, chosen } = proposal;
    const known = this.#touched.get(key);
    this.#touched.set(key, {
      profileId,
      typeId,
      before: known === undefined ? before : known.before,
      after,
      accessRequestPolicyId:
        known !== undefined && chosen === undefined ? known.accessRequestPolicyId : accessRequestPolicyId,
    });
  }

  #known(id: string): Profile {
    const [profileId = id] = this.#resolved([id]);
    const profile = this.find(profileId);
    if (profile === null) throw new NotFound(notThere(`profile ${profileId}`), 'input.id');
    return profile;
  }

  #resolved(ids: readonly string[]): readonly string[] {
    return [...new Set(ids.map((id) => this.#twins.get(id) ?? id))];
  }

  #typeOf(typeId: string): ProfileType | null {
    return this.#base.hierarchy.typeNamed(typeId);
  }

  #refuseUnknown({ profileId, addedParents }: Proposal): void {
    refuseIf(
      addedParents.flatMap(({ id, field }) =>
        field === null || id === profileId || this.find(id) !== null
          ? []
          : [{ field, description: notThere(`profile ${id}`) }],
      ),
    );
  }

  /** Compares with the profile as it was read: what the list itself changes is no conflict. */
  #refuseChanged(profileId: string, ifUpdatedAt: string | null | undefined): void {
    const profile = this.#base.hierarchy.find(profileId);
    if (profile !== null) checkUnchanged(profile, ifUpdatedAt);
  }
}

function keyOf(profileId: string, versionNumber: number): string {
  return `${profileId}:${versionNumber}`;
}

/** Without the content of a version there is no telling what a change of it does. */
function refuseUnknownContent(input: UpdateVersionInput, { content, versionNumber, profile }: Target): void {
  if (content !== null || (input.entitlements && input.inheritsFrom)) return;
  const other =
    profile.currentVersionNumber === null || profile.currentVersionNumber === versionNumber
      ? ''
      : `, or give version ${profile.currentVersionNumber} to change the current one`;
  const description = `version ${versionNumber} can not be read, so that there is no telling what the change does: give both entitlements and inheritsFrom${other}.`;
  throw new InvalidInput([{ field: 'input.version', description }]);
}

/** What becomes of a profile whose current version is retired or made a draft, the API does not document. */
function refuseUnknownState({ state }: UpdateVersionInput): void {
  if (!state || state === 'PUBLISHED') return;
  const description = `must be left out or PUBLISHED: there is no telling what becomes of a profile whose current version is made ${state}.`;
  throw new InvalidInput([{ field: 'input.state', description }]);
}
