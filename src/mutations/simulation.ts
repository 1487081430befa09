import type { UpdateVersionInput } from '../model/change-input.ts';
import type { Profile } from '../model/profile.ts';
import type { Version } from '../model/version.ts';
import type { ProfileChanges } from '../wire/encode.ts';
import { createdProfile, newDraft } from '../wire/planned-rows.ts';
import { alteredRow } from '../wire/row.ts';
import { ChangingWorld, type SimulationBase, type TouchedVersions } from './changing-world.ts';
import { proposedCreation } from './creation.ts';
import { InvalidInput, notThere, refuseIf } from './failure.ts';
import { withParentIds } from './plain-ids.ts';
import { inPlace, type PlannedChange, pathOf } from './planned-changes.ts';
import { mayRuleNames, showsChanges } from './profile.ts';
import type { Proposal } from './proposal.ts';
import { proposalOf } from './version.ts';
import { holdsAlready, withoutDoneRemovals } from './version-already.ts';
import { planVersion, type VersionPlan } from './version-plan.ts';
import { refuseUnknownContent, type Target, targetOf } from './version-target.ts';

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
  /** The change as rules see it; null: it touches nothing that they rule. */
  readonly proposal: Proposal | null;
}

/** A list of changes, applied in memory. */
export interface AppliedList {
  readonly steps: readonly SimulatedStep[];
  /** Every profile that the list leaves otherwise, or that it creates. */
  readonly altered: ReadonlyMap<string, Profile>;
  readonly touched: TouchedVersions;
}

/**
 * Applies changes one after the other, in memory. Something to remove that is gone already is no mistake here, as a list that
 * stopped half-way is applied again from its beginning. Throws InvalidInput, NotFound and Conflict as the mutations do, and
 * UpstreamError where a profile that matters can't be read.
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
      const step = { ...(await apply(world, change)), path };
      if (!step.isDone) world.alter(step.after);
      steps.push(step);
    } catch (error) {
      throw inPlace(error, path);
    }
  }
  const { altered, touched } = world;
  return { steps, altered, touched };
}

type Applied = Omit<SimulatedStep, 'path'>;
type Change<Kind extends PlannedChange['kind']> = Extract<PlannedChange, { kind: Kind }>;

async function apply(world: ChangingWorld, change: PlannedChange): Promise<Applied> {
  switch (change.kind) {
    case 'createAccessProfile':
      return create(world, change);
    case 'updateAccessProfile':
      return update(world, change);
    case 'updateVersion':
      return updateVersion(world, change);
  }
}

function create(world: ChangingWorld, { id, input: asked }: Change<'createAccessProfile'>): Applied {
  const input = withParentIds(asked, (ids) => world.resolved(ids));
  const change: PlannedChange = { kind: 'createAccessProfile', id, input };
  if (world.typeOf(input.type) === null) {
    refuseIf([{ field: 'input.type', description: notThere(`type ${input.type}`) }]);
  }
  const twin = world.takeTwin(change);
  if (twin !== null) {
    return { change, profileId: twin.profileId, before: twin, after: twin, isDone: true, proposal: null };
  }
  const proposal: Proposal = { ...proposedCreation(input), profileId: id };
  world.refuseUnknown(proposal);
  world.touched.note({ profileId: id, versionNumber: 1, isLive: true }, proposal, true);
  return { change, profileId: id, before: null, after: createdProfile(id, input), isDone: false, proposal };
}

function update(world: ChangingWorld, asked: Change<'updateAccessProfile'>): Applied {
  const before = world.known(asked.id);
  const { profileId } = before;
  const change: PlannedChange = { ...asked, id: profileId, input: { ...asked.input, id: profileId } };
  const isDone = showsChanges(before, asked.changes, mayRuleNames(world.typeOf(before.typeId)));
  if (!isDone) world.refuseChanged(profileId, asked.input.ifUpdatedAt);
  const after = isDone ? before : changedProfile(before, asked.changes, asked.input.state ?? before.state);
  return { change, profileId, before, after, isDone, proposal: null };
}

async function updateVersion(world: ChangingWorld, asked: Change<'updateVersion'>): Promise<Applied> {
  const before = world.known(asked.id);
  const { profileId } = before;
  const wanted = { ...withParentIds(asked.input, (ids) => world.resolved(ids)), id: profileId };
  const target = await targetOf(before, wanted, {
    wantsContent: true,
    readVersion: (versionNumber) => world.readVersion(profileId, versionNumber),
  });
  const { version, versionNumber } = target;
  const current = before.currentVersionNumber;
  const other =
    current === null || current === versionNumber ? '' : `, or give version ${current} to change the current one`;
  refuseUnknownContent(wanted, target, other);
  const input = withoutDoneRemovals(wanted, target.content);
  const change: PlannedChange = { kind: 'updateVersion', id: profileId, input };
  const planned = { ...planVersion(input, target.content), target };
  const proposal = proposalOf(planned);
  world.refuseUnknown(proposal);
  const step = { change, profileId, before, proposal };
  const isCurrent = before.currentVersion?.versionNumber === versionNumber;
  if (isCurrent) refuseUnknownState(input);
  if (version !== null && holdsAlready(version, planned, target.content)) {
    return { ...step, after: before, isDone: true };
  }
  world.refuseChanged(profileId, wanted.ifUpdatedAt);
  const isLive = isCurrent || input.state === 'PUBLISHED';
  const now = changedVersion(version, { profileId, versionNumber }, planned);
  if (!isLive) world.keepVersion(profileId, versionNumber, input.state === 'RETIRED' ? null : now);
  if (isLive || input.state !== 'RETIRED') {
    const choosesPolicy = planned.changes.accessRequestPolicyId !== undefined;
    world.touched.note({ profileId, versionNumber, isLive }, proposal, choosesPolicy);
  }
  return { ...step, after: withVersion(target, now, input.state), isDone: false };
}

/** A profile after a change of its own fields. */
function changedProfile(profile: Profile, changes: ProfileChanges, state: Profile['state']): Profile {
  const { catalogItem: item } = changes;
  const catalogItem = item && {
    name: item.name ?? null,
    description: item.description ?? null,
    markdownDescription: item.markdownDescription ?? null,
    icon: item.icon ?? null,
    recommended: item.recommended ?? null,
  };
  return alteredRow(profile, { ...changes, state, catalogItem });
}

