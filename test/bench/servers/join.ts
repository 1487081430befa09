import type { Pool } from 'undici';
import { base, type Question, serve } from './serve.ts';

/**
 * The same answer without GraphQL, as somebody who needs this one endpoint would write it by hand: the list, then the
 * types beside the parents, and two maps. No schema, no checks of what the API sends, no errors, no filters.
 */
const takesIds = process.argv.includes('--takes-ids');

interface Profile {
  readonly id: string;
  readonly name: string;
  readonly profile_type: string;
  readonly access_profiles_inherited: readonly string[];
}

interface Page {
  readonly values: readonly Profile[];
  readonly has_more: boolean;
  readonly next_page_token: string;
}

interface Types {
  readonly values: readonly { readonly id: string; readonly name: string }[];
}

serve(async (upstream, question, outgoing) => {
  const pages = new Pages(upstream, question);
  const { rows, cursor } = await list(pages, question);
  const reading: Promise<Types> = get(upstream, question, 'access_profiles_types');
  const parents = new Set(rows.flatMap((row) => row.access_profiles_inherited));
  const missing = [...parents].filter((id) => !pages.known.has(id));
  if (missing.length > 0) await (takesIds ? readByIds(pages, missing) : scan(pages, missing));
  const types = new Map((await reading).values.map(({ id, name }) => [id, { name }]));

  const nodes = rows.map((row) => ({
    name: row.name,
    type: types.get(row.profile_type) ?? null,
    inheritsFrom: row.access_profiles_inherited.flatMap((id) => {
      const parent = pages.known.get(id);
      return parent === undefined ? [] : [{ name: parent.name, type: types.get(parent.profile_type) ?? null }];
    }),
  }));
  const pageInfo = question.wantsCursor ? { pageInfo: { endCursor: cursor } } : {};
  const body = JSON.stringify({ data: { accessProfiles: { nodes, ...pageInfo } } });
  outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
});

const largestPage = 100;

/** The pages of one request, each read once, and the profiles they brought. */
class Pages {
  readonly known = new Map<string, Profile>();
  /** Where ids can't be asked for, the whole list will be read, so its pages are full. */
  readonly size: number;
  readonly #upstream: Pool;
  readonly #question: Question;
  readonly #pages = new Map<string, Page>();

  constructor(upstream: Pool, question: Question) {
    this.#upstream = upstream;
    this.#question = question;
    this.size = takesIds ? question.first : largestPage;
  }

  async at(token: string): Promise<Page> {
    const before = this.#pages.get(token);
    if (before !== undefined) return before;
    const page = await this.read({ page_size: String(this.size), ...(token === '' ? {} : { page_token: token }) });
    this.#pages.set(token, page);
    return page;
  }

  async read(parameters: Record<string, string>): Promise<Page> {
    const path = `access_profiles?${new URLSearchParams(parameters)}`;
    const page: Page = await get(this.#upstream, this.#question, path);
    for (const profile of page.values) this.known.set(profile.id, profile);
    return page;
  }
}

/** A cursor is an offset and the token of the page that it counts in. */
async function list(pages: Pages, { first, after }: Question) {
  const [, skipped = '0', tokenText = ''] = /^(\d+):(.*)$/.exec(after ?? '') ?? [];
  let offset = Number(skipped);
  let token = tokenText;
  const rows: Profile[] = [];
  for (;;) {
    const page = await pages.at(token);
    const taken = page.values.slice(offset, offset + first - rows.length);
    rows.push(...taken);
    offset += taken.length;
    if (offset === page.values.length && page.has_more) {
      token = page.next_page_token;
      offset = 0;
    } else break;
    if (rows.length === first) break;
  }
  return { rows, cursor: `${offset}:${token}` };
}

/** 88 ids make a URL of 5 KB; more than a page of them needs a second call. */
async function readByIds(pages: Pages, ids: readonly string[]): Promise<void> {
  const calls: Promise<Page>[] = [];
  for (let start = 0; start < ids.length; start += largestPage) {
    const chunk = ids.slice(start, start + largestPage);
    const filter = chunk.map((id) => `id eq "${id}"`).join(' or ');
    calls.push(pages.read({ filter, page_size: String(chunk.length) }));
  }
  await Promise.all(calls);
}

/** From the first page on, until all of them are there. */
async function scan(pages: Pages, ids: readonly string[]): Promise<void> {
  for (let token = ''; !ids.every((id) => pages.known.has(id)); ) {
    const page = await pages.at(token);
    if (!page.has_more) return;
    token = page.next_page_token;
  }
}

async function get<T>(upstream: Pool, { authorization }: Question, path: string): Promise<T> {
  const { body } = await upstream.request({ method: 'GET', path: `${base}/${path}`, headers: { authorization } });
  return JSON.parse(await body.text());
}
