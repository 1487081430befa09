import type { Pool } from 'undici';
import { base, type Question, serve } from './serve.ts';

/**
 * The same answer without GraphQL, as somebody who needs this one endpoint would write it by hand: the list, then the
 * types beside the parents, and two maps. No schema, no checks of what the API sends, no errors, no filters.
 */
interface Profile {
  readonly id: string;
  readonly name: string;
  readonly profile_type: string;
  readonly access_profiles_inherited: readonly string[];
}

interface Page<T> {
  readonly values: readonly T[];
  readonly has_more: boolean;
  readonly next_page_token: string;
}

const largestPage = 100;

serve(async (upstream, question, outgoing) => {
  const { first, after } = question;
  const read = <T>(path: string): Promise<Page<T>> => get(upstream, question, path);
  const readProfiles = (parameters: Record<string, string>) =>
    read<Profile>(`access_profiles?${new URLSearchParams(parameters)}`);

  const page = await readProfiles({ page_size: String(first), ...(after === null ? {} : { page_token: after }) });
  const rows = page.values;
  const known = new Map(rows.map((row) => [row.id, row]));
  const readingTypes = read<{ readonly id: string; readonly name: string }>('access_profiles_types');
  const missing = [...new Set(rows.flatMap((row) => row.access_profiles_inherited))].filter((id) => !known.has(id));
  const calls: Promise<Page<Profile>>[] = [];
  // 88 ids make a URL of 5 KB; more than a page of them needs a second call.
  for (let start = 0; start < missing.length; start += largestPage) {
    const ids = missing.slice(start, start + largestPage);
    const filter = ids.map((id) => `id eq "${id}"`).join(' or ');
    calls.push(readProfiles({ filter, page_size: String(ids.length) }));
  }
  for (const { values } of await Promise.all(calls)) for (const each of values) known.set(each.id, each);
  const types = new Map((await readingTypes).values.map(({ id, name }) => [id, { name }]));

  const nodes = rows.map((row) => ({
    name: row.name,
    type: types.get(row.profile_type) ?? null,
    inheritsFrom: row.access_profiles_inherited.flatMap((id) => {
      const parent = known.get(id);
      return parent === undefined ? [] : [{ name: parent.name, type: types.get(parent.profile_type) ?? null }];
    }),
  }));
  const pageInfo = question.wantsCursor ? { pageInfo: { endCursor: page.next_page_token } } : {};
  const body = JSON.stringify({ data: { accessProfiles: { nodes, ...pageInfo } } });
  outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
});

async function get<T>(upstream: Pool, { authorization }: Question, path: string): Promise<T> {
  const { body } = await upstream.request({ method: 'GET', path: `${base}/${path}`, headers: { authorization } });
  return JSON.parse(await body.text());
}
