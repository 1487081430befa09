import { UserInputError } from '../errors.ts';
import type { Maybe } from '../model/change-input.ts';
import { idOf, type NodeKind, plainId } from '../model/node-id.ts';
import { directParentIds, type Profile, type ProfileState } from '../model/profile.ts';
import { type CompareOperator, compare } from '../scim/ast.ts';
import { orderInstants, parseInstant } from '../scim/instant.ts';
import { rememberLast } from '../scim/remember-last.ts';
import { all, any, type Condition, countTests, everything, negate, nothing, test } from './condition.ts';
import { wholeSecond } from './whole-second.ts';

export interface IdFilter {
  readonly eq?: Maybe<string>;
  readonly in?: Maybe<readonly string[]>;
}

export interface StringFilter {
  readonly eq?: Maybe<string>;
  readonly ne?: Maybe<string>;
  readonly in?: Maybe<readonly string[]>;
  readonly contains?: Maybe<string>;
  readonly startsWith?: Maybe<string>;
  readonly endsWith?: Maybe<string>;
}

export interface StringListFilter {
  readonly has?: Maybe<string>;
  readonly hasAny?: Maybe<readonly string[]>;
  readonly hasAll?: Maybe<readonly string[]>;
  readonly isEmpty?: Maybe<boolean>;
}

export interface StateFilter {
  readonly eq?: Maybe<ProfileState>;
  readonly ne?: Maybe<ProfileState>;
  readonly in?: Maybe<readonly ProfileState[]>;
}

export interface DateTimeFilter {
  readonly gt?: Maybe<string>;
  readonly gte?: Maybe<string>;
  readonly lt?: Maybe<string>;
  readonly lte?: Maybe<string>;
}

/** What the API is asked for a member of the filters above; null: nothing. */
export function operatorOf(member: string): CompareOperator | null {
  switch (member) {
    case 'eq':
    case 'in':
      return 'eq';
    case 'contains':
    case 'has':
    case 'hasAny':
    case 'hasAll':
      return 'co';
    case 'startsWith':
      return 'sw';
    case 'endsWith':
      return 'ew';
    case 'gt':
    case 'gte':
      return 'ge';
    case 'lt':
    case 'lte':
      return 'le';
    default:
      return null;
  }
}

/** GraphQL's `AccessProfileFilter`. A null or absent member asks nothing; the members of one object are joined by and. */
export interface ProfileFilter {
  readonly and?: Maybe<readonly ProfileFilter[]>;
  readonly or?: Maybe<readonly ProfileFilter[]>;
  readonly not?: Maybe<ProfileFilter>;
  readonly id?: Maybe<IdFilter>;
  readonly name?: Maybe<StringFilter>;
  readonly description?: Maybe<StringFilter>;
  readonly state?: Maybe<StateFilter>;
  readonly type?: Maybe<IdFilter>;
  readonly labels?: Maybe<StringListFilter>;
  readonly integrations?: Maybe<StringListFilter>;
  readonly providerIds?: Maybe<StringListFilter>;
  readonly datasourceIds?: Maybe<StringListFilter>;
  readonly createdAt?: Maybe<DateTimeFilter>;
  readonly updatedAt?: Maybe<DateTimeFilter>;
  readonly inheritsFrom?: Maybe<IdFilter>;
  readonly inheritedBy?: Maybe<IdFilter>;
}

/** The direct parents of a profile, by its id; none for an id that is not there. */
export type ParentsOf = (profileId: string) => readonly string[];

const maxDepth = 30;

/** Values to compare with in one filter: each is looked at for each profile. */
const maxValues = 2000;

/** What was built for the filter objects of requests; those that depend on what `parentsOf` says are built anew each time. */
const built = new WeakMap<ProfileFilter, Condition>();

/**
 * What a typed filter asks. `parentsOf` answers for the ids that `idsToResolve` names. Throws UserInputError naming the
 * path below `field` where an id is of the wrong kind, the filter nests too deep or compares with too much. Built once for
 * one filter object, so that fields that share a variable share its condition.
 */
export function conditionOfFilter(filter: ProfileFilter, parentsOf: ParentsOf, field: string): Condition {
  const condition = conditionAt(filter, parentsOf, field, 0);
  checkSize(countTests(condition), field);
  return condition;
}

function conditionAt(filter: ProfileFilter, parentsOf: ParentsOf, field: string, depth: number): Condition {
  const before = built.get(filter);
  if (before !== undefined) return before;
  const condition = buildCondition(filter, parentsOf, field, depth);
  if (idsBelow(filter, field, depth).length === 0) built.set(filter, condition);
  return condition;
}

