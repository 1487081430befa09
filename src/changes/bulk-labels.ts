import { GatewayError, UserInputError } from '../errors.ts';
import type { Condition } from '../filter/condition.ts';
import type { Profile } from '../model/profile.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { isChangeFailure } from './failure.ts';
import { isSameLabels, withLabels, withoutLabels } from './labels.ts';
import type { ChangeSession } from './session.ts';

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

/** Profiles that are read, written and read again together: as many as one call can ask for by id. */
const chunkSize = 100;
/** Writes under way at once; more would only run into rate limits. */
const concurrency = 4;
const listSize = 500;

/**
 * Adds and removes labels on every profile that a condition matches, and goes on after a failure: each profile's outcome
 * is in the result. Profiles whose labels are right already are not written.
 */
export async function labelAll(session: ChangeSession, request: BulkLabels): Promise<LabelSummary> {
  check(request);
  const wanted = (labels: readonly string[]) => withLabels(withoutLabels(labels, request.remove), request.add);
  const matches = await readMatches(session, request.condition);
  const isToChange = ({ labels }: Profile) => !isSameLabels(labels, wanted(labels));
  if (request.dryRun) {
    return {
      matched: matches.length,
      changed: matches.filter(isToChange).length,
      results: matches.map(({ profileId, labels }) => ({ profileId, labels: wanted(labels), error: null })),
    };
  }
  const outcomes = new Map<string, LabelResult & { changed: boolean }>();
  for (const { profileId, labels } of matches)
    outcomes.set(profileId, { profileId, labels, error: null, changed: false });
  const toChange = matches.filter(isToChange).map(({ profileId }) => profileId);
  for (let start = 0; start < toChange.length; start += chunkSize) {
    const ids = toChange.slice(start, start + chunkSize);
    const chunk = await session.queue.run(ids, () => labelChunk(session, ids, wanted));
    for (const outcome of chunk) outcomes.set(outcome.profileId, outcome);
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

/** One chunk: what was listed may be old by now, so its profiles are read once more, written, and read to be sure. */
async function labelChunk(
  session: ChangeSession,
  ids: readonly string[],
  wanted: (labels: readonly string[]) => readonly string[],
): Promise<readonly (LabelResult & { changed: boolean })[]> {
  const before = await readById(session, ids);
  const failures = new Map<string, string>();
  const written = new Map<string, readonly string[]>();
  await inParallel(ids, concurrency, async (profileId) => {
    const profile = before.get(profileId);
    if (profile === undefined) {
      failures.set(profileId, `The Access Profile API does not return profile ${profileId} any more.`);
      return;
    }
    const labels = wanted(profile.labels);
    if (isSameLabels(labels, profile.labels)) return;
    try {
      await session.call(endpoints.updateProfile, { profileId, changes: { labels } });
    } catch (error) {
      failures.set(profileId, messageOf(error));
    }
    written.set(profileId, labels);
  });
  const now = written.size === 0 ? before : await readById(session, ids);
  return ids.map((profileId) => {
    const labels = now.get(profileId)?.labels ?? null;
    const intended = written.get(profileId);
    const isDone = intended !== undefined && labels !== null && isSameLabels(labels, intended);
    const failure = failures.get(profileId) ?? null;
    const conflict =
      intended !== undefined && !isDone
        ? 'The profile does not show the change: somebody else has changed it meanwhile.'
        : null;
    return { profileId, labels, error: failure ?? conflict, changed: isDone };
  });
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
    throw new UserInputError('input.add', 'input: name at least one label to add or to remove.');
  }
  for (const [field, labels] of Object.entries({ add, remove })) {
    const empty = labels.findIndex((label) => label.trim() === '');
    if (empty >= 0) throw new UserInputError(`input.${field}.${empty}`, `input.${field}.${empty}: must not be empty.`);
  }
  const both = add.find((label) => remove.includes(label));
  if (both !== undefined) {
    throw new UserInputError('input.remove', `input.remove: "${both}" can not be added and removed at once.`);
  }
}

function messageOf(error: unknown): string {
  if (error instanceof GatewayError || isChangeFailure(error)) return error.message;
  throw error;
}
