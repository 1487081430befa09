import { setTimeout as delay } from 'node:timers/promises';
import { GatewayError, UpstreamError, valueOrError } from '../errors.ts';
import type { Profile } from '../model/profile.ts';
import { compareInstants } from '../scim/instant.ts';
import { isOutcomeUnknown, wasNotBegun } from '../upstream/write-outcome.ts';
import type { MaskForm } from '../wire/encode.ts';
import { Conflict, isChangeFailure } from './failure.ts';
import { type ChangeSession, readFresh } from './session.ts';
import type { ChangeKind } from './update-masks.ts';

/** Attempts to send a change that the API did not begin with. */
const maxAttempts = 3;
/** The longest wait before the next one; an API that asks for more is not waited for. */
const maxWaitMs = 5000;
const firstWaitMs = 200;

/**
 * Makes a change, and makes it anew where its write certainly was not begun: on 429, and where no byte of it has reached
 * the API. `attempt` has to read, check and work out everything by itself, since another client may have changed anything
 * during the wait.
 */
export async function untilBegun<T>(attempt: () => Promise<T>): Promise<T> {
  for (let made = 1; ; made++) {
    try {
      return await attempt();
    } catch (error) {
      const wait = error instanceof UpstreamError ? waitBefore(error, made) : null;
      if (wait === null || made >= maxAttempts) throw error;
      await delay(wait);
    }
  }
}

/** Milliseconds to wait before a change is made anew; null where it must not be, or not so soon. */
function waitBefore(error: UpstreamError, made: number): number | null {
  const { status, retryAfterSeconds } = error.upstream;
  if (!wasNotBegun(error)) return null;
  // The breaker and the queue of this gateway say when to come back; that is for the caller to do.
  if (status === null && retryAfterSeconds !== null) return null;
  const wait = retryAfterSeconds === null ? Math.random() * firstWaitMs * 2 ** (made - 1) : retryAfterSeconds * 1000;
  return wait <= maxWaitMs ? wait : null;
}

/** One write to a profile or its version. */
export interface Write {
  readonly profileId: string;
  /** The profile right before the write; null: it was not read. */
  readonly before: Profile | null;
  /** null: such a write has no `update_mask`. */
  readonly kind: ChangeKind | null;
  /** Makes the write. Gives whether the reply denies the change: it shows a field otherwise than it was sent. */
  readonly send: (mask: MaskForm) => Promise<boolean>;
  /** Whether the profile shows the change; null where it can not show it, as with a draft. */
  readonly isShown: (profile: Profile) => boolean | null;
  /** Whether a profile that does not show it is a conflict; where it is absent, it is. */
  readonly isConflict?: (profile: Profile) => boolean;
  /** Whether each field that was written is either as it was before, or as it was written. */
  readonly isUntouched?: (before: Profile, now: Profile) => boolean;
}

/** Milliseconds before each attempt to read a change: an API may show it in its lists only a moment later. */
export const readBackDelays: readonly number[] = [0, 100, 250];

/**
 * Makes one write to a profile and reads the profile again. Throws WRITE_OUTCOME_UNKNOWN where the outcome of the write is
 * unknown; the message says whether the profile shows the change. Throws Conflict where the profile is not as it was written.
 *
 * An API may take a change without an `update_mask` and do nothing. Then the same write is sent with one, first with plain
 * paths, then with paths that begin with `value.`. That can't repeat a write that was applied, since three things say
 * that it was not: the reply shows a field otherwise than it was sent; so does the profile, read again; and there each
 * field is as it was right before. If another client changed one of them meanwhile, it ends as a conflict.
 * An API may also refuse a change for its mask, or for having none.
 */
export async function writeAndRead(session: ChangeSession, write: Write): Promise<Profile> {
  const { kind, before, isShown, isUntouched = () => false, isConflict = () => true } = write;
  /** The profile after the write. An error of reading it must not hide that the write was sent. */
  const shownBy = <T>(read: () => T): T => {
    const value = valueOrError(read);
    if (value instanceof GatewayError) throw notReadBack(write.profileId, value);
    return value;
  };
  let profile: Profile | null = null;
  let refusal: Error | null = null;
  for (const form of kind === null ? noMask : session.masks.formsFor(kind)) {
    const sent = await attemptWrite(session, write, form);
    if (sent instanceof Error) {
      // That of a change without a mask says most; it is tried first, or last.
      if (refusal === null || form === 'none') refusal = sent;
      continue;
    }
    const now = await readBack(session, write, sent.unknown);
    profile = now;
    const shown = shownBy(() => isShown(now));
    if (shown === true && kind !== null && before !== null && shownBy(() => isShown(before)) === false) {
      session.masks.show(kind, form);
    }
    if (shown === true || (shown === null && !sent.isDenied)) return now;
    if (before === null || !sent.isDenied || !shownBy(() => isUntouched(before, now))) break;
  }
  if (kind !== null) session.masks.forget(kind);
  const last = profile;
  if (last === null && refusal !== null) throw refusal;
  if (last !== null && !shownBy(() => isConflict(last))) return last;
  throw new Conflict(
    `The change was sent to the Veza API, and profile ${write.profileId} does not show it: another client has changed the profile meanwhile, or the API altered or ignored the change. Read the profile before you try again.`,
    shownBy(() => last?.updatedAt ?? null),
  );
}

