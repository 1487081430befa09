import type { UpdateVersionInput } from '../model/change-input.ts';
import { entitlementKey } from '../model/entitlement.ts';
import type { Profile } from '../model/profile.ts';
import { isSameSet } from '../model/same-set.ts';
import type { Version } from '../model/version.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { deniesChange } from '../wire/echo.ts';
import { encodeVersionChanges } from '../wire/encode.ts';
import { RuleViolated } from './failure.ts';
import { type PreviewRequest, previewOf, type VersionChangePreview } from './preview.ts';
import type { Proposal } from './proposal.ts';
import { inheritanceKey } from './queue.ts';
import { violationsOf } from './rules.ts';
import { type ChangeSession, send } from './session.ts';
import { kindOfChange } from './update-masks.ts';
import { changesNothing, checkedVersionInput, needsContent, planVersion, type VersionPlan } from './version-plan.ts';
import { contentOf, isSameTarget, readTarget, refuseUnknownContent, type Target } from './version-target.ts';
import { checkUnchanged, readModifyWrite, untilBegun, writeAndRead } from './write.ts';

export interface UpdatedVersion {
  /** As it was read after the change; on a dry run as it is. */
  readonly profile: Profile;
  /** As it was read before the change. */
  readonly before: Profile;
  /** null on a dry run, and where a draft was written of which no call tells anything. */
  readonly version: Version | null;
  readonly preview: VersionChangePreview | null;
}

export interface Planned extends VersionPlan {
  readonly target: Target;
}

/**
 * Changes grants, inheritance or state of a version: the one named, else the draft if there is one, else the current
 * version. A dry run works out what would happen and writes nothing.
 */
export async function updateVersion(
  session: ChangeSession,
  request: UpdateVersionInput,
  { wantsPreview: asksForPreview, wantsMembers }: PreviewRequest,
): Promise<UpdatedVersion> {
  const input = checkedVersionInput(request);
  const wantsPreview = asksForPreview || input.dryRun === true;
  const read = () => readTarget(session, input, { wantsContent: wantsPreview || input.state === 'PUBLISHED' });
  const plan = (target: Target): Planned => {
    checkUnchanged(target.profile, input.ifUpdatedAt);
    if (wantsPreview) refuseUnknownContent(input, target, ', or ask without dryRun and preview');
    return { ...planVersion(input, target.content), target };
  };
  if (input.dryRun) {
    const planned = plan(await read());
    const violations = await violationsOf(session.loaders(), proposalOf(planned), session.enforcedRules);
    return {
      profile: planned.target.profile,
      before: planned.target.profile,
      version: null,
      preview: await previewOf(session.loaders(), planned.target.profile, planned.after, violations, wantsMembers),
    };
  }
  let version: Version | null = null;
  let preview: VersionChangePreview | null = null;
  const check = async (target: Target): Promise<Planned | null> => {
    const planned = plan(target);
    const violations = await violationsOf(session.loaders(), proposalOf(planned), session.enforcedRules);
    if (violations.length > 0) throw new RuleViolated(violations);
    preview = wantsPreview
      ? await previewOf(session.loaders(), target.profile, planned.after, violations, wantsMembers)
      : null;
    version = target.version;
    return changesNothing(planned, target.content) ? null : planned;
  };
  const write = async (planned: Planned, { profile: before }: Target): Promise<Profile> => {
    const written = await writeVersion(session, planned, before);
    version = written.version;
    return written.profile;
  };
  const attempt = async (): Promise<UpdatedVersion> => {
    const { id: profileId, ifUpdatedAt } = input;
    if (needsContent(input) || ifUpdatedAt) {
      const { state, written } = await readModifyWrite({ profileId, read, plan: check, isSame: isSameTarget, write });
      return { profile: written ?? state.profile, before: state.profile, version, preview };
    }
    const target = await read();
    const planned = await check(target);
    const profile = planned === null ? target.profile : await write(planned, target);
    return { profile, before: target.profile, version, preview };
  };
  return session.queue.run(queueKeysOf(input), () => untilBegun(attempt));
}

function queueKeysOf({ id, state, inheritsFrom, addInheritsFrom }: UpdateVersionInput): readonly string[] {
  const mayAddParents = Boolean(inheritsFrom?.length || addInheritsFrom?.length || state === 'PUBLISHED');
  return mayAddParents ? [id, inheritanceKey] : [id];
}

async function writeVersion(
  session: ChangeSession,
  planned: Planned,
  before: Profile,
): Promise<{ readonly profile: Profile; readonly version: Version | null }> {
  const { changes, names, target } = planned;
  const { versionNumber } = target;
  const { profileId } = target.profile;
  let reply: Version | null = null;
  const profile = await writeAndRead(session, {
    profileId,
    before,
    kind: kindOfChange('version', changes),
    send: async (mask) => {
      const request = { profileId, versionNumber, changes, mask };
      const { echo, version } = await send(session, endpoints.updateVersion, request, names);
      reply = version;
      return deniesChange(echo, encodeVersionChanges(changes));
    },
    isShown: (now) => isShown(now, planned),
    isConflict: (now) =>
      isShown(now, { ...planned, changes: listsOf(changes) }) !== true || isUntouched(before, now, planned),
    isUntouched: (known, now) => isUntouched(known, now, planned),
  });
  // A draft is in no profile: the reply to the write is all there is to read of it.
  return { profile, version: profile.currentVersionNumber === versionNumber ? profile.currentVersion : reply };
}

