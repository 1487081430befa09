import { attributeOfField } from '../filter/attributes.ts';
import { operatorOf } from '../filter/typed-filter.ts';
import { defaultFirst, maxFirst } from './connection.ts';
import type { Arguments, FieldCost, SharedRead } from './field-options.ts';

/** Rows of one page of the Veza API, and ids in one request for profiles. */
export const pageSize = 100;
/** Estimated calls of one scan of all profiles: a tenant of a thousand. */
export const scanCalls = 10;
/** Walks of the inheritance graph that cost as much as one call. They run in memory, on one snapshot. */
const walksPerCall = 5;

/** Calls for data that an operation reads once, however many of its fields need it. */
export const sharedReads: Readonly<Record<SharedRead, number>> = { types: 1, integrations: 1, scan: scanCalls };

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
export const profilesById = (ids: number, size = 1): FieldCost => ({
  profilesById: always(ids),
  size: always(size),
});

/** A result that is computed on the graph of all profiles, per object that the field is selected on. */
export const graphWalk = (size: number): FieldCost => calls(1 / walksPerCall, { once: 'scan', size: always(size) });

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

/** A page of the profile list. If the gateway must check the filter, it may read all pages to fill the page. */
export const profileList: FieldCost = {
  each: (args) => {
    const pages = Math.max(1, Math.ceil(requestedRows(args) / pageSize));
    const isChecked = args['scimFilter'] != null || !isDocumented(args['filter']);
    return isChecked ? Math.max(pages, scanCalls) : pages;
  },
  rows: requestedRows,
};

const isEntityId = (id: unknown) => typeof id === 'string' && id.startsWith('Entity:');

/** One object of any type per id. Only a scan tells whether a profile grants an entity. */
export const anyNode = (idsOf: (args: Arguments) => unknown): FieldCost => {
  const count = (args: Arguments) => [idsOf(args)].flat().length;
  return {
    once: 'types',
    each: (args) => ([idsOf(args)].flat().some(isEntityId) ? scanCalls : 0),
    profilesById: count,
    namesIds: true,
    size: count,
  };
};

/** Whether the Veza API documents every condition of a typed filter, so that it returns only matching profiles. */
function isDocumented(filter: unknown): boolean {
  if (filter === null || filter === undefined) return true;
  if (Array.isArray(filter)) return filter.every(isDocumented);
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
