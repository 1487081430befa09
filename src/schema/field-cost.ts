import { attributeOfField } from '../filter/attributes.ts';
import { operatorOf } from '../filter/value-conditions.ts';
import { maxMemberReads } from '../loaders/matching.ts';
import { defaultFirst, maxFirst } from './arguments.ts';
import type { Arguments, FieldCost, SharedRead } from './field-options.ts';

/** Rows of one page of the Veza API, and ids in one request for profiles. */
export const pageSize = 100;
/** Estimated pages of all profiles: a tenant of a thousand. */
const allPages = 10;
/** Estimated calls of one scan of all profiles: the first page is read again after the counts of types. */
export const scanCalls = allPages + 1;
/** Calls that read a list to its end. All pages but the last are read again, to prove that no row moved meanwhile. */
const provenList = (pages: number) => 2 * pages - 1;
/** Walks of the inheritance graph that cost as much as one call. They run in memory, on one snapshot. */
const walksPerCall = 5;

/** Calls for data that an operation reads once, however many of its fields need it. */
export const sharedReads: Readonly<Record<SharedRead, number>> = {
  types: 1,
  integrations: 1,
  datasources: 1,
  policies: 1,
  scan: scanCalls,
  requestable: 1,
  members: maxMemberReads,
};

const always = (count: number) => () => count;

/** A list of objects that needs no call. The size is a guess at a large tenant where only the Veza API knows it. */
export const listOf = (size: number): FieldCost => ({ size: always(size) });

/** No call, and one object. For fields that must give a cost: see `FieldOptions.cost`. */
export const free: FieldCost = listOf(1);

/** `edges` and `nodes` of a connection. */
export const connectionRows: FieldCost = { isRows: true };

/** One call for all fields of the operation. */
export const typesOnce: FieldCost = { once: 'types' };

/** So many calls per object that the field is selected on. */
export const calls = (each: number, more: FieldCost = {}): FieldCost => ({ each: always(each), ...more });

/** Profiles that are loaded by id, and how many of them the field returns. */
export const profilesById = (ids: number, size = 1): FieldCost => ({ profilesById: always(ids), size: always(size) });

/** A result that is computed on the graph of all profiles, per object that the field is selected on. */
export const graphWalk = (size: number): FieldCost => calls(1 / walksPerCall, { once: 'scan', size: always(size) });

/** Findings in the graph of all profiles, and the lists of members of some where people are asked for. */
export const findings = (size: number): FieldCost => ({
  ...graphWalk(size),
  each: ({ includePeople }) => 1 / walksPerCall + (includePeople === true ? 10 : 0),
});

/** One list per profile. */
export const memberList: FieldCost = calls(1, listOf(20));

/**
 * A change: one read of a profile, a second one right before the write, the write, and a read that confirms it. A read asks by
 * id, and then reads the list if that reply proves nothing.
 */
export const readWriteRead: FieldCost = calls(3 * 2 + 1);

/** Profiles that a connection returns, from `first`. */
export const requestedRows = ({ first }: Arguments): number =>
  typeof first === 'number' && Number.isFinite(first) ? Math.min(Math.max(first, 0), maxFirst) : defaultFirst;

const isSorted = ({ orderBy }: Arguments): boolean => orderBy != null && [orderBy].flat().length > 0;

/**
 * A page of the profile list. If the gateway must check the filter, it may read all pages to fill the page; it reads them all to
 * sort them. Members take a call per profile that the rest of the filter leaves, up to the limit of an operation.
 */
export const profileList: FieldCost = {
  each: (args) => Math.max(provenList(pagesOf(args)), isChecked(args) ? scanCalls : 0),
  onceFor: (args) => {
    const isByType = [args['orderBy']].flat().some((order) => memberOf(order, 'field') === 'TYPE');
    // Several pages may be the whole list, which is compared with the counts of types.
    const needsTypes = isByType || isChecked(args) || pagesOf(args) > 1;
    const needed = requestableNeed(args);
    return [...(needsTypes ? (['types'] as const) : []), ...(needed === null ? [] : [needed]), ...memberReads(args)];
  },
  rows: requestedRows,
  restOfList: (args) => {
    if (isSorted(args)) return 0;
    return args['filter'] == null && !args['scimFilter'] && !args['search'] ? scanCalls : provenList(allPages);
  },
};

/** A page of the profiles of one type, by which the Veza API filters. */
export const profilesOfType: FieldCost = {
  ...profileList,
  restOfList: (args) => (isSorted(args) ? 0 : provenList(allPages)),
};

/** Every page of the list around the field. */
export const wholeList = (more: FieldCost = {}): FieldCost => ({ readsWholeList: true, ...more });

/** Calls for members, where a filter anywhere in the arguments asks for them. */
export const memberReads = (args: Arguments): readonly SharedRead[] =>
  asksFor(args, 'hasMembers') || asksFor(args, 'member') ? ['members'] : [];

