import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';
import { graphql, readFragment } from './graphql.js';

const url = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000/graphql';

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string } }[];
}

/** What was sent: a document, or its hash alone. */
const sent: ('document' | 'hash')[] = [];

/** Sends the hash of a document; and the document too, after the gateway has said that it does not know the hash. */
async function ask<Data, Variables>(
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables,
  headers: Record<string, string> = {},
): Promise<Answer<Data>> {
  const query = print(document);
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  const send = async (what: 'document' | 'hash'): Promise<Answer<Data>> => {
    sent.push(what);
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
      body: JSON.stringify({ variables, extensions, ...(what === 'document' && { query }) }),
    });
    return response.json();
  };
  const answer = await send('hash');
  return answer.errors?.[0]?.extensions.code === 'PERSISTED_QUERY_NOT_FOUND' ? send('document') : answer;
}

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
  const { data, errors } = await ask(List, { after });
  assert(data?.accessProfiles, errors?.[0]?.message);
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

// The mutation returns the profile as it is afterwards; there is no cache that could be wrong.
const [profile] = rows;
assert(profile);
const labels = ['gql.tada', `${Date.now()}`];
const changed = await ask(SetLabels, { input: { id: profile.id, labels } });
const result = changed.data?.setAccessProfileLabels;
assert(result?.__typename === 'SetAccessProfileLabelsPayload');
assert.deepEqual(readFragment(Row, result.accessProfile).labels, labels);

// Refetched by its global id; by its hash from the second time on.
const refetch = async () => {
  const again = await ask(Refetch, { id: profile.id });
  assert(again.data?.node?.__typename === 'AccessProfile');
  return again.data.node.labels;
};
assert.deepEqual(await refetch(), labels);
sent.length = 0;
assert.deepEqual(await refetch(), labels);
assert.deepEqual(sent, ['hash']);

// An expected failure of a mutation is a member of its union.
const refused = await ask(SetLabels, { input: { id: 'no-such-profile', labels } });
const failure = refused.data?.setAccessProfileLabels;
assert(failure?.__typename === 'NotFoundError');
assert.match(failure.message, /no-such-profile/);

// A field that fails is null with an error at its path, beside the data of the others.
const { data, errors } = await ask(PartlyFailing, {});
assert.equal(errors?.[0]?.extensions.code, 'BAD_USER_INPUT');
assert.deepEqual(errors[0]?.path, ['accessProfiles']);
assert(data?.accessProfiles === null && data.integrations?.includes('OKTA'));

// A key that the Veza API does not accept.
const denied = await ask(Refetch, { id: profile.id }, { authorization: 'Bearer wrong' });
assert.equal(denied.errors?.[0]?.extensions.code, 'UNAUTHENTICATED');
