import { setTimeout as delay } from 'node:timers/promises';
import { GatewayError, UpstreamError } from '../errors.ts';
import type { Profile } from '../model/profile.ts';
import { Conflict } from './failure.ts';
import { isSameInstant } from './instant.ts';
import { type ChangeSession, readFresh } from './session.ts';

/** One write to a profile. */
export interface Write {
  readonly profileId: string;
  readonly send: () => Promise<unknown>;
  /** Whether the profile shows the change; null where it can not show it, as with a draft. */
  readonly isShown: (profile: Profile) => boolean | null;
  /** Whether a profile that does not show it was changed by somebody else; where it is absent, it was. */
  readonly isConflict?: (profile: Profile) => boolean;
}

/** Milliseconds before each attempt to read a change: an API may show it in its lists only a moment later. */
export const readBackDelays: readonly number[] = [0, 100, 250];

/**
 * Makes one write to a profile and reads the profile again. Throws WRITE_OUTCOME_UNKNOWN where the outcome of the write is
 * unknown; the message says whether the profile shows the change. Throws Conflict where the profile is not as it was written.
 */
export async function writeAndRead(session: ChangeSession, write: Write): Promise<Profile> {
  const { profileId, send, isShown, isConflict = (profile) => isShown(profile) === false } = write;
  const unknownOutcome = await send().then(() => null, unknownOutcomeOnly);
  let profile: Profile | null;
  try {
    profile = await readBack(session, profileId, isShown);
  } catch (error) {
    throw unknownOutcome ?? notReadBack(profileId, error);
  }
  if (unknownOutcome !== null) {
    if (profile === null) throw unknownOutcome;
    throw withFinding(unknownOutcome, profileId, isShown(profile));
  }
  const sent = 'The change was sent to the Access Profile API, and';
  if (profile === null) throw new Conflict(`${sent} profile ${profileId} is not there any more.`);
  if (!isConflict(profile)) return profile;
  throw new Conflict(
    `${sent} the profile does not show it: somebody else has changed it meanwhile, or the API altered it. Read profile ${profileId} before you try again.`,
    profile.updatedAt,
  );
}

async function readBack(session: ChangeSession, profileId: string, isShown: Write['isShown']): Promise<Profile | null> {
  let profile: Profile | null = null;
  for (const wait of readBackDelays) {
    if (wait > 0) await delay(wait);
    profile = await session.refresh().profiles.load(profileId);
    if (profile !== null && isShown(profile) !== false) break;
  }
  return profile;
}

function unknownOutcomeOnly(error: unknown): UpstreamError {
  if (error instanceof UpstreamError && error.code === 'WRITE_OUTCOME_UNKNOWN') return error;
  throw error;
}

/** The error of reading a profile after a write. The plain error would say that nothing was written, and invite to repeat it. */
export function notReadBack(profileId: string, error: unknown): unknown {
  if (!(error instanceof GatewayError)) return error;
  return new UpstreamError(
    'WRITE_OUTCOME_UNKNOWN',
    `The Access Profile API took the change, and profile ${profileId} could not be read to make sure of it: read it again before you repeat the change.`,
    error instanceof UpstreamError ? error.upstream : {},
    { cause: error },
  );
}

/** The error of a write whose outcome is unknown, with what can be seen of it now. */
function withFinding(error: UpstreamError, profileId: string, isShown: boolean | null): UpstreamError {
  const findings = {
    true: `Profile ${profileId}, read again, shows the change.`,
    false: `Profile ${profileId}, read again, does not show the change; it may still be under way.`,
    null: `Profile ${profileId}, read again, can not show whether it was.`,
  };
  return new UpstreamError(error.code, `${error.message} ${findings[`${isShown}`]}`, error.upstream, { cause: error });
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

/** How often a change is made anew because the profile changed between reading and writing it. */
const maxRounds = 4;

/** A change that depends on what is there. */
export interface ReadModifyWrite<State, Plan> {
  readonly profileId: string;
  readonly read: () => Promise<State>;
  /** null: nothing needs to be written. */
  readonly plan: (state: State) => Promise<Plan | null> | Plan | null;
  readonly isSame: (before: State, now: State) => boolean;
  readonly write: (plan: Plan) => Promise<Profile>;
}

/**
 * Reads a state, works out a change, and reads it once more right before the write: the API has no revision check, so
 * this is as close as one gets. Where the state has changed in between, the change is worked out anew; throws Conflict
 * where that does not come to an end. Gives the last state that was read and what was written, null if that is nothing.
 */
export async function readModifyWrite<State, Plan>(
  change: ReadModifyWrite<State, Plan>,
): Promise<{ readonly state: State; readonly written: Profile | null }> {
  let state = await change.read();
  for (let round = 0; round < maxRounds; round++) {
    const plan = await change.plan(state);
    if (plan === null) return { state, written: null };
    const now = await change.read();
    if (change.isSame(state, now)) return { state: now, written: await change.write(plan) };
    state = now;
  }
  throw new Conflict(`Profile ${change.profileId} keeps changing; nothing was written.`);
}

/** Reads a profile that is to be written over as a whole, where the caller says which state of it he has seen. */
export async function refuseIfChanged(
  session: ChangeSession,
  profileId: string,
  ifUpdatedAt: string | null | undefined,
): Promise<void> {
  if (ifUpdatedAt) checkUnchanged(await readFresh(session, profileId), ifUpdatedAt);
}
