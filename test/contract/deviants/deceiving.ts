import type { Comparison, Filter } from '../../../src/scim/ast.ts';
import { and, or } from '../../../src/scim/ast.ts';
import type { Api, ApiReply, ApiRequest, Json } from '../upstream.ts';
import { allRows, comparisonsIn, filterOf, holds, isDocumented, pageOf } from './filtering.ts';
import { isObject } from './rewrite.ts';

/** An API that answers filters in a wrong way; `null`: this one as it should. */
export interface Deception {
  readonly name: string;
  answer(filter: Filter, request: ApiRequest, rows: readonly Json[]): ApiReply | null;
}

/** An API that takes all filters, and deceives while `active` says so. */
export function deceiving(deception: () => Deception, active: () => boolean) {
  // The world stands still, so that the sandbox is asked once.
  const unfiltered = new Map<string, Promise<ApiReply>>();
  return async (request: ApiRequest, next: Api): Promise<ApiReply> => {
    const filter = filterOf(request);
    if (filter === null) {
      const reply = unfiltered.get(request.target) ?? next(request);
      unfiltered.set(request.target, reply);
      return reply;
    }
    const all = await allRows(request, next);
    return (active() ? deception().answer(filter, request, all) : null) ?? found(filter, request, all);
  };
}

function found(filter: Filter, request: ApiRequest, rows: readonly Json[]): ApiReply {
  return pageOf(
    rows.filter((row) => holds(filter, row, false)),
    request,
  );
}

const isOfIds = (filter: Filter) => comparisonsIn(filter).every(({ attribute }) => attribute === 'id');
const isUndocumented = (filter: Filter) => !comparisonsIn(filter).every(isDocumented);
/** What the documents show: two operands of `or`, three comparisons. */
const isLong = (filter: Filter) => comparisonsIn(filter).length > 3 || largestOr(filter) > 2;
const isDoubtful = (filter: Filter) => isUndocumented(filter) || isLong(filter);

function largestOr(filter: Filter): number {
  if (filter.kind === 'or') return comparisonsIn(filter).length;
  return filter.kind === 'and' ? Math.max(...filter.operands.map(largestOr)) : 1;
}

const refusal = (status: number, what: string, refuses: (filter: Filter) => boolean): Deception => {
  const reply: ApiReply = { status, json: { code: 'InvalidArgument', message: 'no', details: [] } };
  return { name: `${status} to ${what}`, answer: (filter) => (refuses(filter) ? reply : null) };
};

const refusals: readonly Deception[] = [
  ...[400, 404, 405, 409, 410, 413, 414, 422, 431, 500, 501, 505].map((status) =>
    refusal(status, 'every undocumented filter', isUndocumented),
  ),
  ...[400, 422, 500].flatMap((status) => [
    refusal(status, 'one id', (filter) => isOfIds(filter) && filter.kind === 'compare'),
    refusal(status, 'several ids', (filter) => isOfIds(filter) && filter.kind !== 'compare'),
    refusal(status, 'filters that the documents do not show', isDoubtful),
  ]),
];

const empty: ApiReply = { status: 200, json: { values: [], next_page_token: '', has_more: false } };

const silences: readonly Deception[] = [
  { name: 'nothing by undocumented filters', answer: (filter) => (isUndocumented(filter) ? empty : null) },
  ...['id', 'name', 'state', 'description', 'created_at', 'access_profiles_inherited'].map(
    (attribute): Deception => ({
      name: `nothing by ${attribute}`,
      answer: (filter) => (comparisonsIn(filter).some((each) => each.attribute === attribute) ? empty : null),
    }),
  ),
  { name: 'nothing by long filters', answer: (filter) => (isLong(filter) ? empty : null) },
  ...[4, 10, 30].map(
    (most): Deception => ({
      name: `nothing by more than ${most} comparisons`,
      answer: (filter) => (comparisonsIn(filter).length > most ? empty : null),
    }),
  ),
  {
    name: 'all for undocumented filters',
    answer: (filter, request, rows) => (isUndocumented(filter) ? pageOf(rows, request) : null),
  },
  {
    name: 'pages without an end mark',
    answer: (filter) => (isUndocumented(filter) ? { status: 200, json: {} } : null),
  },
  { name: 'HTML', answer: (filter) => (isUndocumented(filter) ? { status: 200, text: '<html>' } : null) },
];

