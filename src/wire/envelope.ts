import type { Page } from '../model/page.ts';
import {
  array,
  type Decoder,
  isJsonObject,
  type JsonObject,
  jsonObject,
  member,
  optionalBoolean,
  optionalReference,
  type Place,
  texts,
} from './decode.ts';

/** The keys a page may have besides its values; anything else means that this is not a page. */
const pagingKeys = new Set(['has_more', 'next_page_token']);

/**
 * A page of a list: `{ values, has_more, next_page_token }`, or a bare array, which is believed to be empty only of an API whose lists
 * come so. Only `has_more` says whether there is more (§3.4): the last page may carry a token too. Where a reply has no `has_more`
 * at all, it may be a false that was left out or an API that has none: its token is followed as long as pages hold something.
 */
export function page<T>(decode: Decoder<T>): Decoder<Page<T>> {
  const decodeValues = array(decode);
  return (value, at) => {
    const { style } = at.reply;
    if (Array.isArray(value) && (value.length > 0 || style === undefined || style.answersArrays)) {
      if (style !== undefined) style.answersArrays = true;
      return { values: decodeValues(value, at), next: null };
    }
    const body = jsonObject(value, at);
    // proto3 JSON may leave out an empty list, and others print null, but a body of another shape must not pass for an empty page.
    const isPage =
      Object.keys(body).every((key) => pagingKeys.has(key) || key === 'values') &&
      (mayLeaveOut(at) || 'has_more' in body);
    if ((body['values'] ?? null) === null && !isPage) throw at.at('values').unexpected('an array', body['values']);
    noteStyle(at, body, Array.isArray(body['values']) ? body['values'][0] : undefined);
    return pageOf(body, member(body, 'values', decodeValues, at), at);
  };
}

/** A page of a list that is not empty, or says so: a body without values is no page where nothing more follows. */
export function statedPage<T>(decode: Decoder<T>): Decoder<Page<T>> {
  const decodePage = page(decode);
  return (value, at) => {
    const read = decodePage(value, at);
    if (isJsonObject(value) && !Array.isArray(value['values']) && read.next === null) {
      throw at.at('values').unexpected('an array', value['values']);
    }
    return read;
  };
}

/** Whether this API may leave out what is empty: `{}` is an empty page then, and may be a failure of any other API. */
function mayLeaveOut({ reply: { style } }: Place): boolean {
  return style === undefined || style.leavesOutZeroValues === true;
}

/** Learns from a page and one of its rows what the API prints. */
export function noteStyle({ reply: { style } }: Place, { has_more }: JsonObject, row: unknown): void {
  if (style === undefined) return;
  style.saysHasMore ||= typeof has_more === 'boolean';
  if (has_more === false) style.leavesOutZeroValues = false;
  if (style.leavesOutZeroValues === null && isJsonObject(row)) {
    style.leavesOutZeroValues = !Object.values(row).some((each) => !each || (Array.isArray(each) && each.length === 0));
  }
}

/** A page out of its values and what stands beside them. Throws what `Place.unexpected` gives. */
export function pageOf<T>(body: JsonObject, values: readonly T[], at: Place): Page<T> {
  const token = member(body, 'next_page_token', optionalReference, at);
  const stated = member(body, 'has_more', optionalBoolean, at);
  const { saysHasMore = false, leavesOutZeroValues = null } = at.reply.style ?? {};
  if (stated === null && token !== null && values.length === 0 && saysHasMore && leavesOutZeroValues === false) {
    throw at.at('has_more').unexpected('a boolean', body['has_more']);
  }
  const hasMore = stated ?? (token !== null && values.length > 0);
  if (hasMore && token === null) {
    throw at.at('next_page_token').unexpected('a page token, as has_more is true', null);
  }
  return { values, next: hasMore ? token : null };
}

/** A single object: `{ value: {…} }`, or the object itself. */
export function single<T>(decode: Decoder<T>): Decoder<T> {
  return (value, at) =>
    isJsonObject(value) && isJsonObject(value['value']) ? member(value, 'value', decode, at) : decode(value, at);
}

/**
 * E9's reply, `{ "integrations": [...] }` at the top level (API notes §1.7); wrapped in `value`, or as a bare array that is not empty,
 * it reads the same.
 */
export const decodeIntegrations: Decoder<readonly string[]> = (value, at) =>
  Array.isArray(value) && value.length > 0 ? texts(value, at) : single(decodeIntegrationsBody)(value, at);

const decodeIntegrationsBody: Decoder<readonly string[]> = (value, at) => {
  const body = jsonObject(value, at);
  // An empty object is an empty list where the API is known to leave such out, as proto3 JSON may; else it is not an answer.
  if (!('integrations' in body) && (Object.keys(body).length > 0 || !mayLeaveOut(at))) {
    throw at.at('integrations').unexpected('an array', undefined);
  }
  return member(body, 'integrations', texts, at);
};
