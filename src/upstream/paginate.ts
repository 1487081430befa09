import type { Page } from '../model/page.ts';
import { invalidReply } from './failure.ts';

/** More pages than any tenant has: at 100 rows each, ten million. */
const defaultMaxPages = 100_000;

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
