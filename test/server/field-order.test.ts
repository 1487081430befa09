import { expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';

it('an answer has its fields in the order of the document, whichever is ready first', async () => {
  await using gateway = await startGateway();
  const answer = await gateway.ask<object, never>(
    '{ later: accessProfiles(first: 1) { nodes { inheritsFrom { name } name } pageInfo { endCursor } } __typename }',
  );
  expect(JSON.stringify(answer.data)).toMatch(
    /^\{"later":\{"nodes":\[\{"inheritsFrom":.*"name":.*\}\],"pageInfo":.*\},"__typename":"Query"\}$/,
  );
});
