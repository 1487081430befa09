import { UpstreamError } from '../errors.ts';
import type { UpdateVersionInput } from '../model/change-input.ts';
import { entitlementKey } from '../model/entitlement.ts';
import { idOf } from '../model/node-id.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import type { Version } from '../model/version.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { InvalidInput, RuleViolated } from './failure.ts';
import { previewOf, type VersionChangePreview } from './preview.ts';
import { violationsOf } from './rules.ts';
import { type ChangeSession, readFresh } from './session.ts';
import { expectedFailure } from './upstream-failure.ts';
import {
  changesNothing,
  checkVersionInput,
  needsContent,
  planVersion,
  type VersionContent,
  type VersionPlan,
} from './version-plan.ts';
import { checkUnchanged, readModifyWrite, writeAndRead } from './write.ts';

export interface UpdatedVersion {
  /** null on a dry run, and where an unreadable draft was written and nobody knows how that ended. */
  readonly version: Version | null;
  readonly preview: VersionChangePreview | null;
}

interface Planned extends VersionPlan {
  readonly versionNumber: number;
  readonly before: VersionContent | null;
}

/**
 * Changes grants, inheritance or state of a version: the one named, else the draft if there is one, else the current
 * version. A dry run works out what would happen and writes nothing.
 */
export async function updateVersion(
  session: ChangeSession,
  input: UpdateVersionInput,
  wantsPreview: boolean,
): Promise<UpdatedVersion> {
  const profileId = idOf('AccessProfile', input.id, 'input.id');
  checkVersionInput(input);
  if (input.dryRun) return { version: null, preview: await dryRun(session, input, profileId) };
  return session.queue.run([profileId], async () => {
    let preview: VersionChangePreview | null = null;
    let version: Version | null = null;
    const work = async (profile: Profile): Promise<Planned | null> => {
      checkUnchanged(profile, input.ifUpdatedAt);
      const planned = await planFor(session, input, profile);
      const loaders = session.loaders();
      const violations = await violationsOf(loaders, proposalOf(profile, planned));
      if (violations.length > 0) throw new RuleViolated(violations);
      preview = wantsPreview ? await previewOf(loaders, profile, planned.after, violations) : null;
      version = profile.currentVersion;
      return changesNothing(planned, planned.before) ? null : planned;
    };
    const write = async (planned: Planned): Promise<Profile> => {
      const { versionNumber, changes } = planned;
      let reply: Version | null = null;
      const profile = await writeAndRead(
        session,
        profileId,
        async () => {
          reply = await session.call(endpoints.updateVersion, { profileId, versionNumber, changes }).catch((error) => {
            throw expectedFailure(error, planned.names) ?? error;
          });
        },
        (now) => isWritten(now, planned),
      );
      // A draft is in no profile: the reply to the write is all there is to read of it.
      version = profile.currentVersionNumber === versionNumber ? profile.currentVersion : reply;
      return profile;
    };
    if (needsContent(input)) await readModifyWrite(session, profileId, work, isSameContent, write);
    else {
      const planned = await work(await readFresh(session, profileId));
      if (planned !== null) await write(planned);
    }
    return { version, preview };
  });
}

async function dryRun(
  session: ChangeSession,
  input: UpdateVersionInput,
  profileId: string,
): Promise<VersionChangePreview> {
  const profile = await readFresh(session, profileId);
  const loaders = session.loaders();
  checkUnchanged(profile, input.ifUpdatedAt);
  const planned = await planFor(session, input, profile);
  const violations = await violationsOf(loaders, proposalOf(profile, planned));
  return previewOf(loaders, profile, planned.after, violations);
}

/** Finds the version that is meant and works out the change. Throws InvalidInput where it would have to be read and can't. */
async function planFor(session: ChangeSession, input: UpdateVersionInput, profile: Profile): Promise<Planned> {
  const versionNumber = input.version ?? profile.draftVersionNumber ?? profile.currentVersionNumber;
  if (versionNumber === null) {
    throw new InvalidInput([
      { field: 'input.version', description: 'must be given: the profile names no version of its own.' },
    ]);
  }
  const before = await contentOf(session, profile, versionNumber, needsContent(input));
  if (before === null && needsContent(input)) {
    const current = profile.currentVersionNumber;
    throw new InvalidInput([
      {
        field: 'input.version',
        description: `version ${versionNumber} can not be read: the API shows only the current version. Give the whole list with entitlements or inheritsFrom${current === null ? '' : `, or change version ${current}`}.`,
      },
    ]);
  }
  return { ...planVersion(input, before), versionNumber, before };
}

async function contentOf(
  session: ChangeSession,
  profile: Profile,
  versionNumber: number,
  isNeeded: boolean,
): Promise<VersionContent | null> {
  const { currentVersion } = profile;
  if (currentVersion?.versionNumber === versionNumber) {
    return { entitlements: currentVersion.entitlements, parentIds: directParentIds(profile) };
  }
  if (!isNeeded) return null;
  try {
    const version = await session.call(endpoints.readVersion, { profileId: profile.profileId, versionNumber });
    if (version.versionNumber !== versionNumber || version.inheritsFromIds === null) return null;
    return { entitlements: version.entitlements, parentIds: version.inheritsFromIds };
  } catch (error) {
    // An API without this undocumented call says so in ways of its own; what it can't answer can't be read.
    if (error instanceof UpstreamError && error.code !== 'UNAUTHENTICATED' && error.code !== 'RATE_LIMITED')
      return null;
    throw error;
  }
}

function proposalOf(profile: Profile, { after, addedParents, changes, before }: Planned) {
  const touchesRules = changes.entitlements !== undefined || changes.inheritsFrom !== undefined;
  return {
    profileId: profile.profileId,
    // Without its content, what a version breaks besides this change is unknown.
    typeId: touchesRules && (before !== null || changes.entitlements !== undefined) ? profile.typeId : null,
    entitlements: after.entitlements,
    parentIds: after.parentIds,
    addedParents,
    accessRequestPolicyIds: [changes.accessRequestPolicyId || null],
    before: profile,
  };
}

/** Whether the profile shows the change, as far as it can: a draft is not in it. */
function isWritten(
  { currentVersion, currentVersionNumber }: Profile,
  { versionNumber, changes, after }: Planned,
): boolean {
  if (changes.state === 'PUBLISHED' && currentVersionNumber !== versionNumber) return false;
  if (currentVersion?.versionNumber !== versionNumber) return true;
  const isSame = (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && new Set([...a, ...b]).size === a.length;
  return (
    (changes.entitlements === undefined ||
      isSame(currentVersion.entitlements.map(entitlementKey), after.entitlements.map(entitlementKey))) &&
    (changes.inheritsFrom === undefined || isSame(currentVersion.inheritsFromIds ?? [], after.parentIds))
  );
}

function isSameContent(before: Profile, now: Profile): boolean {
  return (
    before.updatedAt === now.updatedAt &&
    before.draftVersionNumber === now.draftVersionNumber &&
    JSON.stringify(before.currentVersion) === JSON.stringify(now.currentVersion)
  );
}
