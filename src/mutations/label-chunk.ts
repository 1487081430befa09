import { setTimeout as delay } from 'node:timers/promises';
import { GatewayError, UpstreamError, valueOrError } from '../errors.ts';
import type { Profile } from '../model/profile.ts';
import { isSameSet } from '../model/same-set.ts';
import { freshMs, isOutcomeUnknown, wasNotBegun } from '../upstream/write-outcome.ts';
import type { MaskForm } from '../wire/encode.ts';
import { type AnyChangeFailure, Conflict, isChangeFailure, NotFound, notThere } from './failure.ts';
import { type ChangeSession, sendProfileChanges } from './session.ts';
import { type ChangeKind, kindOfChange } from './update-masks.ts';
import { notReadBack, readBackDelays } from './write.ts';
import type { WriteThrottle } from './write-throttle.ts';

export type Labels = readonly string[];

type Failure = GatewayError | AnyChangeFailure;

/** The result for one profile. */
export interface Outcome {
  readonly profileId: string;
  /** As it was read last; null: unknown. */
  readonly accessProfile: Profile | null;
  /** As they are now, or on a dry run as they would be; null: unknown. */
  readonly labels: Labels | null;
  readonly error: Failure | null;
  readonly changed: boolean;
}

/** One write that was made or tried: the labels that were sent, and the failure if there was one. */
interface Attempt {
  readonly before: Labels;
  readonly labels: Labels;
  readonly failure: Failure | null;
  readonly form: MaskForm;
  /** The reply shows other labels than were sent. */
  readonly isDenied: boolean;
  /** The API refused the change, perhaps because of the form. */
  readonly refusal: Failure | null;
}

/** Forms of an `update_mask` that were tried with a profile in vain. */
interface Tried {
  readonly forms: number;
  /** Whether the API took one of them. */
  readonly wasTaken: boolean;
  /** Why it refused; that of the form without a mask says most. */
  readonly refusal: Failure | null;
}

const untried: Tried = { forms: 0, wasTaken: false, refusal: null };

type Attempts = ReadonlyMap<string, Attempt>;
type Profiles = ReadonlyMap<string, Profile>;

/** Writes under way at once; more would only run into rate limits. */
const concurrency = 4;

/**
 * Changes the labels of some profiles, in passes: a pass reads the profiles that are left, writes them, and reads them to
 * be sure. It ends early where the API asks for patience or what was read is old; the rest is read anew.
 */
export async function labelChunk(
  session: ChangeSession,
  throttle: WriteThrottle,
  ids: readonly string[],
  wanted: (labels: Labels) => Labels,
): Promise<readonly Outcome[]> {
  const outcomes = new Map<string, Outcome>();
  const masksTried = new Map<string, Tried>();
  const left = () => ids.filter((id) => !outcomes.has(id));
  const end = (id: string, profile: Profile | null, error: Failure | null, changed = false) =>
    outcomes.set(id, outcomeOf(id, profile, error, changed));

  while (left().length > 0) {
    await throttle.pause();
    const before = throttle.stoppedBy ?? (await readById(session, left()).catch(expected));
    if (before instanceof Error) {
      for (const outcome of notWritten(left(), before)) outcomes.set(outcome.profileId, outcome);
      break;
    }
    for (const [id, profile] of before) {
      const labels = labelsOf(profile);
      if (labels instanceof GatewayError) for (const outcome of notWritten([id], labels)) outcomes.set(id, outcome);
    }
    const readable = new Map([...before].filter(([id]) => !outcomes.has(id)));
    const attempts = await writePass(session, throttle, readable, { wanted, masksTried });
    const now = attempts.size === 0 ? before : await readBack(session, attempts).catch(expected);
    for (const id of left()) {
      const found = before.get(id);
      const attempt = attempts.get(id);
      if (found === undefined) end(id, null, new NotFound(notThere(`profile ${id}`)));
      else if (attempt !== undefined) settle(id, attempt, now);
      else if (isSameSet(wanted(found.labels), found.labels)) end(id, profileIn(now, id) ?? found, null);
    }
  }
  return ids.flatMap((id) => outcomes.get(id) ?? []);

  /** Notes the result of a write, or that it must be sent with another form of mask. */
  function settle(id: string, attempt: Attempt, now: Profiles | Failure): void {
    const { labels: sent, failure } = attempt;
    const seen = profileIn(now, id);
    const unread = seen === null ? null : labelsOf(seen);
    if (unread instanceof GatewayError) {
      const isRefused = failure !== null && !isOutcomeUnknown(failure);
      return void end(id, null, isRefused ? failure : notReadBack(id, unread));
    }
    if (failure !== null && !isOutcomeUnknown(failure)) return void end(id, seen, failure);
    // The labels are right, even if the write failed.
    if (seen !== null && isSameSet(seen.labels, sent)) {
      if (failure === null) session.masks.show(kindOfLabels(sent), attempt.form);
      return void end(id, seen, null, true);
    }
    if (failure !== null) return void end(id, seen, failure);
    if (now instanceof Error) return void end(id, null, notReadBack(id, now));
    // As `writeAndRead` has it: three things say that the write was not applied.
    const tried = withAttempt(masksTried.get(id) ?? untried, attempt);
    const isUntouched = attempt.isDenied && seen !== null && isSameSet(seen.labels, attempt.before);
    if (isUntouched && tried.forms < formsOf(session, sent).length) return void masksTried.set(id, tried);
    session.masks.forget(kindOfLabels(sent));
    if (!tried.wasTaken && tried.refusal !== null) return void end(id, seen, tried.refusal);
    const why = 'another client has changed it meanwhile, or the API ignored the change';
    end(id, seen, new Conflict(`Profile ${id} does not show the change: ${why}.`, seen?.updatedAt ?? null));
  }
}

