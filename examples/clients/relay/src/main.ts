import assert from 'node:assert/strict';
import {
  commitMutation,
  createOperationDescriptor,
  fetchQuery,
  type GraphQLTaggedNode,
  type MutationParameters,
  type OperationType,
  readInlineData,
} from 'relay-runtime';
import { newEnvironment, sent } from './environment';
import Row, { type documents_row$key } from './generated/documents_row.graphql';
import List, { type documentsListQuery } from './generated/documentsListQuery.graphql';
import One, { type documentsOneQuery } from './generated/documentsOneQuery.graphql';
import PartlyFailing, { type documentsPartlyFailingQuery } from './generated/documentsPartlyFailingQuery.graphql';
import Refetch, { type documentsRefetchQuery } from './generated/documentsRefetchQuery.graphql';
import SetLabels, { type documentsSetLabelsMutation } from './generated/documentsSetLabelsMutation.graphql';

const url = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000/graphql';
const environment = newEnvironment(url);

function ask<Query extends OperationType>(query: GraphQLTaggedNode, variables: Query['variables'], from = environment) {
  return fetchQuery<Query>(from, query, variables).toPromise();
}

function change<Mutation extends MutationParameters>(mutation: GraphQLTaggedNode, variables: Mutation['variables']) {
  return new Promise<Mutation['response']>((resolve, reject) => {
    commitMutation<Mutation>(environment, { mutation, variables, onCompleted: resolve, onError: reject });
  });
}

const rowOf = (key: documents_row$key) => readInlineData(Row, key);

async function readPage(after: string | null) {
  // Nothing that is shown is collected.
  environment.retain(createOperationDescriptor(List, { after }));
  const data = await ask<documentsListQuery>(List, { after });
  assert(data);
  // Not nullable here: @semanticNonNull.
  const { nodes, pageInfo, totalCount } = data.accessProfiles;
  const total: number = totalCount;
  return { rows: nodes.map(rowOf), next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null, total };
}

// All pages.
let page = await readPage(null);
const rows = [...page.rows];
while (page.next !== null) {
  page = await readPage(page.next);
  rows.push(...page.rows);
}
assert.equal(new Set(rows.map(({ id }) => id)).size, page.total);
// The first page sent the document at most once: the gateway knows its hash from then on.
assert.deepEqual(sent.splice(0).slice(-3), ['hash', 'hash', 'hash']);

// A profile that a list has read is in the store by its id.
const [profile] = rows;
assert(profile);
const one = createOperationDescriptor(One, { id: profile.id });
const stored = () => {
  // Runs the handlers of missing fields, as Relay does before it renders.
  assert.equal(environment.check(one).status, 'available');
  const data: documentsOneQuery['response'] = Object(environment.lookup(one.fragment).data);
  assert(data.accessProfile);
  return rowOf(data.accessProfile);
};
assert.equal(stored().name, profile.name);

// The mutation returns what it changed, so that each view of it is right without another request.
const labels = ['relay', `${Date.now()}`];
const changed = await change<documentsSetLabelsMutation>(SetLabels, { input: { id: profile.id, labels } });
assert.equal(changed.setAccessProfileLabels?.__typename, 'SetAccessProfileLabelsPayload');
assert.deepEqual(stored().labels, labels);

// Refetched by its global id; by its hash from the second time on.
const refetch = async () => {
  const again = await ask<documentsRefetchQuery>(Refetch, { id: profile.id });
  assert(again?.node?.__typename === 'AccessProfile');
  return again.node.labels;
};
assert.deepEqual(await refetch(), labels);
sent.length = 0;
assert.deepEqual(await refetch(), labels);
assert.deepEqual(sent, ['hash']);

// An expected failure of a mutation is a member of its union.
const refused = await change<documentsSetLabelsMutation>(SetLabels, { input: { id: 'no-such-profile', labels } });
const failure = refused.setAccessProfileLabels;
assert(failure?.__typename === 'NotFoundError');
assert.match(failure.message, /no-such-profile/);

// A field that fails is null with an error at its path: @catch shows it beside the data of the others.
const partial = await ask<documentsPartlyFailingQuery>(PartlyFailing, {});
assert(partial);
assert(partial.integrations?.includes('OKTA'));
assert(partial.accessProfiles.ok === false);
assert.match(JSON.stringify(partial.accessProfiles.errors), /BAD_USER_INPUT/);

// Without @catch, @throwOnFieldError throws.
await assert.rejects(ask<documentsListQuery>(List, { after: 'foreign' }), /Unexpected response payload/);

// A key that the Veza API does not accept.
const stranger = newEnvironment(url, { authorization: 'Bearer wrong' });
await assert.rejects(ask<documentsListQuery>(List, {}, stranger), /Unexpected response payload/);