/** A change as rules see it. */
export function proposalOf({ target, after, addedParents, changes }: Planned): Proposal {
  const { profile, versionNumber, content } = target;
  const live = profile.currentVersion === null ? null : contentOf(profile, profile.currentVersion);
  // The older content of a draft takes effect only now.
  const publishes = changes.state === 'PUBLISHED' && profile.currentVersionNumber !== versionNumber;
  const named = new Set(addedParents.map(({ id }) => id));
  const drafted = publishes ? after.parentIds.filter((id) => !live?.parentIds.includes(id) && !named.has(id)) : [];
  return {
    profileId: profile.profileId,
    typeId: profile.typeId,
    before: publishes && content !== null ? live : content,
    after,
    addedParents: [...addedParents, ...drafted.map((id) => ({ id, field: null }))],
    isLive: publishes || profile.currentVersionNumber === versionNumber,
    accessRequestPolicyId: changes.accessRequestPolicyId || null,
  };
}

/** Whether the profile shows the change; null where it can't: a draft is not in it. */
function isShown(
  { currentVersion, currentVersionNumber }: Profile,
  { target: { versionNumber }, changes, after }: Planned,
): boolean | null {
  if (changes.state === 'PUBLISHED' && currentVersionNumber !== versionNumber) return false;
  if (currentVersion?.versionNumber !== versionNumber) return null;
  return fieldsOf(changes, after).every(({ isShownBy }) => isShownBy(currentVersion));
}

/** Whether each field that was written is as it was before, or as it was written. */
function isUntouched(before: Profile, now: Profile, { target: { versionNumber }, changes, after }: Planned): boolean {
  if (changes.state === 'PUBLISHED' && fieldsOf(changes, after).length === 0) {
    // An API that takes the state only with a mask may still say that the profile was changed.
    return isDraftIn(before, versionNumber) && isDraftIn(now, versionNumber);
  }
  const [known, current] = [before.currentVersion, now.currentVersion];
  if (known?.versionNumber !== versionNumber || current?.versionNumber !== versionNumber) {
    // Nothing shows a draft but the moment at which something about its profile changed.
    return before.updatedAt !== null && before.updatedAt === now.updatedAt;
  }
  return fieldsOf(changes, after).every(
    ({ read, isShownBy }) => isShownBy(current) || JSON.stringify(read(known)) === JSON.stringify(read(current)),
  );
}

function isDraftIn({ currentVersionNumber, draftVersionNumber }: Profile, versionNumber: number): boolean {
  return draftVersionNumber === versionNumber && currentVersionNumber !== versionNumber;
}

/** A field that a change writes and that a version shows. */
interface WrittenField {
  readonly read: (version: Version) => unknown;
  readonly isShownBy: (version: Version) => boolean;
}

/** Whether a version shows all fields that a change names. */
export function showsVersionChanges(version: Version, { changes, after }: VersionPlan): boolean {
  return fieldsOf(changes, after).every(({ isShownBy }) => isShownBy(version));
}

function fieldsOf(changes: VersionPlan['changes'], after: VersionPlan['after']): readonly WrittenField[] {
  const { entitlements, inheritsFrom, accessRequestPolicyId, applicationDatasourceId } = changes;
  const { applicationSyncIdentityAction: action } = changes;
  const keysOf = (version: Version) => version.entitlements.map(entitlementKey);
  const fields: (WrittenField | false)[] = [
    entitlements !== undefined && {
      read: keysOf,
      isShownBy: (version) => isSameSet(keysOf(version), after.entitlements.map(entitlementKey)),
    },
    inheritsFrom !== undefined && {
      read: (version) => version.inheritsFromIds,
      isShownBy: ({ inheritsFromIds }) => inheritsFromIds === null || isSameSet(inheritsFromIds, after.parentIds),
    },
    accessRequestPolicyId !== undefined && reference((version) => version.accessRequestPolicyId, accessRequestPolicyId),
    applicationDatasourceId !== undefined &&
      reference((version) => version.applicationDatasourceId, applicationDatasourceId),
    action !== undefined && {
      read: (version) => version.applicationSyncIdentityAction,
      isShownBy: ({ applicationSyncIdentityAction: shown }) =>
        shown?.policyId === action?.policyId && shown?.name === action?.name,
    },
  ];
  return fields.filter((field) => field !== false);
}

function reference(read: (version: Version) => string | null, written: string): WrittenField {
  return { read, isShownBy: (version) => (read(version) ?? '') === written };
}

/** The part of a change that is nobody's but the caller's; the rest a type may rule. */
function listsOf({ state, entitlements, inheritsFrom }: VersionPlan['changes']): VersionPlan['changes'] {
  return { state, entitlements, inheritsFrom };
}