/** Writes profiles as long as what was read of them is fresh and the API takes writes. Gives those that it wrote. */
async function writePass(
  session: ChangeSession,
  throttle: WriteThrottle,
  profiles: Profiles,
  { wanted, masksTried }: { wanted: (labels: Labels) => Labels; masksTried: ReadonlyMap<string, Tried> },
): Promise<Attempts> {
  const attempts = new Map<string, Attempt>();
  const readAt = performance.now();
  const queue = profiles.values();
  const writer = async () => {
    for (const { profileId, labels: before } of queue) {
      const labels = wanted(before);
      if (isSameSet(labels, before)) continue;
      // A first write in any case, so that each pass gets on.
      if (!throttle.isOpen || (attempts.size > 0 && performance.now() - readAt > freshMs)) return;
      const form = formsOf(session, labels)[masksTried.get(profileId)?.forms ?? 0] ?? 'none';
      try {
        const isDenied = await sendProfileChanges(session, profileId, { labels }, form);
        throttle.noteSuccess();
        attempts.set(profileId, { before, labels, form, failure: null, isDenied, refusal: null });
      } catch (error) {
        if (error instanceof UpstreamError && wasNotBegun(error)) {
          throttle.putOff(error);
          return;
        }
        const failure = expected(error);
        if (failure instanceof UpstreamError && failure.code === 'UNAUTHENTICATED') throttle.stop(failure);
        const isMaskRefused = session.masks.mayBeRefused(kindOfLabels(labels), form, failure);
        attempts.set(profileId, {
          before,
          labels,
          form,
          failure: isMaskRefused ? null : failure,
          isDenied: isMaskRefused,
          refusal: isMaskRefused ? failure : null,
        });
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, writer));
  return attempts;
}

function withAttempt({ forms, wasTaken, refusal }: Tried, attempt: Attempt): Tried {
  return {
    forms: forms + 1,
    wasTaken: wasTaken || attempt.refusal === null,
    refusal: attempt.form === 'none' ? (attempt.refusal ?? refusal) : (refusal ?? attempt.refusal),
  };
}

function formsOf({ masks }: ChangeSession, labels: Labels): readonly MaskForm[] {
  return masks.formsFor(kindOfLabels(labels));
}

function kindOfLabels(labels: Labels): ChangeKind {
  return kindOfChange('profile', { labels });
}

/** Reads again what was written; once or twice more where a list does not show it yet. */
async function readBack(session: ChangeSession, attempts: Attempts): Promise<Profiles> {
  let now: Profiles = new Map();
  for (const wait of readBackDelays) {
    if (wait > 0) await delay(wait);
    now = await readById(session, [...attempts.keys()]);
    const isShown = ([profileId, { labels, failure }]: [string, Attempt]) => {
      const profile = now.get(profileId);
      const seen = profile === undefined ? [] : labelsOf(profile);
      const isOver = failure !== null && !isOutcomeUnknown(failure);
      return isOver || seen instanceof GatewayError || isSameSet(seen, labels);
    };
    if ([...attempts].every(isShown)) break;
  }
  return now;
}

/** The labels of a profile, or the error where they can't be read: that is the outcome of this profile alone. */
export function labelsOf(profile: Profile): Labels | GatewayError {
  return valueOrError(() => profile.labels);
}

function profileIn(profiles: Profiles | Failure, id: string): Profile | null {
  return profiles instanceof Error ? null : (profiles.get(id) ?? null);
}

export async function readById(session: ChangeSession, ids: readonly string[]): Promise<Profiles> {
  const profiles = await session.refresh().profiles.loadMany(ids);
  return new Map(profiles.map((profile) => [profile.profileId, profile]));
}

export function outcomeOf(
  profileId: string,
  accessProfile: Profile | null,
  error: Failure | null,
  changed = false,
): Outcome {
  return { profileId, accessProfile, labels: accessProfile?.labels ?? null, error, changed };
}

/** The outcomes of profiles that a failure kept from being written. */
export function notWritten(ids: readonly string[], failure: Failure): readonly Outcome[] {
  const error = withMessage(failure, `Not written: ${failure.message}`);
  return ids.map((id) => outcomeOf(id, null, error));
}

function withMessage(failure: Failure, message: string): Failure {
  if (failure instanceof UpstreamError) {
    return new UpstreamError(failure.code, message, failure.upstream, { cause: failure });
  }
  return failure instanceof GatewayError ? new GatewayError(failure.code, message, { cause: failure }) : failure;
}

/** A failure that belongs into the outcome of its profile. Throws what is a fault of this gateway. */
export function expected(error: unknown): Failure {
  if (error instanceof GatewayError || isChangeFailure(error)) return error;
  throw error;
}
