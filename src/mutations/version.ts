import type { UpdateVersionInput } from '../model/change-input.ts';
import { entitlementKey } from '../model/entitlement.ts';
import type { Profile } from '../model/profile.ts';
import { isSameSet } from '../model/same-set.ts';
import type { Version } from '../model/version.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { InvalidInput, RuleViolated } from './failure.ts';
import { previewOf, type VersionChangePreview } from './preview.ts';
import { inheritanceKey } from './queue.ts';
import { type Proposal, violationsOf } from './rules.ts';
import { type ChangeSession, send } from './session.ts';
import { changesNothing, checkedVersionInput, needsContent, planVersion, type VersionPlan } from './version-plan.ts';
import { contentOf, isSameTarget, readTarget, type Target } from './version-target.ts';
import { checkUnchanged, readModifyWrite, writeAndRead } from './write.ts';

export interface UpdatedVersion {
  /** As it was read after the change; on a dry run as it is. */
  readonly profile: Profile;
  /** null on a dry run, and where a draft was written of which no call tells anything. */
  readonly version: Version | null;
  readonly preview: VersionChangePreview | null;
}

interface Planned extends VersionPlan {
  readonly target: Target;
}

/**
 * Changes grants, inheritance or state of a version: the one named, else the draft if there is one, else the current
 * version. A dry run works out what would happen and writes nothing.
 */
export async function updateVersion(
  session: ChangeSession,
  request: UpdateVersionInput,
  asksForPreview: boolean,
): Promise<UpdatedVersion> {
  const input = checkedVersionInput(request);
  const wantsPreview = asksForPreview || input.dryRun === true;
  const read = () => readTarget(session, input, { wantsContent: wantsPreview || input.state === 'PUBLISHED' });
  const plan = (target: Target): Planned => {
    checkUnchanged(target.profile, input.ifUpdatedAt);
    if (wantsPreview) refuseBlindPreview(input, target);
    return { ...planVersion(input, target.content), target };
  };
  if (input.dryRun) {
    const planned = plan(await read());
    const violations = await violationsOf(session.loaders(), proposalOf(planned));
    return {
      profile: planned.target.profile,
      version: null,
      preview: await previewOf(session.loaders(), planned.target.profile, planned.after, violations),
    };
  }
  let version: Version | null = null;
  let preview: VersionChangePreview | null = null;
  const check = async (target: Target): Promise<Planned | null> => {
    const planned = plan(target);
    const violations = await violationsOf(session.loaders(), proposalOf(planned));
    if (violations.length > 0) throw new RuleViolated(violations);
    preview = wantsPreview ? await previewOf(session.loaders(), target.profile, planned.after, violations) : null;
    version = target.version;
    return changesNothing(planned, target.content) ? null : planned;
  };
  const write = async (planned: Planned): Promise<Profile> => {
    const written = await writeVersion(session, planned);
    version = written.version;
    return written.profile;
  };
  return session.queue.run(keysOf(input), async () => {
    const { id: profileId, ifUpdatedAt } = input;
    if (needsContent(input) || ifUpdatedAt) {
      const { state, written } = await readModifyWrite({ profileId, read, plan: check, isSame: isSameTarget, write });
      return { profile: written ?? state.profile, version, preview };
    }
    const target = await read();
    const planned = await check(target);
    const profile = planned === null ? target.profile : await write(planned);
    return { profile, version, preview };
  });
}

function keysOf({ id, state, inheritsFrom, addInheritsFrom }: UpdateVersionInput): readonly string[] {
  const mayAddParents = Boolean(inheritsFrom?.length || addInheritsFrom?.length || state === 'PUBLISHED');
  return mayAddParents ? [id, inheritanceKey] : [id];
}

async function writeVersion(
  session: ChangeSession,
  planned: Planned,
): Promise<{ readonly profile: Profile; readonly version: Version | null }> {
  const { changes, names, target } = planned;
  const { versionNumber } = target;
  const { profileId } = target.profile;
  let reply: Version | null = null;
  const profile = await writeAndRead(session, {
    profileId,
    send: async () => {
      const version = await send(session, endpoints.updateVersion, { profileId, versionNumber, changes }, names);
      // Some replies have an id of their own in the place of the profile's (API notes §9.4).
      reply = version && { ...version, profileId, versionNumber };
    },
    isShown: (now) => isShown(now, planned),
    isConflict: (now) => isShown(now, { ...planned, changes: listsOf(changes) }) === false,
  });
  // A draft is in no profile: the reply to the write is all there is to read of it.
  return { profile, version: profile.currentVersionNumber === versionNumber ? profile.currentVersion : reply };
}

/** Without the version's content there is no telling what a change does. */
function refuseBlindPreview(input: UpdateVersionInput, { content, versionNumber }: Target): void {
  if (content !== null || (input.entitlements && input.inheritsFrom)) return;
  throw new InvalidInput([
    {
      field: 'input.version',
      description: `version ${versionNumber} can not be read, so that there is no telling what the change does: give both entitlements and inheritsFrom, or ask without dryRun and preview.`,
    },
  ]);
}

function proposalOf({ target, after, addedParents, changes }: Planned): Proposal {
  const { profile, versionNumber, content } = target;
  const live = profile.currentVersion === null ? null : contentOf(profile, profile.currentVersion);
  // What a draft held before takes effect only now.
  const publishes = changes.state === 'PUBLISHED' && profile.currentVersionNumber !== versionNumber;
  const named = new Set(addedParents.map(({ id }) => id));
  const drafted = publishes ? after.parentIds.filter((id) => !live?.parentIds.includes(id) && !named.has(id)) : [];
  return {
    profileId: profile.profileId,
    typeId: profile.typeId,
    before: publishes && content !== null ? live : content,
    after,
    addedParents: [...addedParents, ...drafted.map((id) => ({ id, field: null }))],
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
  const { entitlements, inheritsFromIds } = currentVersion;
  return (
    (changes.entitlements === undefined ||
      isSameSet(entitlements.map(entitlementKey), after.entitlements.map(entitlementKey))) &&
    (changes.inheritsFrom === undefined || inheritsFromIds === null || isSameSet(inheritsFromIds, after.parentIds)) &&
    (changes.accessRequestPolicyId === undefined ||
      (currentVersion.accessRequestPolicyId ?? '') === changes.accessRequestPolicyId) &&
    (changes.applicationDatasourceId === undefined ||
      (currentVersion.applicationDatasourceId ?? '') === changes.applicationDatasourceId)
  );
}

/** The part of a change that is nobody's but the caller's; the rest a type may rule. */
function listsOf({ state, entitlements, inheritsFrom }: VersionPlan['changes']): VersionPlan['changes'] {
  return { state, entitlements, inheritsFrom };
}
