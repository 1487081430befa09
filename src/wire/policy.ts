import type { LifecyclePolicy } from '../model/neighbours.ts';
import type { Page } from '../model/page.ts';
import { profileStates } from '../model/profile.ts';
import {
  type Decoder,
  id,
  idSet,
  isJsonObject,
  type JsonObject,
  member,
  openEnum,
  optionalBoolean,
  optionalInteger,
  optionalReference,
  optionalText,
  type Place,
  positiveInteger,
} from './decode.ts';
import { page } from './envelope.ts';
import { keptRowDecoder, objectIn, objectsIn } from './keep.ts';
import { type Fields, field, unreadRow } from './row.ts';

/** A longer text is no id. */
const longestId = 512;

/**
 * Each text in the configuration of an action, with the names of the workflows that run the action. The members of that
 * configuration are not documented (neighbour notes §5), so what is not as expected is left out: it can't be told then.
 */
function textsOf(version: unknown): ReadonlyMap<string, readonly string[]> {
  const config = isJsonObject(version) ? objectIn(version, 'config') : {};
  const actions = objectsIn(config['actions']);
  const runs = objectsIn(config['workflows']).map((workflow) => ({
    workflow,
    actions: actionsRunBy(workflow, actions),
  }));
  const found = new Map<string, Set<string>>();
  for (const action of actions) {
    const workflows = runs.filter((run) => run.actions.has(action)).map(({ workflow }) => workflow['name']);
    for (const text of textsIn(action['config'])) {
      const known = found.get(text) ?? new Set();
      found.set(text, known);
      for (const name of workflows) if (typeof name === 'string' && name !== '') known.add(name);
    }
  }
  return new Map(Array.from(found, ([text, names]) => [text, [...names]]));
}

/** An action may run others when it has succeeded, so those count too. */
function actionsRunBy(workflow: JsonObject, actions: readonly JsonObject[]): ReadonlySet<JsonObject> {
  const run = new Set<JsonObject>();
  const pending: JsonObject[] = [workflow];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const names = namesToRun(next);
    for (const action of actions) {
      if (run.has(action) || !names.has(action['name'])) continue;
      run.add(action);
      pending.push(action);
    }
  }
  return run;
}

/** The names in each `actions_to_run`, however deep. */
function namesToRun(value: JsonObject): ReadonlySet<unknown> {
  const names = new Set<unknown>();
  for (const object of within(value)) {
    if (isJsonObject(object)) for (const { name } of objectsIn(object['actions_to_run'])) names.add(name);
  }
  return names;
}

function textsIn(value: unknown): readonly string[] {
  return [...within(value)].filter(
    (each): each is string => typeof each === 'string' && each !== '' && each.length <= longestId,
  );
}

/** A value and all values within it. Not recursive, since the API may send any depth. */
function* within(value: unknown): Generator<unknown> {
  const pending = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    yield next;
    // Not spread: a list may be longer than a call takes arguments.
    if (typeof next === 'object' && next !== null) for (const each of Object.values(next)) pending.push(each);
  }
}

/** Policies have the states of profiles, in that order (API notes §2); a number beyond them is shown as its text. */
const decodeState: Decoder<string | null> = (value, at) => {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d{1,9}$/.test(value));
  return isNumber ? (profileStates.slice(0, 5)[Number(value)] ?? String(value)) : openEnum(value, at);
};

const decodeTexts: Decoder<ReadonlyMap<string, readonly string[]>> = (value) =>
  value instanceof Map ? value : new Map<string, readonly string[]>();

/** A policy (neighbour notes §5). */
export const policyFields: Fields<LifecyclePolicy> = {
  policyId: field('id', 'string', id),
  name: field('name', 'string', optionalReference),
  description: field('description', 'string', optionalText),
  state: field('state', 'enum', decodeState),
  currentVersionNumber: field('current_version_number', 'int32', positiveInteger),
  draftVersionNumber: field('draft_version_number', 'int32', positiveInteger),
  sourceEntityType: field('entity_type', 'string', optionalReference),
  datasourceIds: field('datasource_ids', 'string[]', idSet),
  usedProfileIds: field('access_profiles_used', 'string[]', idSet),
  configuredTexts: field('current_version', 'object', decodeTexts),
};
/** The configuration of its actions may hold anything: only the texts that may be ids are kept. */
const decodeRow = keptRowDecoder(policyFields, ['policyId'], { current_version: textsOf });
export const unreadPolicy = unreadRow(policyFields);

/** The curated documentation wraps a single policy in `data`. */
export const decodePolicy: Decoder<LifecyclePolicy> = (value, at) => {
  const wrapped = isJsonObject(value) && !('id' in value) ? value['data'] : undefined;
  return wrapped === undefined ? decodeRow(value, at) : decodeRow(wrapped, at.at('data'));
};

const decodeGenerated = page(decodePolicy);

/** Begins the page token of a curated list, which is no token of the API but the number of policies that come before. */
const offsetMark = 'offset:';

/** The number of policies before a page of a curated list, or null for a token of the API. */
export const policyOffset = (token: string | null): number | null =>
  token?.startsWith(offsetMark) ? Number(token.slice(offsetMark.length)) : null;

/**
 * A page of policies. The curated documentation has `data` for `values`, and `pagination` with `total`, `offset` and `has_more` for the
 * paging fields. Throws what `Place.unexpected` gives, also for a page that does not begin where it should.
 */
export function decodePolicyPage(value: unknown, at: Place, token: string | null): Page<LifecyclePolicy> {
  const isCurated = isJsonObject(value) && Array.isArray(value['data']) && !('values' in value);
  if (!isCurated) return decodeGenerated(value, at);
  const pagination = objectIn(value, 'pagination');
  if (pagination['next_page_token']) return decodeGenerated({ ...pagination, values: value['data'] }, at);
  const { values } = decodeGenerated({ values: value['data'] }, at);
  const inPagination = at.at('pagination');
  const asked = policyOffset(token) ?? 0;
  const offset = member(pagination, 'offset', optionalInteger, inPagination) ?? 0;
  // An API that ignores the parameter gives its first page again.
  if (offset !== asked) throw inPagination.at('offset').unexpected(`the ${asked} that was asked for`, offset);
  const end = asked + values.length;
  const isContinued =
    member(pagination, 'has_more', optionalBoolean, inPagination) === true ||
    (member(pagination, 'total', optionalInteger, inPagination) ?? 0) > end;
  return { values, next: isContinued ? `${offsetMark}${end}` : null };
}
