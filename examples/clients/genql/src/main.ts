import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createClient, GenqlError } from './generated';

const url = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000/graphql';

/** What was sent: a document, or its hash alone. */
const sent: ('document' | 'hash')[] = [];

/**
 * genql writes documents at run time and has no persisted queries of its own; its `fetcher` is the place for them. Sends the hash of
 * the document; and the document too, after the gateway has said that it does not know the hash.
 */
function newClient(headers: Record<string, string> = {}) {
  return createClient({
    fetcher: async (operation) => {
      assert(!Array.isArray(operation));
      const { query, variables } = operation;
      const sha256Hash = createHash('sha256').update(query).digest('hex');
      const send = async (what: 'document' | 'hash') => {
        sent.push(what);
        const extensions = { persistedQuery: { version: 1, sha256Hash } };
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ variables, extensions, ...(what === 'document' && { query }) }),
        });
        return response.json();
      };
      const answer = await send('hash');
      return answer.errors?.[0]?.extensions.code === 'PERSISTED_QUERY_NOT_FOUND' ? send('document') : answer;
    },
  });
}
const client = newClient();

// genql has objects in place of fragments.
const row = { id: true, name: true, labels: true } as const;

async function readPage(after: string | null) {
  const { accessProfiles } = await client.query({
    accessProfiles: {
      __args: { first: 20, after },
      totalCount: true,
      pageInfo: { endCursor: true, hasNextPage: true },
      nodes: row,
    },
  });
  assert(accessProfiles);
  const { nodes, pageInfo, totalCount } = accessProfiles;
  return { rows: nodes, next: pageInfo.hasNextPage ? pageInfo.endCursor : null, totalCount };
}

// All pages.
let page = await readPage(null);
const rows = [...page.rows];
while (page.next !== null) {
  page = await readPage(page.next);
  rows.push(...page.rows);
}
assert.equal(new Set(rows.map(({ id }) => id)).size, page.totalCount);

// The mutation returns the profile as it is afterwards; there is no cache that could be wrong.
const [profile] = rows;
assert(profile);
const setLabels = async (id: string, labels: string[]) => {
  const { setAccessProfileLabels } = await client.mutation({
    setAccessProfileLabels: {
      __args: { input: { id, labels } },
      __typename: true,
      on_SetAccessProfileLabelsPayload: { accessProfile: row },
      on_Error: { message: true },
    },
  });
  return setAccessProfileLabels;
};
const labels = ['genql', `${Date.now()}`];
const result = await setLabels(profile.id, labels);
assert(result?.__typename === 'SetAccessProfileLabelsPayload');
assert.deepEqual(result.accessProfile.labels, labels);

// Refetched by its global id; by its hash from the second time on.
const refetch = async () => {
  const { node } = await client.query({
    node: { __args: { id: profile.id }, __typename: true, on_AccessProfile: { labels: true } },
  });
  assert(node && 'labels' in node);
  return node.labels;
};
assert.deepEqual(await refetch(), labels);
sent.length = 0;
assert.deepEqual(await refetch(), labels);
assert.deepEqual(sent, ['hash']);

// An expected failure of a mutation is a member of its union.
const failure = await setLabels('no-such-profile', labels);
assert(failure?.__typename === 'NotFoundError');
assert.match(failure.message, /no-such-profile/);

// A field that fails is null with an error at its path. genql throws; its error has the data of the other fields.
const isWith = (code: string) => (error: unknown) =>
  error instanceof GenqlError && Object.is(Object(error.errors[0]).extensions?.code, code);
await assert.rejects(
  client.query({ integrations: true, accessProfiles: { __args: { after: 'foreign' }, nodes: { id: true } } }),
  (error) => isWith('BAD_USER_INPUT')(error) && error instanceof GenqlError && error.data.integrations.includes('OKTA'),
);

// A key that the Veza API does not accept.
await assert.rejects(
  newClient({ authorization: 'Bearer wrong' }).query({ integrations: true }),
  isWith('UNAUTHENTICATED'),
);
