import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { ClientError, GraphQLClient } from 'graphql-request';
import { graphql, readFragment } from './graphql.js';

const url = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000/graphql';

/** What was sent: a document, or its hash alone. */
const sent: ('document' | 'hash')[] = [];

/**
 * graphql-request has no persisted queries of its own; its `fetch` is the place for them. Sends the hash of the document; and the
 * document too, after the gateway has said that it does not know the hash.
 */
const persistedFetch: typeof fetch = async (input, init) => {
  const { query, ...rest }: { query: string } = JSON.parse(String(init?.body));
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const send = (body: object) => fetch(input, { ...init, body: JSON.stringify({ ...rest, ...body, extensions }) });
  sent.push('hash');
  const response = await send({});
  const { errors } = await response.clone().json();
  if (errors?.[0]?.extensions?.code !== 'PERSISTED_QUERY_NOT_FOUND') return response;
  sent.push('document');
  return send({ query });
};

const client = new GraphQLClient(url, { fetch: persistedFetch });

const Row = graphql('fragment Row on AccessProfile { id name labels }');
const List = graphql(
  `query List($after: String) {
    accessProfiles(first: 20, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { ...Row } }
  }`,
  [Row],
);
const Refetch = graphql('query Refetch($id: ID!) { node(id: $id) { __typename id ... on AccessProfile { labels } } }');
const SetLabels = graphql(
  `mutation SetLabels($input: SetAccessProfileLabelsInput!) {
    setAccessProfileLabels(input: $input) {
      __typename
      ... on SetAccessProfileLabelsPayload { accessProfile { ...Row } }
      ... on Error { message }
    }
  }`,
  [Row],
);
const PartlyFailing = graphql('query PartlyFailing { integrations accessProfiles(after: "foreign") { nodes { id } } }');

async function readPage(after: string | null) {
  const { accessProfiles } = await client.request(List, { after });
  assert(accessProfiles);
  const { nodes, pageInfo, totalCount } = accessProfiles;
  return { rows: readFragment(Row, nodes), next: pageInfo.hasNextPage ? pageInfo.endCursor : null, totalCount };
}

// All pages.
let page = await readPage(null);
const rows = [...page.rows];
while (page.next !== null) {
  page = await readPage(page.next);
  rows.push(...page.rows);
}
assert.equal(new Set(rows.map(({ id }) => id)).size, page.totalCount);
// The document was sent once at most: the gateway knows its hash from then on.
assert(sent.filter((what) => what === 'document').length <= 1);

// The mutation returns the profile as it is afterwards; there is no cache that could be wrong.
const [profile] = rows;
assert(profile);
const labels = ['graphql-request', `${Date.now()}`];
const { setAccessProfileLabels: result } = await client.request(SetLabels, { input: { id: profile.id, labels } });
assert(result?.__typename === 'SetAccessProfileLabelsPayload');
assert.deepEqual(readFragment(Row, result.accessProfile).labels, labels);

// Refetched by its global id.
const { node } = await client.request(Refetch, { id: profile.id });
assert(node?.__typename === 'AccessProfile');
assert.deepEqual(node.labels, labels);

// An expected failure of a mutation is a member of its union.
const refused = await client.request(SetLabels, { input: { id: 'no-such-profile', labels } });
const failure = refused.setAccessProfileLabels;
assert(failure?.__typename === 'NotFoundError');
assert.match(failure.message, /no-such-profile/);

// A field that fails is null with an error at its path. `errorPolicy: 'all'` shows both; by default, `request` throws.
const tolerant = new GraphQLClient(url, { errorPolicy: 'all' });
const { data, errors } = await tolerant.rawRequest<{ accessProfiles: null; integrations: string[] }>(
  'query PartlyFailing { integrations accessProfiles(after: "foreign") { nodes { id } } }',
);
assert.deepEqual(errors?.[0]?.path, ['accessProfiles']);
assert(data.accessProfiles === null && data.integrations.includes('OKTA'));
await assert.rejects(
  client.request(PartlyFailing),
  (error) => error instanceof ClientError && error.response.errors?.[0]?.extensions['code'] === 'BAD_USER_INPUT',
);

// A key that the Veza API does not accept.
await assert.rejects(
  client.request(Refetch, { id: profile.id }, { authorization: 'Bearer wrong' }),
  (error) => error instanceof ClientError && error.response.errors?.[0]?.extensions['code'] === 'UNAUTHENTICATED',
);

// A document that the gateway has never seen: its hash, then itself; then its hash is enough.
const never = `query Never${Date.now()} { integrations }`;
sent.length = 0;
for (let times = 0; times < 2; times++) await client.request(never);
assert.deepEqual(sent, ['hash', 'document', 'hash']);
