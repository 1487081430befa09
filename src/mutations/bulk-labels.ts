import { setTimeout as delay } from 'node:timers/promises';
import { GatewayError, UpstreamError, UserInputError } from '../errors.ts';
import type { Condition } from '../filter/condition.ts';
import type { Profile } from '../model/profile.ts';
import { isSameSet } from '../model/same-set.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { type AnyChangeFailure, Conflict, NotFound } from './failure.ts';
import { withLabels, withoutLabels } from './labels.ts';
import type { ChangeSession } from './session.ts';
import { checkLabels } from './validate.ts';
import { readBackDelays } from './write.ts';
import { WriteThrottle } from './write-throttle.ts';

/** The profiles to change: those with these ids, by the API, or those that satisfy a condition. */
export type Selection = { readonly ids: readonly string[] } | { readonly condition: Condition };

export interface BulkLabels {
  readonly profiles: Selection;
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** The change is refused if more profiles than this match; null: no limit. */
  readonly maxMatches: number | null;
  readonly dryRun: boolean;
}

export interface LabelResult {
  readonly profileId: string;
  /** As it was read last; null: unknown. */
  readonly accessProfile: Profile | null;
  /** As they are now, or on a dry run as they would be; null: unknown. */
  readonly labels: readonly string[] | null;
  readonly error: AnyChangeFailure | GatewayError | null;
}

export interface LabelSummary {
  readonly matched: number;
  readonly changed: number;
  readonly results: readonly LabelResult[];
}

interface Outcome extends LabelResult {
  readonly changed: boolean;
}

type Labels = readonly string[];

/** Profiles that are read, written and read again together: as many as one call can ask for by id. */
const chunkSize = 100;
/** Writes under way at once; more would only run into rate limits. */
const concurrency = 4;
const listSize = 500;

/**
 * Adds and removes labels on every profile of a selection, and goes on after a failure: each profile's outcome is in the
 * result. Profiles whose labels are right already are not written. Beside the list it takes one write for each
 * profile to change, and two reads for each hundred of them; where the API refuses ids, two scans.
 */
export async function labelAll(session: ChangeSession, request: BulkLabels): Promise<LabelSummary> {
  check(request);
  const wanted = (labels: Labels) => withLabels(withoutLabels(labels, request.remove), request.add);
  const { matches, missing } = await readSelection(session, request);
  const isToChange = ({ labels }: Profile) => !isSameSet(labels, wanted(labels));
  const outcomes = new Map<string, Outcome>();
  for (const profile of matches) {
    const { profileId, labels } = profile;
    const changed = request.dryRun && isToChange(profile);
    outcomes.set(profileId, {
      profileId,
      accessProfile: profile,
      labels: changed ? wanted(labels) : labels,
      error: null,
      changed,
    });
  }
  for (const id of missing) outcomes.set(id, failed(id, notReturned(id)));
  if (!request.dryRun) {
    const throttle = new WriteThrottle();
    const toChange = matches.filter(isToChange).map(({ profileId }) => profileId);
    for (let start = 0; start < toChange.length; start += chunkSize) {
      const ids = toChange.slice(start, start + chunkSize);
      const chunk = await session.queue
        .run(ids, () => labelChunk(session, throttle, ids, wanted))
        .catch((error: unknown) => notWritten(ids, expected(error)));
      for (const outcome of chunk) outcomes.set(outcome.profileId, outcome);
    }
  }
  const results = [...outcomes.values()];
  return {
    matched: matches.length,
    changed: results.filter(({ changed }) => changed).length,
    results: results.map(({ changed: _changed, ...result }) => result),
  };
}

/** The profiles to change, and the ids among those named that the API does not return. Throws InvalidInput if too many match. */
async function readSelection(
  session: ChangeSession,
  { profiles, maxMatches }: BulkLabels,
): Promise<{ readonly matches: readonly Profile[]; readonly missing: readonly string[] }> {
  const limit = maxMatches ?? Number.POSITIVE_INFINITY;
  if ('condition' in profiles) return { matches: await readMatches(session, profiles.condition, limit), missing: [] };
  const found = await readById(session, profiles.ids);
  refuseBeyond(limit, found.size);
  return { matches: [...found.values()], missing: profiles.ids.filter((id) => !found.has(id)) };
}

function refuseBeyond(limit: number, count: number): void {
  if (count <= limit) return;
  throw new UserInputError(
    'input.maxMatches',
    `input.maxMatches: more than ${limit} profiles match; nothing was written.`,
  );
}

async function readMatches(session: ChangeSession, condition: Condition, limit: number): Promise<readonly Profile[]> {
  const loaders = session.refresh();
  const matches = new Map<string, Profile>();
  let after: Parameters<typeof loaders.listProfiles>[0]['after'] = null;
  for (;;) {
    const list = await loaders.listProfiles({ condition, first: listSize, after, wantsFullPages: true });
    for (const { profile } of list.rows) matches.set(profile.profileId, profile);
    refuseBeyond(limit, matches.size);
    const last = list.rows.at(-1);
    if (last === undefined || list.rows.length < listSize || !(await list.hasNext())) return [...matches.values()];
    after = last.position;
  }
}

/** What became of one write: the labels that were sent, and the failure if there was one. */
interface Attempt {
  readonly labels: Labels;
  readonly failure: GatewayError | null;
}

