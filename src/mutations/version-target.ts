import { UpstreamError } from '../errors.ts';
import type { UpdateVersionInput } from '../model/change-input.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import type { Version } from '../model/version.ts';
import { InvalidInput } from './failure.ts';
import type { VersionContent } from './proposal.ts';
import { type ChangeSession, readFresh } from './session.ts';
import { needsContent, needsParents } from './version-plan.ts';

/** The version that a change is meant for, as it stands. */
export interface Target {
  readonly profile: Profile;
  readonly versionNumber: number;
  /** null: it is not there yet, or it was not read. */
  readonly version: Version | null;
  /** null where `version` is, or does not tell whom it inherits from. */
  readonly content: VersionContent | null;
}

/**
 * Reads the version that is meant: the one named, else the draft if there is one, else the current one. Throws NotFound,
 * and InvalidInput if the change depends on content that can't be read.
 */
export async function readTarget(
  session: ChangeSession,
  input: UpdateVersionInput,
  { wantsContent }: { readonly wantsContent: boolean },
): Promise<Target> {
  const profile = await readFresh(session, input.id, { exactly: true });
  return targetOf(profile, input, {
    wantsContent,
    readVersion: (versionNumber) => readVersion(session, profile, versionNumber),
  });
}

/** The same of a profile that has been read. `readVersion` gives null for a version that can't be read. */
export async function targetOf(
  profile: Profile,
  input: UpdateVersionInput,
  {
    wantsContent,
    readVersion,
  }: {
    readonly wantsContent: boolean;
    readonly readVersion: (versionNumber: number) => Promise<Version | null>;
  },
): Promise<Target> {
  const { currentVersion, currentVersionNumber, draftVersionNumber } = profile;
  const versionNumber = input.version ?? draftVersionNumber ?? currentVersionNumber;
  if (versionNumber === null) {
    throw unusable('must be given: the profile names no version of its own.');
  }
  const isCurrent = currentVersion?.versionNumber === versionNumber;
  const isRead = isCurrent || wantsContent || needsContent(input);
  const version = isCurrent ? currentVersion : isRead ? await readVersion(versionNumber) : null;
  const content = version === null ? null : contentOf(profile, version);
  if (content === null && needsContent(input)) {
    throw unusable(
      `version ${versionNumber} can not be read: the API shows only the current version. Give the whole list with entitlements or inheritsFrom${currentVersionNumber === null ? '' : `, or change version ${currentVersionNumber}`}.`,
    );
  }
  // Its `access_profiles_inherited` may name grandparents (API notes §6.2), which must not become parents.
  if (needsParents(input) && version?.inheritsFromIds === null && (profile.inheritedIds?.length ?? 0) > 0) {
    throw unusable(
      `the API does not tell whom version ${versionNumber} directly inherits from. Give the whole list with inheritsFrom.`,
    );
  }
  return { profile, versionNumber, version, content };
}

/** Throws InvalidInput where the effect of a change depends on content that can't be read. `otherwise`: what else helps. */
export function refuseUnknownContent(input: UpdateVersionInput, target: Target, otherwise: string): void {
  if (target.content !== null || (input.entitlements && input.inheritsFrom)) return;
  throw unusable(
    `version ${target.versionNumber} can not be read, so the effect of the change is unknown: give both entitlements and inheritsFrom${otherwise}.`,
  );
}

/** Whether nothing that a change was worked out from is different. */
export function isSameTarget(before: Target, now: Target): boolean {
  return (
    before.versionNumber === now.versionNumber &&
    before.profile.updatedAt === now.profile.updatedAt &&
    JSON.stringify(sentBack(before)) === JSON.stringify(sentBack(now))
  );
}

/** A row prints the JSON it was read from; numbers that JavaScript can't hold are only in what is sent back. */
function sentBack({ content }: Target): unknown {
  return content === null ? null : [content.parentIds, content.entitlements.map(({ wire }) => wire)];
}

/** The grants and parents of a version of a profile; null where it does not tell whom it inherits from. */
export function contentOf(profile: Profile, version: Version): VersionContent | null {
  const isCurrent = profile.currentVersion?.versionNumber === version.versionNumber;
  const parentIds = isCurrent ? directParentIds(profile) : version.inheritsFromIds;
  return parentIds === null ? null : { entitlements: version.entitlements, parentIds };
}

/** A version that is not the current one; null where it is not there, or can't be read. */
export async function readVersion(
  session: Pick<ChangeSession, 'loaders'>,
  profile: Profile,
  versionNumber: number,
): Promise<Version | null> {
  try {
    return await session.loaders().versions.load(profile, versionNumber);
  } catch (error) {
    if (error instanceof UpstreamError && unreadable.has(error.code)) return null;
    throw error;
  }
}

/** Codes of a version that can't be read; an outage or a bad key is something else. */
const unreadable = new Set(['NOT_SUPPORTED', 'NOT_FOUND', 'FORBIDDEN', 'UPSTREAM_INVALID_RESPONSE']);

function unusable(description: string): InvalidInput {
  return new InvalidInput([{ field: 'input.version', description }]);
}
