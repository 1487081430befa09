import { UserInputError } from '../errors.ts';
import type { Condition } from '../filter/condition.ts';
import type { Profile } from '../model/profile.ts';
import { isSameSet } from '../model/same-set.ts';
import { expected, type Labels, labelChunk, notWritten, type Outcome } from './label-chunk.ts';
import { withLabels, withoutLabels } from './labels.ts';
import type { ChangeSession } from './session.ts';
import { checkLabels } from './validate.ts';
import { WriteThrottle } from './write-throttle.ts';

export interface BulkLabels {
  readonly condition: Condition;
  readonly add: readonly string[];
  readonly remove: readonly string[];
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
const listSize = 500;

/**
 * Adds and removes labels on every profile that a condition matches, and goes on after a failure: each profile's outcome
 * is in the result. Profiles whose labels are right already are not written. Beside the list it takes one write for each
 * profile to change, and two reads for each hundred of them, or for as many as are written in a second; where the API
 * refuses ids, two scans instead.
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

function check({ add, remove }: BulkLabels): void {
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