/** One chunk: what was listed may be old by now, so its profiles are read once more, written, and read to be sure. */
async function labelChunk(
  session: ChangeSession,
  throttle: WriteThrottle,
  ids: readonly string[],
  wanted: (labels: Labels) => Labels,
): Promise<readonly Outcome[]> {
  if (throttle.stoppedBy !== null) return notWritten(ids, throttle.stoppedBy);
  const before = await readById(session, ids).catch(expected);
  if (before instanceof GatewayError) return notWritten(ids, before);

  const attempts = new Map<string, Attempt>();
  await inParallel([...before.values()], concurrency, async ({ profileId, labels: found }) => {
    const labels = wanted(found);
    if (isSameSet(labels, found)) return;
    const failure = await throttle
      .run(() => session.call(endpoints.updateProfile, { profileId, changes: { labels } }))
      .catch(expected);
    attempts.set(profileId, { labels, failure });
  });
  const now = attempts.size === 0 ? before : await readBack(session, ids, attempts).catch(expected);
  return ids.map((profileId) => outcomeOf(profileId, before.get(profileId), attempts.get(profileId), now));
}

/** Reads again what was written; once or twice more where a list does not show it yet. */
async function readBack(
  session: ChangeSession,
  ids: readonly string[],
  attempts: ReadonlyMap<string, Attempt>,
): Promise<ReadonlyMap<string, Profile>> {
  let now: ReadonlyMap<string, Profile> = new Map();
  for (const wait of readBackDelays) {
    if (wait > 0) await delay(wait);
    now = await readById(session, ids);
    const isShown = ([profileId, { labels, failure }]: [string, Attempt]) =>
      isRefused(failure) || isSameSet(now.get(profileId)?.labels ?? [], labels);
    if ([...attempts].every(isShown)) break;
  }
  return now;
}

function outcomeOf(
  profileId: string,
  before: Profile | undefined,
  attempt: Attempt | undefined,
  now: ReadonlyMap<string, Profile> | GatewayError,
): Outcome {
  if (before === undefined) return failed(profileId, notReturned(profileId));
  const seen = now instanceof GatewayError ? null : (now.get(profileId) ?? null);
  const outcome = (error: LabelResult['error'], changed = false): Outcome => ({
    profileId,
    accessProfile: seen,
    labels: seen?.labels ?? null,
    error,
    changed,
  });
  if (attempt === undefined) {
    const profile = seen ?? before;
    return { profileId, accessProfile: profile, labels: profile.labels, error: null, changed: false };
  }
  if (isRefused(attempt.failure)) return outcome(attempt.failure);
  // Whatever became of the write, the labels are as they should be.
  if (seen !== null && isSameSet(seen.labels, attempt.labels)) return outcome(null, true);
  if (attempt.failure !== null) return outcome(attempt.failure);
  if (now instanceof GatewayError) {
    const message = `The Access Profile API took the change, and profile ${profileId} could not be read to make sure of it: read it again before you repeat the change.`;
    return outcome(new UpstreamError('WRITE_OUTCOME_UNKNOWN', message, {}, { cause: now }));
  }
  return outcome(
    new Conflict(`Profile ${profileId} does not show the change: somebody else has changed it meanwhile.`),
  );
}

function failed(profileId: string, error: AnyChangeFailure | GatewayError): Outcome {
  return { profileId, accessProfile: null, labels: null, error, changed: false };
}

function notReturned(profileId: string): NotFound {
  return new NotFound(`The Access Profile API returns no profile ${profileId} to you.`);
}

/** Whether a write was certainly not made. */
function isRefused(failure: GatewayError | null): boolean {
  return failure !== null && !(failure instanceof UpstreamError && failure.code === 'WRITE_OUTCOME_UNKNOWN');
}

function notWritten(ids: readonly string[], error: GatewayError): readonly Outcome[] {
  const message = `Not written: ${error.message}`;
  const failure =
    error instanceof UpstreamError
      ? new UpstreamError(error.code, message, error.upstream, { cause: error })
      : new GatewayError(error.code, message, { cause: error });
  return ids.map((profileId) => failed(profileId, failure));
}

function expected(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  throw error;
}

async function readById(session: ChangeSession, ids: readonly string[]): Promise<ReadonlyMap<string, Profile>> {
  const profiles = await session.refresh().profiles.loadMany(ids);
  return new Map(profiles.map((profile) => [profile.profileId, profile]));
}

async function inParallel<T>(values: readonly T[], limit: number, work: (value: T) => Promise<void>): Promise<void> {
  const queue = values.values();
  const worker = async () => {
    for (const value of queue) await work(value);
  };
  await Promise.all(Array.from({ length: Math.min(limit, values.length) }, worker));
}

function check({ profiles, add, remove, maxMatches }: BulkLabels): void {
  if ('ids' in profiles && profiles.ids.length === 0) {
    throw new UserInputError('input.profiles.ids', 'input.profiles.ids: must name at least one profile.');
  }
  if (maxMatches !== null && maxMatches < 0) {
    throw new UserInputError('input.maxMatches', 'input.maxMatches: must be 0 or more; leave it out for no limit.');
  }
  if (add.length === 0 && remove.length === 0) {
    throw new UserInputError('input', 'input: name at least one label to add or to remove.');
  }
  const [blank] = [...checkLabels(add, 'input.add'), ...checkLabels(remove, 'input.remove')];
  if (blank !== undefined) throw new UserInputError(blank.field, `${blank.field}: ${blank.description}`);
  const both = remove.findIndex((label) => add.includes(label));
  if (both >= 0) {
    throw new UserInputError(`input.remove.${both}`, `input.remove.${both}: the same label is to be added.`);
  }
}
