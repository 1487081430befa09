import type { Comparison, Filter } from '../../../src/scim/ast.ts';
import { and, or } from '../../../src/scim/ast.ts';
import { parseFilter } from '../../../src/scim/parser.ts';
import { printFilter } from '../../../src/scim/printer.ts';
import type { Api, ApiReply, ApiRequest, Deviant, Json } from '../upstream.ts';
import { withQuery } from '../upstream.ts';
import { isList, isObject } from './rewrite.ts';

/** What filters may be taken, and what may become of the others. */
export const filteringDeviants: readonly Deviant[] = [
  {
    name: 'refused: google.rpc.Status',
    answer: refusing({ status: 400, json: { code: 3, message: 'no', details: [] } }),
  },
  { name: 'refused: an HTML page', answer: refusing({ status: 400, text: '<html>Bad Request</html>' }) },
  {
    name: 'refused: not implemented',
    answer: refusing({ status: 501, json: { code: 'Unimplemented', message: 'no' } }),
  },
  { name: 'refused: unprocessable', answer: refusing({ status: 422, json: {} }) },
  { name: 'every attribute can be filtered', readsFilters: true, sandbox: { openFilters: true } },
  {
    name: 'every attribute, no case in any text',
    readsFilters: true,
    sandbox: { openFilters: true },
    answer: own({ foldsCase: true }),
  },
  {
    name: 'every attribute, case counts',
    readsFilters: true,
    sandbox: { openFilters: true },
    answer: own({ foldsCase: false }),
  },
  { name: 'ids can be filtered, nothing else besides', sandbox: { openFilters: true }, answer: onlyIds },
  { name: 'what is undocumented is ignored', readsFilters: true, answer: replacing(true) },
  { name: 'what is undocumented matches nothing', readsFilters: true, answer: replacing(false) },
  { name: 'the whole filter is ignored if something in it is undocumented', answer: ignoringWhole },
  { name: 'co on a list: within an element', sandbox: { arrayContains: 'substring' } },
  {
    name: 'co on a list: within an element, without case',
    readsFilters: true,
    answer: own({ foldsCase: true, documentedOnly: true }),
  },
  { name: 'eq on a list: one of the elements', sandbox: { arrayEquals: 'element' } },
  // Shorter chains are tried as long as they cost less than a scan of unknown length.
  {
    name: 'URLs end at 2,000 bytes',
    sandbox: { openFilters: true },
    answer: shortUrls,
    callBudget: { list: 4, rounds: 3, byId: 8 },
  },
  {
    name: 'or has at most ten operands',
    sandbox: { openFilters: true },
    answer: shortChains,
    callBudget: { list: 4, rounds: 3, byId: 6 },
  },
  { name: 'ids that are no UUIDs are refused', sandbox: { openFilters: true }, answer: onlyUuids },
  { name: 'every filter is refused', answer: everyFilterRefused },
];

const documented = new Set(['integrations co', 'integrations eq', 'provider_ids co', 'labels co', 'profile_type eq']);

export function filterOf(request: ApiRequest): Filter | null {
  const text = request.query.get('filter');
  return isList(request) && text !== null ? parseFilter(text) : null;
}

export function comparisonsIn(filter: Filter): readonly Comparison[] {
  if (filter.kind === 'compare') return [filter];
  if (filter.kind === 'and' || filter.kind === 'or') return filter.operands.flatMap(comparisonsIn);
  return filter.kind === 'not' ? comparisonsIn(filter.operand) : [];
}

export function isDocumented({ attribute, operator }: Comparison): boolean {
  return documented.has(`${attribute} ${operator}`);
}

const refusal: ApiReply = { status: 400, json: { code: 'InvalidArgument', message: 'Invalid Arguments', details: [] } };

function refusing(reply: ApiReply): NonNullable<Deviant['answer']> {
  return async (request, next) => {
    const filter = filterOf(request);
    return filter !== null && !comparisonsIn(filter).every(isDocumented) ? reply : next(request);
  };
}

async function everyFilterRefused(request: ApiRequest, next: Api): Promise<ApiReply> {
  return filterOf(request) === null ? next(request) : refusal;
}

async function onlyIds(request: ApiRequest, next: Api): Promise<ApiReply> {
  const takes = (it: Comparison) => isDocumented(it) || (it.attribute === 'id' && it.operator === 'eq');
  const filter = filterOf(request);
  return filter !== null && !comparisonsIn(filter).every(takes) ? refusal : next(request);
}

async function onlyUuids(request: ApiRequest, next: Api): Promise<ApiReply> {
  const filter = filterOf(request);
  const isBad = ({ attribute, value }: Comparison) => attribute === 'id' && !/^[0-9a-f-]{36}$/.test(String(value));
  return filter !== null && comparisonsIn(filter).some(isBad) ? refusal : next(request);
}