function rereading(
  name: string,
  operator: Comparison['operator'],
  reads: (value: string, wanted: string) => boolean,
): Deception {
  const reread = (filter: Filter, row: Json): boolean => {
    if (filter.kind === 'and') return filter.operands.every((each) => reread(each, row));
    if (filter.kind === 'or') return filter.operands.some((each) => reread(each, row));
    if (filter.kind !== 'compare' || filter.operator !== operator || isDocumented(filter))
      return holds(filter, row, false);
    const value = isObject(row) ? row[filter.attribute] : null;
    const values = Array.isArray(value) ? value : [value ?? ''];
    return values.some((each) => reads(String(each), String(filter.value)));
  };
  return {
    name,
    answer: (filter, request, rows) =>
      pageOf(
        rows.filter((row) => reread(filter, row)),
        request,
      ),
  };
}

const words = (text: string) => text.split(/[^\p{L}\p{N}]+/u);

const misreadings: readonly Deception[] = [
  rereading('co is equality', 'co', (value, wanted) => value === wanted),
  rereading('co is a prefix', 'co', (value, wanted) => value.startsWith(wanted)),
  rereading('co is a suffix', 'co', (value, wanted) => value.endsWith(wanted)),
  rereading('co is a whole word', 'co', (value, wanted) => words(value).includes(wanted)),
  rereading('co is all whole words', 'co', (value, wanted) =>
    words(wanted).every((word) => words(value).includes(word)),
  ),
  rereading('co is a prefix of a word', 'co', (value, wanted) => words(value).some((word) => word.startsWith(wanted))),
  rereading('co is a suffix of a word', 'co', (value, wanted) => words(value).some((word) => word.endsWith(wanted))),
  rereading('co finds nothing', 'co', () => false),
  rereading('sw is equality', 'sw', (value, wanted) => value === wanted),
  rereading('sw is the first word', 'sw', (value, wanted) => words(value)[0] === wanted),
  rereading('ew is equality', 'ew', (value, wanted) => value === wanted),
  rereading('ew is the last word', 'ew', (value, wanted) => words(value).at(-1) === wanted),
  rereading('eq is inequality', 'eq', (value, wanted) => value !== wanted),
  rereading('ge is le', 'ge', (value, wanted) => Date.parse(value) <= Date.parse(wanted)),
  rereading('le is equality', 'le', (value, wanted) => value === wanted),
  rereading('ge is three hours off', 'ge', (value, wanted) => Date.parse(value) >= Date.parse(wanted) + 3 * 3600_000),
  rereading('le is three hours off', 'le', (value, wanted) => Date.parse(value) <= Date.parse(wanted) - 3 * 3600_000),
];

/** Reads only some operands of each `or`, but for what the documents show. */
function cutting(name: string, keeps: (operands: readonly Filter[]) => readonly Filter[]): Deception {
  const cut = (filter: Filter): Filter => {
    if (filter.kind === 'and') return and(...filter.operands.map(cut));
    if (filter.kind !== 'or') return filter;
    return or(...keeps(filter.operands).map(cut));
  };
  return { name, answer: (filter, request, rows) => (isDoubtful(filter) ? found(cut(filter), request, rows) : null) };
}

const cuts: readonly Deception[] = [
  ...[1, 2, 3, 5, 25].flatMap((n) => [
    cutting(`the first ${n} of an or`, (operands) => operands.slice(0, n)),
    cutting(`the last ${n} of an or`, (operands) => operands.slice(-n)),
    cutting(`the first and the last ${n} of an or`, (operands) => [
      ...operands.slice(0, n),
      ...operands.slice(n).slice(-n),
    ]),
  ]),
  cutting('every second of an or', (operands) => operands.filter((_, i) => i % 2 === 0)),
  cutting('the other every second of an or', (operands) =>
    operands.length === 1 ? operands : operands.filter((_, i) => i % 2 === 1),
  ),
  cutting('all but the middle of an or', (operands) => {
    const middle = Math.floor(operands.length / 2);
    return operands.length < 4 ? operands : operands.filter((_, i) => i !== middle && i !== middle - 1);
  }),
];

/** Leaves off after some rows, and says that there are no more. */
const caps: readonly Deception[] = [1, 2, 3, 4, 5, 6, 7, 25].map((most) => ({
  name: `${most} rows at most by ids`,
  answer(filter, _request, rows) {
    if (!isOfIds(filter)) return null;
    const values = rows.filter((row) => holds(filter, row, false)).slice(0, most);
    return { status: 200, json: { values, next_page_token: '', has_more: false } };
  },
}));

const leavings: readonly Deception[] = [['first', 1, undefined] as const, ['last', 0, -1] as const].map(
  ([which, from, to]) => ({
    name: `all but the ${which} row by ids`,
    answer: (filter, request, rows) =>
      isOfIds(filter) ? pageOf(rows.filter((row) => holds(filter, row, false)).slice(from, to), request) : null,
  }),
);

export const deceptions: readonly Deception[] = [
  ...refusals,
  ...silences,
  ...misreadings,
  ...cuts,
  ...caps,
  ...leavings,
];