/** The parts of a profile that the API must fill in for a filter. */
export const requestableNeed = ({ filter }: Arguments): 'requestable' | null =>
  asksFor(filter, 'requestable') ? 'requestable' : null;

/** Whether a filter, or a filter within it, has a condition of this name. */
function asksFor(filter: unknown, name: string): boolean {
  if (typeof filter !== 'object' || filter === null) return false;
  if (Array.isArray(filter)) return ofList(filter, name, () => filter.some((each) => asksFor(each, name)));
  return Object.entries(filter).some(([key, value]) => (key === name && value != null) || asksFor(value, name));
}

/** Answers about lists, by the question: many fields of one operation can share a variable. */
const knownOfLists = new WeakMap<readonly unknown[], Map<string, boolean>>();

function ofList(list: readonly unknown[], question: string, findOut: () => boolean): boolean {
  const known = knownOfLists.get(list) ?? new Map<string, boolean>();
  knownOfLists.set(list, known);
  const answer = known.get(question) ?? findOut();
  known.set(question, answer);
  return answer;
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

const pagesOf = (args: Arguments) => Math.max(1, Math.ceil(requestedRows(args) / pageSize));

/** Whether the gateway must check the rows, or sort them, so that it may read all pages. */
const isChecked = (args: Arguments): boolean => {
  const { filter, scimFilter, search } = args;
  return isSorted(args) || scimFilter != null || (search != null && search !== '') || !isDocumented(filter);
};

/**
 * Profiles that inherit from one. The list of their ids must be proven to be complete: by a filter for each 25 profiles, or by a
 * scan.
 */
export const childProfiles: FieldCost = { ...profilesById(5, 5), each: always(1 / 25), once: 'scan' };

/**
 * A change of the labels of many profiles: what matches is read, then each hundred of it is read, written and read again. Where the
 * caller does not say how many there are, a hundred is assumed.
 */
export const bulkChange: FieldCost = {
  each: ({ input }) => {
    const { profiles, maxMatches } = objectOf(input);
    const { ids } = objectOf(profiles);
    const count = Array.isArray(ids) ? ids.length : typeof maxMatches === 'number' ? Math.max(maxMatches, 0) : pageSize;
    return scanCalls + count + 2 * scanCalls * Math.ceil(count / pageSize);
  },
  once: 'types',
  onceFor: memberReads,
};

function objectOf(value: unknown): Arguments {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

const isEntityId = (id: unknown) => typeof id === 'string' && id.startsWith('Entity:');
const isReadAlone = (id: unknown) => typeof id === 'string' && /^(?:Identity|AccessRequest):/.test(id);
const isListed = (id: unknown) => typeof id === 'string' && /^(?:Datasource|LifecyclePolicy):/.test(id);

/** One object of any type per id. Only a scan tells whether a profile grants an entity. */
export const anyNode = (idsOf: (args: Arguments) => unknown): FieldCost => {
  const count = (args: Arguments) => [idsOf(args)].flat().length;
  return {
    once: 'types',
    each: (args) => {
      const ids = [idsOf(args)].flat();
      const alone = ids.filter(isReadAlone).length;
      return (ids.some(isEntityId) ? scanCalls : 0) + (ids.some(isListed) ? 2 : 0) + (alone > 0 ? alone + 5 : 0);
    },
    profilesById: count,
    namesIds: true,
    size: count,
  };
};

/** Whether the Veza API documents every condition of a typed filter, so that it returns only matching profiles. */
function isDocumented(filter: unknown): boolean {
  if (filter === null || filter === undefined) return true;
  if (Array.isArray(filter)) return ofList(filter, 'is documented', () => filter.every(isDocumented));
  if (typeof filter !== 'object') return false;
  return Object.entries(filter).every(([key, value]) =>
    key === 'and' || key === 'or' ? isDocumented(value) : isMemberDocumented(key, value),
  );
}

function isMemberDocumented(field: string, conditions: unknown): boolean {
  const { documented = [] } = attributeOfField(field) ?? {};
  if (typeof conditions !== 'object' || conditions === null) return conditions === null;
  return Object.entries(conditions).every(([member, value]) => {
    const operator = operatorOf(member);
    return operator !== null && documented.includes(operator) && value !== '';
  });
}

/** A scalar of a data source or policy: the list is read once, however many of its fields are selected. */
export const datasourceScalar: FieldCost = { once: 'datasources', size: always(0) };
export const policyScalar: FieldCost = { once: 'policies', size: always(0) };

/** A field of an object that takes a call of its own, unless only its ids and name are selected. */
export const ownCall: FieldCost = { object: 1, size: always(0) };

/** The cost of a first 404 for an identity: calls to find out whether the Veza API has the operation at all. */
export const confirmedIdentity: FieldCost = calls(5);

/** People who are members of about so many profiles, which a scan of all profiles finds. */
export const membersOf = (profiles: number): FieldCost => calls(profiles, { once: 'scan', size: always(2 * profiles) });
