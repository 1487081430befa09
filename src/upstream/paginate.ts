import type { Page } from '../model/page.ts';
import { invalidReply, unsettled } from './failure.ts';

/** More pages than any tenant has: at 100 rows each, ten million. */
const defaultMaxPages = 100_000;

/** Readings of a list of several pages until two in a row must agree. */
export const maxReadings = 3;

/**
 * Reads a list page by page, from `token` on. Throws UpstreamError where the API hands out a page token for the second
 * time or does not come to an end, since either would go on for ever.
 */
export async function* paginate<T>(
  attempt: string,
  fetchPage: (token: string | null) => Promise<Page<T>>,
  token: string | null = null,
  maxPages = defaultMaxPages,
): AsyncGenerator<Page<T>, void, undefined> {
  const seen = new Set<string>();
  let next = token;
  for (let pages = 0; pages < maxPages; pages++) {
    const page = await fetchPage(next);
    yield page;
    if (page.next === null) return;
    if (page.next === token || seen.has(page.next)) throw invalidReply(attempt, 'a page token came twice', 200);
    seen.add(page.next);
    next = page.next;
  }
  throw invalidReply(attempt, `there are more than ${maxPages} pages`, 200);
}

/**
 * Whether a list stood still while some pages of it were read: `again` reads them once more, and they hold the same. Else a row may have
 * moved to a page that had been read already, and was missed. The last page has none behind it, and is read again only where a row
 * came on two pages.
 */
export async function stoodStill<T>(
  pages: readonly Page<T>[],
  again: AsyncIterable<Page<T>>,
  keyOf: (row: T) => string,
): Promise<boolean> {
  if (pages.length <= 1) return true;
  const keys = pages.map(({ values }) => values.map(keyOf).sort());
  const seen = new Set<string>();
  let isDisjoint = true;
  for (const ofPage of keys) {
    const known = ofPage.filter((key) => seen.has(key)).length;
    // A page that brings nothing new is no page of this list: its token was not read.
    if (known > 0 && known === ofPage.length) return false;
    isDisjoint &&= known === 0;
    for (const key of ofPage) seen.add(key);
  }
  const checked = isDisjoint ? keys.slice(0, -1) : keys;
  let read = 0;
  for await (const { values } of again) {
    if (values.map(keyOf).sort().join() !== checked[read++]?.join()) return false;
    if (read === checked.length) return true;
  }
  return false;
}

/** Every row of a list, which is read until it stood still meanwhile. Throws UpstreamError. */
export async function readWhole<T>(
  attempt: string,
  fetchPage: (token: string | null) => Promise<Page<T>>,
  keyOf: (row: T) => string,
  maxPages?: number,
): Promise<readonly T[]> {
  const read = () => paginate(attempt, fetchPage, null, maxPages);
  for (let readings = 0; readings < maxReadings; readings++) {
    const pages: Page<T>[] = [];
    for await (const page of read()) pages.push(page);
    if (await stoodStill(pages, read(), keyOf)) return pages.flatMap(({ values }) => values);
  }
  throw unsettled(attempt, maxReadings);
}