function buildCondition(filter: ProfileFilter, parentsOf: ParentsOf, field: string, depth: number): Condition {
  if (depth > maxDepth) throw new UserInputError(field, `${field}: filters nest at most ${maxDepth} deep.`);
  const nested = (each: ProfileFilter, path: string) => conditionAt(each, parentsOf, `${field}.${path}`, depth + 1);
  return all([
    ...(filter.and ?? []).map((each, i) => nested(each, `and.${i}`)),
    ...given(filter.or, (or) => any(or.map((each, i) => nested(each, `or.${i}`)))),
    ...given(filter.not, (each) => negate(nested(each, 'not'))),
    ...given(filter.id, (ids) => oneOf(idsIn('AccessProfile', ids, `${field}.id`), hasId)),
    ...given(filter.name, (text) => textCondition(text, 'name', (profile) => profile.name)),
    ...given(filter.description, (text) => textCondition(text, 'description', (profile) => profile.description)),
    ...given(filter.state, stateCondition),
    ...given(filter.type, (ids) => oneOf(idsIn('AccessProfileType', ids, `${field}.type`), isOfType)),
    ...given(filter.labels, (list) => listCondition(list, 'labels', (profile) => profile.labels)),
    ...given(filter.integrations, (list) => listCondition(list, 'integrations', (profile) => profile.integrations)),
    ...given(filter.providerIds, (list) => listCondition(list, 'provider_ids', (profile) => profile.providerIds)),
    ...given(filter.datasourceIds, (list) =>
      listCondition(plainDatasources(list, `${field}.datasourceIds`), 'datasource_ids', (one) => one.datasourceIds),
    ),
    ...given(filter.createdAt, (range) => rangeCondition(range, 'created_at', (profile) => profile.createdAt)),
    ...given(filter.updatedAt, (range) => rangeCondition(range, 'updated_at', (profile) => profile.updatedAt)),
    ...given(filter.inheritsFrom, (ids) => oneOf(idsIn('AccessProfile', ids, `${field}.inheritsFrom`), hasParent)),
    ...given(filter.inheritedBy, (ids) =>
      oneOf(idsIn('AccessProfile', ids, `${field}.inheritedBy`), (id) => any(parentsOf(id).map(hasId))),
    ),
  ]);
}

/**
 * The profiles whose parents have to be known before the filter can be understood: those under `inheritedBy`, since only
 * they say whom they inherit from. Throws UserInputError as `conditionOfFilter` does.
 */
export function idsToResolve(filter: ProfileFilter, field: string): readonly string[] {
  const ids = idsBelow(filter, field, 0);
  checkSize(ids.length, field);
  return ids;
}

/** The ids that each filter object names under `inheritedBy`, itself and below it. */
const resolved = new WeakMap<ProfileFilter, readonly string[]>();

function idsBelow(filter: ProfileFilter, field: string, depth: number): readonly string[] {
  if (depth > maxDepth) throw new UserInputError(field, `${field}: filters nest at most ${maxDepth} deep.`);
  const before = resolved.get(filter);
  if (before !== undefined) return before;
  const nested = [...(filter.and ?? []), ...(filter.or ?? []), ...(filter.not ? [filter.not] : [])];
  const { eq, in: several } = filter.inheritedBy ?? {};
  const own = [...(eq ? [eq] : []), ...(several ?? [])].map((id) => idOf('AccessProfile', id, `${field}.inheritedBy`));
  const ids = [...own, ...nested.flatMap((each) => idsBelow(each, field, depth + 1))];
  resolved.set(filter, ids);
  return ids;
}

function checkSize(values: number, field: string): void {
  if (values <= maxValues) return;
  throw new UserInputError(
    field,
    `${field}: compares with ${values} values; at most ${maxValues} are taken at a time.`,
  );
}

function given<T>(value: Maybe<T>, condition: (value: T) => Condition): readonly Condition[] {
  return value === null || value === undefined ? [] : [condition(value)];
}

/** The ids that satisfy an id filter; null where it asks nothing. */
function idsIn(kind: NodeKind, { eq, in: several }: IdFilter, field: string): readonly string[] | null {
  const one = eq === null || eq === undefined ? null : idOf(kind, eq, `${field}.eq`);
  const many = several?.map((id, i) => idOf(kind, id, `${field}.in.${i}`)) ?? null;
  if (one === null) return many === null ? null : [...new Set(many)];
  return many === null || many.includes(one) ? [one] : [];
}

function oneOf(ids: readonly string[] | null, condition: (id: string) => Condition): Condition {
  return ids === null ? everything : any(ids.map(condition));
}

