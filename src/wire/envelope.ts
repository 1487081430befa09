import type { Page } from '../model/page.ts';
import {
  array,
  DecodeError,
  type DecodeNotes,
  type Decoder,
  field,
  isJsonObject,
  type JsonObject,
  jsonObject,
  optionalBoolean,
  optionalReference,
} from './decode.ts';

/** The keys a page may have besides its values; anything else means that this is not a page. */
const pagingKeys = new Set(['has_more', 'next_page_token']);

/**
 * A page of a list: `{ values, has_more, next_page_token }`, or a bare array. Only `has_more` says whether there is more
 * (§3.4): the last page may carry a token too. Where a reply has no `has_more` at all, it may be a false that was left out
 * or an API that has none: its token is followed as long as pages hold something.
 */
export function page<T>(decode: Decoder<T>): Decoder<Page<T>> {
  const decodeValues = array(decode);
  return (value, notes) => {
    if (Array.isArray(value)) return { values: decodeValues(value, notes), next: null };
    const body = jsonObject(value, notes);
    // proto3 JSON may leave out an empty list, but a body of another shape must not pass for an empty page.
    if (!('values' in body) && !Object.keys(body).every((key) => pagingKeys.has(key))) {
      throw new DecodeError('an array', undefined).under('values');
    }
    return pageOf(body, field(body, 'values', decodeValues, notes), notes);
  };
}

/** A page out of its values and what stands beside them. Throws DecodeError. */
export function pageOf<T>(body: JsonObject, values: readonly T[], notes: DecodeNotes): Page<T> {
  const token = field(body, 'next_page_token', optionalReference, notes);
  const hasMore = field(body, 'has_more', optionalBoolean, notes) ?? (token !== null && values.length > 0);
  if (hasMore && token === null) {
    throw new DecodeError('a page token, as has_more is true', null).under('next_page_token');
  }
  return { values, next: hasMore ? token : null };
}

/** A single object: `{ value: {…} }`, or the object itself. */
export function single<T>(decode: Decoder<T>): Decoder<T> {
  return (value, notes) =>
    isJsonObject(value) && isJsonObject(value['value']) ? field(value, 'value', decode, notes) : decode(value, notes);
}
