import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { newCache } from './cache.js';
import { graphql, readFragment } from './graphql.js';

const uri = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000/graphql';

/** What was sent: a document, or its hash alone. */
const sent: ('document' | 'hash')[] = [];
const countedFetch: typeof fetch = (url, init) => {
  sent.push(String(init?.body).includes('"query":') ? 'document' : 'hash');
  return fetch(url, init);
};

function newClient(headers: Record<string, string> = {}): ApolloClient {
  return new ApolloClient({
    cache: newCache(),
    // Sends the hash of a document; and the document too, after the gateway has said that it does not know the hash.
    link: new PersistedQueryLink({ sha256: (text) => createHash('sha256').update(text).digest('hex') }).concat(
      new HttpLink({ uri, headers, fetch: countedFetch }),
    ),
  });
}

const Row = graphql('fragment Row on AccessProfile { id name labels }');
const List = graphql(
  `query List($after: String) {
    accessProfiles(first: 20, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { ...Row } }
  }`,
  [Row],
);
const One = graphql('query One($id: ID!) { accessProfile(id: $id) { ...Row } }', [Row]);
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

const client = newClient();

async function readPage(after: string | null) {
  const { data } = await client.query({ query: List, variables: { after } });
  assert(data?.accessProfiles);
  const { nodes, pageInfo, totalCount } = data.accessProfiles;
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

// A profile that a list has read is in the cache by its id.
const [profile] = rows;
assert(profile);
const one = { query: One, variables: { id: profile.id } };
const { data: known } = await client.query({ ...one, fetchPolicy: 'cache-only' });
assert.equal(readFragment(Row, known?.accessProfile)?.name, profile.name);

// The mutation returns what it changed, so that each view of it is right without another request.
const labels = ['apollo', `${Date.now()}`];
const changed = await client.mutate({ mutation: SetLabels, variables: { input: { id: profile.id, labels } } });
const result = changed.data?.setAccessProfileLabels;
assert(result?.__typename === 'SetAccessProfileLabelsPayload');
sent.length = 0;
const { data: view } = await client.query({ ...one, fetchPolicy: 'cache-only' });
assert.deepEqual(readFragment(Row, view?.accessProfile)?.labels, labels);
assert.deepEqual(sent, []);

// Refetched by its global id.
const { data: again } = await client.query({
  query: Refetch,
  variables: { id: profile.id },
  fetchPolicy: 'network-only',
});
assert(again?.node?.__typename === 'AccessProfile');
assert.deepEqual(again.node.labels, labels);

// An expected failure of a mutation is a member of its union.
const refused = await client.mutate({ mutation: SetLabels, variables: { input: { id: 'no-such-profile', labels } } });
const failure = refused.data?.setAccessProfileLabels;
assert(failure?.__typename === 'NotFoundError');
assert.match(failure.message, /no-such-profile/);

// A field that fails is null with an error at its path; `errorPolicy: 'all'` shows both.
const partial = await client.query({ query: PartlyFailing, errorPolicy: 'all' });
assert(CombinedGraphQLErrors.is(partial.error));
assert.equal(partial.error.errors[0]?.extensions?.['code'], 'BAD_USER_INPUT');
assert.deepEqual(partial.error.errors[0]?.path, ['accessProfiles']);
assert.equal(partial.data?.accessProfiles, null);
assert(partial.data?.integrations?.includes('OKTA'));

// A key that the Veza API does not accept.
await assert.rejects(
  newClient({ authorization: 'Bearer wrong' }).query({ query: One, variables: { id: profile.id } }),
  (error) => CombinedGraphQLErrors.is(error) && error.errors[0]?.extensions?.['code'] === 'UNAUTHENTICATED',
);

// A document that the gateway has never seen: its hash, then itself; then its hash is enough.
const query = gql(`query Never${Date.now()} { integrations }`);
sent.length = 0;
for (let times = 0; times < 2; times++) await client.query({ query, fetchPolicy: 'network-only' });
assert.deepEqual(sent, ['hash', 'document', 'hash']);
