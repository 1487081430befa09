import { expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const settings = [{}, { preparedExecution: false }];

it.each(settings)('a condition may be a variable with a default: %j', async (setting) => {
  await using gateway = await startGateway({}, setting);
  const query =
    'query ($skip: Boolean! = true, $show: Boolean! = false) { integrations @skip(if: $skip) ... @include(if: $show) { accessProfiles(first: 1) { nodes { inheritsFrom { name } } } } __typename }';
  expect(await gateway.ask(query)).toEqual({ data: { __typename: 'Query' } });
  const shown = await gateway.ask<{ accessProfiles: { nodes: unknown[] } }, { show: boolean }>(query, { show: true });
  expect(shown.data?.accessProfiles.nodes).toHaveLength(1);
});

it.each(settings)('a condition that can not be used is an error of the request: %j', async (setting) => {
  await using gateway = await startGateway({}, setting);
  const query = 'query ($skip: Boolean!) { integrations @skip(if: $skip) }';
  const { errors } = await gateway.ask(query);
  expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
  const optional = 'query ($skip: Boolean = true) { integrations @skip(if: $skip) }';
  expect((await gateway.ask(optional, { skip: null })).errors).toHaveLength(1);
});
