import assert from 'node:assert/strict';
import { toe } from 'graphql-toe';
import { TypedDocumentString } from './generated/graphql.js';
import { graphql } from './generated/index.js';

const url = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000/graphql';

/** What was sent: a document, or its id alone. */
const sent: ('document' | 'id')[] = [];

/**
 * Sends the id of a document, which the code generator has computed; and the document itself, where the gateway was not given
 * `src/generated/persisted-documents.json`. In the data, a field that failed throws its error when it is read, so that null is never
 * taken for an answer.
 */
async function ask<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  headers: Record<string, string> = {},
): Promise<Data> {
  const send = async (what: 'document' | 'id') => {
    sent.push(what);
    const named = what === 'id' ? { documentId: document.__meta__?.['hash'] } : { query: document.toString() };
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
      body: JSON.stringify({ variables, ...named }),
    });
    return response.json();
  };
  const answer = await send('id');
  const isUnknown = answer.errors?.[0]?.message === 'No persisted document has this id.';
  return toe(isUnknown ? await send('document') : answer);
}

graphql(`fragment Row on AccessProfile { id name labels }`);
const List = graphql(`
  query List($after: String) {
    accessProfiles(first: 20, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { ...Row } }
  }
`);
const Refetch = graphql(`query Refetch($id: ID!) { node(id: $id) { __typename id ... on AccessProfile { labels } } }`);
const SetLabels = graphql(`
  mutation SetLabels($input: SetAccessProfileLabelsInput!) {
    setAccessProfileLabels(input: $input) {
      __typename
      ... on SetAccessProfileLabelsPayload { accessProfile { ...Row } }
      ... on Error { message }
    }
  }
`);
const PartlyFailing = graphql(`query PartlyFailing { integrations accessProfiles(after: "foreign") { nodes { id } } }`);

// All pages. `accessProfiles` and `totalCount` are not nullable here: @semanticNonNull.
let page = await ask(List, {});
const rows = [...page.accessProfiles.nodes];
while (page.accessProfiles.pageInfo.hasNextPage) {
  page = await ask(List, { after: page.accessProfiles.pageInfo.endCursor });
  rows.push(...page.accessProfiles.nodes);
}
const total: number = page.accessProfiles.totalCount;
assert.equal(new Set(rows.map(({ id }) => id)).size, total);
// A gateway with the manifest was sent no document.
if (process.env['PERSISTED_DOCUMENTS']) assert(!sent.includes('document'));

// The mutation returns the profile as it is afterwards; there is no cache that could be wrong.
const [profile] = rows;
assert(profile);
const labels = ['codegen', `${Date.now()}`];
const { setAccessProfileLabels: result } = await ask(SetLabels, { input: { id: profile.id, labels } });
assert(result.__typename === 'SetAccessProfileLabelsPayload');
assert.deepEqual(result.accessProfile.labels, labels);

// Refetched by its global id.
const refetch = async () => {
  const { node } = await ask(Refetch, { id: profile.id });
  assert(node?.__typename === 'AccessProfile');
  return node.labels;
};
assert.deepEqual(await refetch(), labels);

// An expected failure of a mutation is a member of its union.
const { setAccessProfileLabels: failure } = await ask(SetLabels, { input: { id: 'no-such-profile', labels } });
assert(failure.__typename === 'NotFoundError');
assert.match(failure.message, /no-such-profile/);

// A field that failed throws where it is read; the others are there.
const partial = await ask(PartlyFailing, {});
assert(partial.integrations.includes('OKTA'));
assert.throws(() => partial.accessProfiles, { message: /^after: this is not a cursor of this gateway/ });

// A key that the Veza API does not accept.
const denied = await ask(List, {}, { authorization: 'Bearer wrong' });
assert.throws(() => denied.accessProfiles, { message: /it does not accept the key/ });

// A document that is in no manifest.
const never = new TypedDocumentString<{ integrations: string[] }, object>(`query Never { integrations }`, {
  hash: 'never',
});
sent.length = 0;
assert((await ask(never, {})).integrations.includes('OKTA'));
assert.deepEqual(sent, ['id', 'document']);
