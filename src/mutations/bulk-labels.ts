import { GatewayError, UserInputError } from '../errors.ts';
import type { Condition } from '../filter/condition.ts';
import type { Profile } from '../model/profile.ts';
import { isSameSet } from '../model/same-set.ts';
import { NotFound, notThere } from './failure.ts';
import {
  expected,
  type Labels,
  labelChunk,
  labelsOf,
  notWritten,
  type Outcome,
  outcomeOf,
  readById,
} from './label-chunk.ts';
import { withLabels, withoutLabels } from './labels.ts';
import type { ChangeSession } from './session.ts';
import { checkLabels } from './validate.ts';
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

export type LabelResult = Omit<Outcome, 'changed'>;

export interface LabelSummary {
  readonly matched: number;
  readonly changed: number;
  readonly results: readonly LabelResult[];
}

/** Profiles that are read, written and read again together: as many as one call can ask for by id. */
const chunkSize = 100;

/**
 * Adds and removes labels on every profile of a selection, and goes on after a failure: each profile's outcome is in the
 * result. Profiles whose labels are right already are not written. Beside the list it takes one write for each
 * profile to change, and two reads for each hundred of them, or for as many as are written in a second; where the API
 * refuses ids, two scans instead.
 */
export async function labelAll(session: ChangeSession, request: BulkLabels): Promise<LabelSummary> {
  check(request);
  const wanted = (labels: Labels) => withLabels(withoutLabels(labels, request.remove), request.add);
  const { matches, missing } = await readSelection(session, request);
  const isToChange = (labels: Labels) => !isSameSet(labels, wanted(labels));
  const toChange: string[] = [];
  const outcomes = new Map<string, Outcome>();
  for (const profile of matches) {
    const { profileId } = profile;
    const labels = labelsOf(profile);
    if (labels instanceof GatewayError) {
      for (const outcome of notWritten([profileId], labels)) outcomes.set(profileId, outcome);
      continue;
    }
    if (isToChange(labels)) toChange.push(profileId);
    const changed = request.dryRun && isToChange(labels);
    const outcome = outcomeOf(profileId, profile, null, changed);
    outcomes.set(profileId, changed ? { ...outcome, labels: wanted(labels) } : outcome);
  }
  for (const id of missing) outcomes.set(id, outcomeOf(id, null, new NotFound(notThere(`profile ${id}`))));
  if (!request.dryRun) {
    const throttle = new WriteThrottle();
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
  const { rows } = await loaders.listProfiles({ condition, first: limit + 1, after: null, wantsAll: true });
  refuseBeyond(limit, rows.length);
  return rows.map(({ profile }) => profile);
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
    throw new UserInputError(`input.remove.${both}`, `input.remove.${both}: this label is in input.add as well.`);
  }
}
