import { UserInputError } from '../errors.ts';
import type { EntityRefInput, Maybe } from '../model/change-input.ts';
import type { Entitlement } from '../model/entitlement.ts';
import { idOf, type NodeKind, plainId } from '../model/node-id.ts';
import { directEntitlements, directParentIds } from '../model/profile.ts';
import { compare } from '../scim/ast.ts';
import { all, any, type Condition, countTests, everything, memberTest, negate, test } from './condition.ts';
import {
  type DateTimeFilter,
  given,
  listCondition,
  rangeCondition,
  type StateFilter,
  type StringFilter,
  type StringListFilter,
  stateCondition,
  textCondition,
} from './value-conditions.ts';

export interface IdFilter {
  readonly eq?: Maybe<string>;
  readonly in?: Maybe<readonly string[]>;
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
  readonly createdBy?: Maybe<StringFilter>;
  readonly requestable?: Maybe<boolean>;
  readonly usedByWorkflow?: Maybe<boolean>;
  readonly hasDraft?: Maybe<boolean>;
  readonly hasMembers?: Maybe<boolean>;
  readonly member?: Maybe<string>;
  readonly grants?: Maybe<EntityRefInput>;
}

/** The direct parents of a profile, by its id; none for an id that is not there. */
export type ParentsOf = (profileId: string) => readonly string[];

const maxDepth = 30;

/** Values to compare with in one filter: each is looked at for each profile. */
const maxValues = 2000;

/** The conditions of the filter objects of requests; those that depend on what `parentsOf` says are built anew each time. */
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
    ...given(filter.createdBy, (text) => textCondition(text, 'created_by', (profile) => profile.createdBy)),
    ...given(filter.requestable, (wanted) => test((profile) => (profile.requestable ?? false) === wanted)),
    ...given(filter.usedByWorkflow, (wanted) => test((profile) => (profile.usedByWorkflow ?? false) === wanted)),
    ...given(filter.hasDraft, (wanted) => test((profile) => (profile.draftVersionNumber !== null) === wanted)),
    ...given(filter.hasMembers, (wanted) =>
      memberTest(`${field}.hasMembers`, (members) => members.size > 0 === wanted),
    ),
    ...given(filter.member, (id) => isMember(id, `${field}.member`)),
    ...given(filter.grants, (entity) => grantsEntity(entity, `${field}.grants`)),
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

function isMember(id: string, field: string): Condition {
  const identityId = idOf('Identity', id, field);
  return memberTest(field, (members) => members.has(identityId));
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

function grantsEntity({ datasourceId: datasource, entityType, entityId }: EntityRefInput, field: string): Condition {
  const datasourceId = plainId('Datasource', datasource, `${field}.datasourceId`);
  for (const [member, value] of Object.entries({ datasourceId, entityType, entityId })) {
    if (value === '') throw new UserInputError(`${field}.${member}`, `${field}.${member}: must not be empty.`);
  }
  const isIt = (entitlement: Entitlement) =>
    entitlement.entityId === entityId &&
    entitlement.datasourceId === datasourceId &&
    (entityType === null || entityType === undefined || entitlement.entityType === entityType);
  return test((profile) => directEntitlements(profile).some(isIt));
}
