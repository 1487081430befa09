import { type Change, changeKey } from '../graph/change.ts';
import { columns, type Filters, noFilters, type Sorting } from '../graph/filter.ts';
import type { EntityRef } from '../text/entitlement-name.ts';

export const views = ['overview', 'profile', 'grants', 'findings', 'change', 'compare', 'query'] as const;
export type View = (typeof views)[number];

/** Everything that decides what the explorer shows. */
export interface Address {
  readonly view: View;
  /** The profile in front; in Compare the first one. */
  readonly id?: string | undefined;
  /** Other end of a path; in Compare the second profile. */
  readonly to?: string | undefined;
  /** Steps around the profile. Infinity: all. Undefined: what fits. */
  readonly levels?: number | undefined;
  readonly entity?: EntityRef | undefined;
  readonly changes: readonly Change[];
  /** Place of the open finding in the list. */
  readonly finding?: number | undefined;
  /** The other profiles are drawn too. */
  readonly rest: boolean;
  readonly filters: Filters;
  /** The box or row that was clicked. */
  readonly chosen?: string | undefined;
  /** The part of the card that is open. */
  readonly tab?: CardTab | undefined;
  /** Order of the table. */
  readonly sort?: Sorting | undefined;
}

export const cardTabs = ['entitlements', 'members', 'findings'] as const;
export type CardTab = (typeof cardTabs)[number];

export const firstAddress: Address = { view: 'overview', changes: [], rest: false, filters: noFilters };

const prefix = '#explorer';

/** The address as the fragment of a link. Labels and search words are the tenant's own words: they stay out of it. */
export function printAddress(address: Address): string {
  const parameters = new URLSearchParams({ view: address.view });
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== '') parameters.append(name, value);
  };
  add('id', address.id);
  add('to', address.to);
  add(
    'levels',
    address.levels === undefined ? undefined : Number.isFinite(address.levels) ? String(address.levels) : 'all',
  );
  if (address.entity !== undefined) add('entity', printList(partsOf(address.entity)));
  for (const change of address.changes) {
    const subject = 'parent' in change ? [change.parent] : partsOf(change.entity);
    add('change', printList([change.kind, change.child, ...subject]));
  }
  add('finding', address.finding === undefined ? undefined : String(address.finding));
  if (address.rest) add('rest', 'yes');
  // In the answer of a query, boxes may go by their names.
  if (address.view !== 'query') add('chosen', address.chosen);
  add('tab', address.tab);
  add('sort', address.sort && `${address.sort.isDescending ? '-' : ''}${address.sort.column}`);
  for (const type of address.filters.types) add('type', type);
  for (const state of address.filters.states) add('state', state);
  if (address.filters.withFindings) add('with', 'findings');
  return `${prefix}?${parameters}`;
}

/** The address that a fragment holds; undefined if it is none of the explorer's. What can't be understood is left out. */
export function readAddress(fragment: string): Address | undefined {
  if (fragment !== prefix && !fragment.startsWith(`${prefix}?`)) return undefined;
  const parameters = new URLSearchParams(fragment.slice(prefix.length + 1));
  const one = (name: string) => parameters.get(name) || undefined;
  const wanted = one('view');
  return {
    view: views.find((view) => view === wanted) ?? 'overview',
    id: one('id'),
    to: one('to'),
    levels: readLevels(one('levels')),
    entity: readEntity(readList(one('entity') ?? '')),
    changes: uniqueChanges(parameters.getAll('change').flatMap((text) => readChange(readList(text)) ?? [])),
    finding: readWhole(one('finding')),
    rest: one('rest') === 'yes',
    chosen: one('chosen'),
    tab: cardTabs.find((tab) => tab === one('tab')),
    sort: readSorting(one('sort')),
    filters: {
      ...noFilters,
      types: parameters.getAll('type'),
      states: parameters.getAll('state'),
      withFindings: one('with') === 'findings',
    },
  };
}

function partsOf({ datasourceId, entityType, entityId }: EntityRef): readonly string[] {
  return [datasourceId, entityType, entityId];
}

/** Ids may hold any character, so each is encoded for itself; the sign between them is one that encoding would leave alone. */
function printList(parts: readonly string[]): string {
  return parts.map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')).replaceAll('~', '%7E')).join('~');
}

function readList(text: string): readonly string[] {
  try {
    return text.split('~').map(decodeURIComponent);
  } catch {
    return [];
  }
}

function readEntity([datasourceId, entityType, entityId]: readonly string[]): EntityRef | undefined {
  return datasourceId === undefined || entityType === undefined || !entityId
    ? undefined
    : { datasourceId, entityType, entityId };
}

function readChange([kind, child, ...subject]: readonly string[]): Change | undefined {
  if (!child) return undefined;
  if (kind === 'drop' || kind === 'add') return subject[0] ? { kind, child, parent: subject[0] } : undefined;
  const entity = readEntity(subject);
  return (kind === 'revoke' || kind === 'grant') && entity !== undefined ? { kind, child, entity } : undefined;
}

function uniqueChanges(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.map((change) => [changeKey(change), change])).values()];
}

function readLevels(text: string | undefined): number | undefined {
  return text === 'all'
    ? Number.POSITIVE_INFINITY
    : text === '1' || text === '2' || text === '3'
      ? Number(text)
      : undefined;
}

function readSorting(text: string | undefined): Sorting | undefined {
  const column = columns.find((each) => each === text?.replace(/^-/, ''));
  return column && { column, isDescending: text?.startsWith('-') === true };
}

function readWhole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}
