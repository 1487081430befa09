import { setTimeout as delay } from 'node:timers/promises';
import { GatewayError, UpstreamError, UserInputError } from '../errors.ts';
import type { Condition } from '../filter/condition.ts';
import type { Profile } from '../model/profile.ts';
import { isSameSet } from '../model/same-set.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { withLabels, withoutLabels } from './labels.ts';
import type { ChangeSession } from './session.ts';
import { checkLabels } from './validate.ts';
import { readBackDelays } from './write.ts';
import { WriteThrottle } from './write-throttle.ts';

export interface BulkLabels {
  readonly condition: Condition;
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly dryRun: boolean;
}

export interface LabelResult {
  readonly profileId: string;
  /** As they are now, or on a dry run as they would be; null: unknown. */
  readonly labels: readonly string[] | null;
  readonly error: string | null;
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
 * Adds and removes labels on every profile that a condition matches, and goes on after a failure: each profile's outcome
 * is in the result. Profiles whose labels are right already are not written. Beside the list it takes one write for each
 * profile to change, and two reads for each hundred of them; where the API refuses ids, two scans.
 */
export async function labelAll(session: ChangeSession, request: BulkLabels): Promise<LabelSummary> {
  check(request);
  const wanted = (labels: Labels) => withLabels(withoutLabels(labels, request.remove), request.add);
  const matches = await readMatches(session, request.condition);
  const isToChange = ({ labels }: Profile) => !isSameSet(labels, wanted(labels));
  const outcomes = new Map<string, Outcome>();
  for (const profile of matches) {
    const { profileId, labels } = profile;
    const changed = request.dryRun && isToChange(profile);
    outcomes.set(profileId, { profileId, labels: changed ? wanted(labels) : labels, error: null, changed });
  }
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

async function readMatches(session: ChangeSession, condition: Condition): Promise<readonly Profile[]> {
  const loaders = session.refresh();
  const matches = new Map<string, Profile>();
  let after: Parameters<typeof loaders.listProfiles>[0]['after'] = null;
  for (;;) {
    const list = await loaders.listProfiles({ condition, first: listSize, after, wantsFullPages: true });
    for (const { profile } of list.rows) matches.set(profile.profileId, profile);
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
  const outcome = (error: string | null, labels: Labels | null, changed = false): Outcome => ({
    profileId,
    labels,
    error,
    changed,
  });
  if (before === undefined) {
    return outcome(`The Access Profile API does not return profile ${profileId} any more.`, null);
  }
  const labels = now instanceof GatewayError ? null : (now.get(profileId)?.labels ?? null);
  if (attempt === undefined) return outcome(null, labels ?? before.labels);
  const failure = attempt.failure?.message ?? null;
  if (isRefused(attempt.failure)) return outcome(failure, labels);
  // Whatever became of the write, the labels are as they should be.
  if (labels !== null && isSameSet(labels, attempt.labels)) return outcome(null, labels, true);
  if (failure !== null) return outcome(failure, labels);
  if (now instanceof GatewayError) {
    return outcome('The change was sent, and the profile could not be read to make sure of it.', null);
  }
  return outcome('The profile does not show the change: somebody else has changed it meanwhile.', labels);
}

/** Whether a write was certainly not made. */
function isRefused(failure: GatewayError | null): boolean {
  return failure !== null && !(failure instanceof UpstreamError && failure.code === 'WRITE_OUTCOME_UNKNOWN');
}

function notWritten(ids: readonly string[], { message }: GatewayError): readonly Outcome[] {
  return ids.map((profileId) => ({ profileId, labels: null, error: `Not written: ${message}`, changed: false }));
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

function check({ add, remove }: BulkLabels): void {
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