function hasId(id: string): Condition {
  return test((profile) => profile.profileId === id, compare('id', 'eq', id));
}

/** The profiles of one type, by the API's id of it. */
export function isOfType(id: string): Condition {
  return test((profile) => profile.typeId === id, compare('profile_type', 'eq', id));
}

function hasParent(id: string): Condition {
  return test((profile) => directParentIds(profile).includes(id), compare('access_profiles_inherited', 'co', id));
}

function textCondition(filter: StringFilter, attribute: string, read: (profile: Profile) => string | null): Condition {
  const textTest = (operator: CompareOperator, value: string, holds: (text: string) => boolean): Condition =>
    test(
      (profile) => {
        const text = read(profile);
        return text !== null && holds(text);
      },
      pushable(attribute, operator, value),
    );
  const equals = (value: string) => textTest('eq', value, (text) => text === value);
  return all([
    ...given(filter.eq, equals),
    ...given(filter.ne, (value) => negate(equals(value))),
    ...given(filter.in, (values) => any([...new Set(values)].map(equals))),
    ...given(filter.contains, (value) => textTest('co', value, (text) => text.includes(value))),
    ...given(filter.startsWith, (value) => textTest('sw', value, (text) => text.startsWith(value))),
    ...given(filter.endsWith, (value) => textTest('ew', value, (text) => text.endsWith(value))),
  ]);
}

/** Data sources may be named by their global ids as well. */
function plainDatasources({ has, hasAny, hasAll, isEmpty }: StringListFilter, field: string): StringListFilter {
  const plain = (id: string, path: string) => plainId('Datasource', id, `${field}.${path}`);
  return {
    isEmpty,
    has: typeof has === 'string' ? plain(has, 'has') : has,
    hasAny: hasAny?.map((id, i) => plain(id, `hasAny.${i}`)),
    hasAll: hasAll?.map((id, i) => plain(id, `hasAll.${i}`)),
  };
}

/** Only `co` is asked of arrays: whether `eq` means one element or the whole list is not documented (API notes §3.1). */
function listCondition(
  filter: StringListFilter,
  attribute: string,
  read: (profile: Profile) => readonly string[],
): Condition {
  const has = (value: string) => test((profile) => read(profile).includes(value), pushable(attribute, 'co', value));
  return all([
    ...given(filter.has, has),
    ...given(filter.hasAny, (values) => any([...new Set(values)].map(has))),
    ...given(filter.hasAll, (values) => all([...new Set(values)].map(has))),
    ...given(filter.isEmpty, (empty) => test((profile) => (read(profile).length === 0) === empty)),
  ]);
}

function stateCondition(filter: StateFilter): Condition {
  const is = (state: ProfileState): Condition =>
    // UNRECOGNIZED is this gateway's word, not the API's.
    test((profile) => profile.state === state, state === 'UNRECOGNIZED' ? null : compare('state', 'eq', state));
  return all([
    ...given(filter.eq, is),
    ...given(filter.ne, (state) => negate(is(state))),
    ...given(filter.in, (states) => any([...new Set(states)].map(is))),
  ]);
}

/** Many tests ask one profile after the other of the same instant, which is parsed once for all of them. */
const instantOf = rememberLast(parseInstant);

/**
 * Instants are compared here to the last digit. The API is asked for the whole seconds around them, because how many
 * digits it compares is not documented.
 */
function rangeCondition(
  filter: DateTimeFilter,
  attribute: string,
  read: (profile: Profile) => string | null,
): Condition {
  const bound = (value: string, operator: 'ge' | 'le', holds: (order: number) => boolean): Condition => {
    const limit = parseInstant(value);
    // The DateTime scalar lets no other text through.
    if (limit === undefined) return nothing;
    return test(
      (profile) => {
        const instant = instantOf(read(profile) ?? '');
        return instant !== undefined && holds(orderInstants(instant, limit));
      },
      pushable(attribute, operator, wholeSecond(value, operator)),
    );
  };
  return all([
    ...given(filter.gt, (value) => bound(value, 'ge', (order) => order > 0)),
    ...given(filter.gte, (value) => bound(value, 'ge', (order) => order >= 0)),
    ...given(filter.lt, (value) => bound(value, 'le', (order) => order < 0)),
    ...given(filter.lte, (value) => bound(value, 'le', (order) => order <= 0)),
  ]);
}

/** An empty value says nothing that an API could narrow by, and some refuse it. */
function pushable(attribute: string, operator: CompareOperator, value: string) {
  return value === '' ? null : compare(attribute, operator, value);
}
