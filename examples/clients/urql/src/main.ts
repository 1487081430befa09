import assert from 'node:assert/strict';
import { gql } from '@urql/core';
import { newClient } from './client.js';
import { graphql, readFragment } from './graphql.js';

const url = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000/graphql';

/** What was sent: a document, or its hash alone. */
const sent: ('document' | 'hash')[] = [];
const countedFetch: typeof fetch = (input, init) => {
  sent.push(String(init?.body).includes('"query":') ? 'document' : 'hash');
  return fetch(input, init);
};

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

const client = newClient(url, countedFetch);

async function readPage(after: string | null) {
  const { data, error } = await client.query(List, { after });
  assert(data?.accessProfiles, error);
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
const cached = async () => {
  const { data } = await client.query(One, { id: profile.id }, { requestPolicy: 'cache-only' });
  return readFragment(Row, data?.accessProfile);
};
assert.equal((await cached())?.name, profile.name);

// The mutation returns what it changed, so that each view of it is right without another request.
const labels = ['urql', `${Date.now()}`];
const changed = await client.mutation(SetLabels, { input: { id: profile.id, labels } });
assert(changed.data?.setAccessProfileLabels?.__typename === 'SetAccessProfileLabelsPayload', changed.error);
sent.length = 0;
assert.deepEqual((await cached())?.labels, labels);
assert.deepEqual(sent, []);

// Refetched by its global id.
const again = await client.query(Refetch, { id: profile.id }, { requestPolicy: 'network-only' });
assert(again.data?.node?.__typename === 'AccessProfile');
assert.deepEqual(again.data.node.labels, labels);

// An expected failure of a mutation is a member of its union.
const refused = await client.mutation(SetLabels, { input: { id: 'no-such-profile', labels } });
const failure = refused.data?.setAccessProfileLabels;
assert(failure?.__typename === 'NotFoundError');
assert.match(failure.message, /no-such-profile/);

// A field that fails is null with an error at its path, beside the data of the others.
const partial = await client.query(PartlyFailing, {});
assert.equal(partial.error?.graphQLErrors[0]?.extensions['code'], 'BAD_USER_INPUT');
assert.deepEqual(partial.error.graphQLErrors[0]?.path, ['accessProfiles']);
assert.equal(partial.data?.accessProfiles, null);
assert(partial.data?.integrations?.includes('OKTA'));

// A key that the Veza API does not accept.
const stranger = newClient(url, fetch, { authorization: 'Bearer wrong' });
const denied = await stranger.query(One, { id: profile.id });
assert.equal(denied.error?.graphQLErrors[0]?.extensions['code'], 'UNAUTHENTICATED');

// A document that the gateway has never seen: its hash, then itself; then its hash is enough.
const never = gql(`query Never${Date.now()} { integrations }`);
sent.length = 0;
for (let times = 0; times < 2; times++) await client.query(never, {}, { requestPolicy: 'network-only' });
assert.deepEqual(sent, ['hash', 'document', 'hash']);