async function shortUrls(request: ApiRequest, next: Api): Promise<ApiReply> {
  return request.target.length > 2000 ? { status: 414, text: '<html>URI Too Long</html>' } : next(request);
}

async function shortChains(request: ApiRequest, next: Api): Promise<ApiReply> {
  const filter = filterOf(request);
  return filter !== null && comparisonsIn(filter).length > 10 ? refusal : next(request);
}

async function ignoringWhole(request: ApiRequest, next: Api): Promise<ApiReply> {
  const filter = filterOf(request);
  const ignores = filter !== null && !comparisonsIn(filter).every(isDocumented);
  return next(ignores ? withQuery(request, { filter: null }) : request);
}

/** Undocumented comparisons hold for every profile, or for none. */
function replacing(constant: boolean): NonNullable<Deviant['answer']> {
  return async (request, next) => {
    const filter = filterOf(request);
    if (filter === null) return next(request);
    const folded = fold(filter, constant);
    if (folded === false) return { status: 200, json: { values: [], next_page_token: '', has_more: false } };
    return next(withQuery(request, { filter: folded === true ? null : printFilter(folded) }));
  };
}

function fold(filter: Filter, constant: boolean): Filter | boolean {
  if (filter.kind === 'compare') return isDocumented(filter) ? filter : constant;
  if (filter.kind !== 'and' && filter.kind !== 'or') return constant;
  const decisive = filter.kind === 'or';
  const operands = filter.operands.map((operand) => fold(operand, constant));
  if (operands.includes(decisive)) return decisive;
  const rest = operands.filter((operand): operand is Filter => typeof operand !== 'boolean');
  if (rest.length === 0) return !decisive;
  return filter.kind === 'and' ? and(...rest) : or(...rest);
}

/** Filters and pages by itself; `co` and its like look into the elements of a list. */
function own(options: { readonly foldsCase: boolean; readonly documentedOnly?: true }): NonNullable<Deviant['answer']> {
  return async (request, next) => {
    const filter = filterOf(request);
    if (filter === null) return next(request);
    if (options.documentedOnly && !comparisonsIn(filter).every(isDocumented)) return refusal;
    const found = (await allRows(request, next)).filter((row) => holds(filter, row, options.foldsCase));
    return pageOf(found, request);
  };
}

const rowsOf = new WeakMap<Api, Promise<readonly Json[]>>();

/** Every row of the list of an API that stands still. */
export function allRows(request: ApiRequest, next: Api): Promise<readonly Json[]> {
  const rows = rowsOf.get(next) ?? readRows(request, next);
  rowsOf.set(next, rows);
  return rows;
}

async function readRows(request: ApiRequest, next: Api): Promise<readonly Json[]> {
  const rows: Json[] = [];
  let token: string | null = null;
  do {
    const { json }: ApiReply = await next(withQuery(request, { filter: null, page_size: '100', page_token: token }));
    if (!isObject(json) || !Array.isArray(json['values'])) return rows;
    rows.push(...json['values']);
    token = json['has_more'] === true ? String(json['next_page_token']) : null;
  } while (token !== null);
  return rows;
}

/** The page of some rows that a request asks for. */
export function pageOf(rows: readonly Json[], request: ApiRequest): ApiReply {
  const offset = Number(request.query.get('page_token') ?? 0);
  const end = offset + Number(request.query.get('page_size') ?? 50);
  const page = { values: rows.slice(offset, end), next_page_token: String(end), has_more: end < rows.length };
  return { status: 200, json: page };
}

/** Whether a row satisfies a filter; `co` and its like look into the elements of a list. */
export function holds(filter: Filter, row: Json, foldsCase: boolean): boolean {
  if (filter.kind === 'and') return filter.operands.every((operand) => holds(operand, row, foldsCase));
  if (filter.kind === 'or') return filter.operands.some((operand) => holds(operand, row, foldsCase));
  if (filter.kind !== 'compare' || !isObject(row)) return false;
  const folded = (json: Json | undefined) => (foldsCase ? String(json).toLowerCase() : String(json));
  const wanted = folded(filter.value);
  const value = row[filter.attribute];
  const elements = (Array.isArray(value) ? value : [value ?? '']).map(folded);
  return elements.some((element) => {
    switch (filter.operator) {
      case 'eq':
        return element === wanted;
      case 'co':
        return element.includes(wanted);
      case 'sw':
        return element.startsWith(wanted);
      case 'ew':
        return element.endsWith(wanted);
      case 'ge':
        return Date.parse(element) >= Date.parse(wanted);
      case 'le':
        return Date.parse(element) <= Date.parse(wanted);
      default:
        return false;
    }
  });
}