/** A version after a change. `before` null: it can't be read, and the change says all that matters of it. */
function changedVersion(
  before: Version | null,
  { profileId, versionNumber }: Pick<Version, 'profileId' | 'versionNumber'>,
  { after, changes }: VersionPlan,
): Version {
  const { state, accessRequestPolicyId, applicationDatasourceId, applicationSyncIdentityAction } = changes;
  return alteredRow(before ?? newDraft({ profileId, versionNumber }, after), {
    entitlements: after.entitlements,
    inheritsFromIds: after.parentIds,
    state: state === 'PUBLISHED' ? state : undefined,
    // The empty string clears.
    accessRequestPolicyId: accessRequestPolicyId === '' ? null : accessRequestPolicyId,
    applicationDatasourceId: applicationDatasourceId === '' ? null : applicationDatasourceId,
    applicationSyncIdentityAction,
  });
}

/** The profile with a version that has changed. */
function withVersion(
  { profile, versionNumber }: Target,
  version: Version,
  state: UpdateVersionInput['state'],
): Profile {
  const { draftVersionNumber } = profile;
  if (profile.currentVersion?.versionNumber === versionNumber) return alteredRow(profile, { currentVersion: version });
  const isDraft = draftVersionNumber === versionNumber;
  if (state === 'PUBLISHED') {
    return alteredRow(profile, {
      currentVersion: version,
      currentVersionNumber: versionNumber,
      draftVersionNumber: isDraft ? null : draftVersionNumber,
    });
  }
  if (state === 'RETIRED') return alteredRow(profile, { draftVersionNumber: isDraft ? null : draftVersionNumber });
  return alteredRow(profile, { draftVersionNumber: draftVersionNumber ?? versionNumber });
}

/** The API does not document the effect of retiring the current version of a profile or of making it a draft. */
function refuseUnknownState({ state }: UpdateVersionInput): void {
  if (!state || state === 'PUBLISHED') return;
  const description = `must be left out or PUBLISHED: the Veza API does not document the effect of making a current version ${state}.`;
  throw new InvalidInput([{ field: 'input.state', description }]);
}