const noMask: readonly MaskForm[] = ['none'];

/** The result of a write: whether its reply denies it, and the error if its outcome is unknown. */
interface Sent {
  readonly isDenied: boolean;
  readonly unknown: UpstreamError | null;
}

/** Makes the write. Gives the refusal where it may be due to the form, so that nothing was done. */
async function attemptWrite({ masks }: ChangeSession, { kind, send }: Write, form: MaskForm): Promise<Sent | Error> {
  try {
    return { isDenied: await send(form), unknown: null };
  } catch (error) {
    if (isOutcomeUnknown(error)) return { isDenied: false, unknown: error };
    if (kind !== null && isChangeFailure(error) && masks.mayBeRefused(kind, form, error)) return error;
    throw error;
  }
}

/** The profile after a write. Where the outcome is unknown, the error says what the profile shows of it. */
async function readBack(session: ChangeSession, write: Write, unknown: UpstreamError | null): Promise<Profile> {
  const { profileId, isShown } = write;
  let profile: Profile | null;
  try {
    profile = await readPatiently(session, profileId, isShown);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw unknown ?? notReadBack(profileId, error);
  }
  if (profile === null) {
    throw (
      unknown ??
      new Conflict(`The gateway sent the change to the Veza API, and profile ${profileId} does not exist any more.`)
    );
  }
  if (unknown !== null) throw withFinding(unknown, profileId, isShown(profile));
  return profile;
}

async function readPatiently(
  session: ChangeSession,
  profileId: string,
  isShown: Write['isShown'],
): Promise<Profile | null> {
  let profile: Profile | null = null;
  for (const wait of readBackDelays) {
    if (wait > 0) await delay(wait);
    profile = await session.refresh().profiles.load(profileId);
    if (profile !== null && isShown(profile) !== false) break;
  }
  return profile;
}

/** The error of reading a profile after a write. The plain error would say that nothing was written, and invite to repeat it. */
export function notReadBack(profileId: string, error: Error): UpstreamError {
  return new UpstreamError(
    'WRITE_OUTCOME_UNKNOWN',
    `The Veza API accepted the change, but the gateway could not read profile ${profileId} to confirm it. Read the profile again before you repeat the change.`,
    error instanceof UpstreamError ? error.upstream : {},
    { cause: error },
  );
}

/** The error of a write whose outcome is unknown, with what can be seen of it now. */
function withFinding(error: UpstreamError, profileId: string, isShown: boolean | null): UpstreamError {
  const findings = {
    true: `Profile ${profileId} now shows the change.`,
    false: `Profile ${profileId} does not show the change yet.`,
    null: `Profile ${profileId} cannot show whether the change was made.`,
  };
  return new UpstreamError(error.code, `${error.message} ${findings[`${isShown}`]}`, error.upstream, { cause: error });
}

/** Refuses where the caller has seen another state than the current one. */
export function checkUnchanged(profile: Profile, ifUpdatedAt: string | null | undefined): void {
  if (ifUpdatedAt === null || ifUpdatedAt === undefined) return;
  const { profileId, updatedAt } = profile;
  // One instant may be written in several ways.
  if (updatedAt !== null && (updatedAt === ifUpdatedAt || compareInstants(updatedAt, ifUpdatedAt) === 0)) return;
  throw new Conflict(
    `Profile ${profileId} has changed since ${ifUpdatedAt}. Nothing was written. Read the profile again.`,
    updatedAt,
  );
}

/**
 * Reads a profile before a write that replaces a value: if the caller names the state that he has seen, or if it is unknown
 * whether the API takes such a change without an `update_mask`. null: it was not read.
 */
export async function readBefore(
  session: ChangeSession,
  profileId: string,
  { ifUpdatedAt, kind }: { readonly ifUpdatedAt: string | null | undefined; readonly kind: ChangeKind },
): Promise<Profile | null> {
  if (!ifUpdatedAt && session.masks.shown(kind) !== null) return null;
  const profile = await readFresh(session, profileId);
  checkUnchanged(profile, ifUpdatedAt);
  return profile;
}

/** Attempts to work out a change whose profile changes between the read and the write. */
const maxRounds = 4;

/** A change that depends on what is there. */
export interface ReadModifyWrite<State, Plan> {
  readonly profileId: string;
  readonly read: () => Promise<State>;
  /** null: nothing needs to be written. */
  readonly plan: (state: State) => Promise<Plan | null> | Plan | null;
  readonly isSame: (before: State, now: State) => boolean;
  readonly write: (plan: Plan, state: State) => Promise<Profile>;
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
    if (change.isSame(state, now)) return { state: now, written: await change.write(plan, now) };
    state = now;
  }
  throw new Conflict(`Profile ${change.profileId} keeps changing. Nothing was written. Try again later.`);
}
