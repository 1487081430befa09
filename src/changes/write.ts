import { UpstreamError } from '../errors.ts';
import type { Profile } from '../model/profile.ts';
import { Conflict } from './failure.ts';
import { isSameInstant } from './instant.ts';
import { type ChangeSession, readFresh } from './session.ts';

/**
 * Makes one write to a profile and reads the profile again. Where nobody knows how the write ended, the profile as it is
 * now is the answer, and the error stands beside it. Throws Conflict where the profile is not as it was written.
 */
export async function writeAndRead(
  session: ChangeSession,
  profileId: string,
  write: () => Promise<unknown>,
  isWritten: (profile: Profile) => boolean,
): Promise<Profile> {
  const unknownOutcome = await write().then(() => null, unknownOutcomeOnly);
  if (unknownOutcome !== null) {
    const profile = await readFresh(session, profileId).catch(() => null);
    if (profile === null) throw unknownOutcome;
    session.reportPartial(unknownOutcome);
    return profile;
  }
  const profile = await readFresh(session, profileId);
  if (isWritten(profile)) return profile;
  throw new Conflict(
    `The change was sent to the Access Profile API, and the profile does not show it: somebody else has changed it meanwhile, or the API altered it. Read profile ${profileId} before you try again.`,
    profile.updatedAt,
  );
}

/** Refuses where the caller has seen another state than the current one. */
export function checkUnchanged(profile: Profile, ifUpdatedAt: string | null | undefined): void {
  if (ifUpdatedAt === null || ifUpdatedAt === undefined) return;
  if (profile.updatedAt !== null && isSameInstant(profile.updatedAt, ifUpdatedAt)) return;
  throw new Conflict(
    `Profile ${profile.profileId} has changed since ${ifUpdatedAt}; nothing was written.`,
    profile.updatedAt,
  );
}

function unknownOutcomeOnly(error: unknown): UpstreamError {
  if (error instanceof UpstreamError && error.code === 'WRITE_OUTCOME_UNKNOWN') return error;
  throw error;
}

/** How often a change is made anew because the profile changed between reading and writing it. */
const maxRounds = 4;

/**
 * Reads a profile, works out a change, and reads it once more right before the write: the API has no revision check, so
 * this is as close as one gets. Where the profile has changed in between, the change is worked out anew; throws Conflict
 * where that does not come to an end. null from `plan`: nothing needs to be written.
 */
export async function readModifyWrite<T>(
  session: ChangeSession,
  profileId: string,
  plan: (profile: Profile) => Promise<T | null> | T | null,
  isSame: (before: Profile, now: Profile) => boolean,
  write: (planned: T, profile: Profile) => Promise<Profile>,
): Promise<Profile> {
  let profile = await readFresh(session, profileId);
  for (let round = 0; round < maxRounds; round++) {
    const planned = await plan(profile);
    if (planned === null) return profile;
    const now = await readFresh(session, profileId);
    if (isSame(profile, now)) return write(planned, now);
    profile = now;
  }
  throw new Conflict(`Profile ${profileId} keeps changing; nothing was written.`, profile.updatedAt);
}
