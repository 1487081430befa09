import { describe, expect, it } from 'vitest';
import { adminKey } from '../../src/sandbox/server.ts';
import { type Edge, type Exchange, startEdge } from './edge-support.ts';

const headers = { authorization: `Bearer ${adminKey}` };
const get = (edge: Edge, search: string) => edge.send(`/graphql?${search}`, { headers });
const post = (edge: Edge, body: string) =>
  edge.send('/graphql', { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body });

function expectRefused(edge: Edge, { status, text }: Exchange, field: string): void {
  expect(status).toBe(400);
  expect(JSON.parse(text)).toEqual({
    errors: [{ message: expect.stringContaining(`"${field}"`), extensions: { code: 'BAD_USER_INPUT', field } }],
  });
  expect(edge.sandbox.calls).toEqual([]);
  expect(edge.log.filter(({ level }) => Number(level) > 30)).toEqual([]);
}

describe('a parameter in a URL', () => {
  const query = `query=${encodeURIComponent('query ($n: Int) { accessProfiles(first: $n) { nodes { name } } }')}`;

  it.each<[search: string, field: string]>([
    [`${query}&variables=%7B`, 'variables'],
    [`${query}&variables=nonsense`, 'variables'],
    [`${query}&variables=7`, 'variables'],
    [`${query}&variables=%5B%5D`, 'variables'],
    [`${query}&variables=%22a%22`, 'variables'],
    [`${query}&variables=%7B%22n%22%3A%ff%7D`, 'variables'],
    [`${query}&extensions=%7B`, 'extensions'],
    [`${query}&extensions=`.concat('true'), 'extensions'],
    [`${query}&operationName=%c3`, 'operationName'],
    ['query=%', 'query'],
    ['documentId=%ff', 'documentId'],
  ])('%s is refused by name', async (search, field) => {
    await using edge = await startEdge();
    expectRefused(edge, await get(edge, search), field);
  });

  it('is read as forms write it, and may be empty', async () => {
    await using edge = await startEdge();
    const reply = await get(
      edge,
      `query=query+A+{__typename}+query+B+{b:__typename}&operationName=B&variables=&extensions=&_=1`,
    );
    expect([reply.status, reply.text]).toEqual([200, '{"data":{"b":"Query"}}']);
    const limited = await get(edge, `${query}&variables=${encodeURIComponent('{"n":1}')}`);
    expect(JSON.parse(limited.text).data.accessProfiles.nodes).toHaveLength(1);
  });
});

describe('a parameter in a body', () => {
  it.each<[parameters: object, field: string]>([
    [{ query: 7 }, 'query'],
    [{ query: ['{ __typename }'] }, 'query'],
    [{ query: { a: 1 } }, 'query'],
    [{ query: '{ __typename }', operationName: 7 }, 'operationName'],
    [{ query: '{ __typename }', operationName: ['A'] }, 'operationName'],
    [{ query: '{ __typename }', variables: 7 }, 'variables'],
    [{ query: '{ __typename }', variables: '{}' }, 'variables'],
    [{ query: '{ __typename }', variables: [1] }, 'variables'],
    [{ query: '{ __typename }', variables: true }, 'variables'],
    [{ query: '{ __typename }', extensions: 7 }, 'extensions'],
    [{ query: '{ __typename }', extensions: [] }, 'extensions'],
    [{ documentId: 7 }, 'documentId'],
  ])('of the wrong kind is refused by name: %j', async (parameters, field) => {
    await using edge = await startEdge();
    expectRefused(edge, await post(edge, JSON.stringify(parameters)), field);
  });

  it('may be null', async () => {
    await using edge = await startEdge();
    const nulls = { operationName: null, variables: null, extensions: null, documentId: null };
    expect((await post(edge, JSON.stringify({ query: '{ __typename }', ...nulls }))).status).toBe(200);
  });

  it.each(['', '{', 'null', '7', '"a"', '[]', '[{"query":"{__typename}"}]', '{}', '{"query":null}', '{"query":""}'])(
    'is missing in %j, and the error says so',
    async (body) => {
      await using edge = await startEdge();
      const { status, text } = await post(edge, body);
      expect(status).toBe(400);
      expect(JSON.parse(text).errors[0].extensions.code).toBe('BAD_USER_INPUT');
      expect(edge.log.filter(({ level }) => Number(level) > 30)).toEqual([]);
    },
  );

  it('fails with BAD_USER_INPUT where it names an unknown operation', async () => {
    await using edge = await startEdge();
    const { status, text } = await post(edge, JSON.stringify({ query: 'query A { __typename }', operationName: 'B' }));
    expect([status, JSON.parse(text).errors[0].extensions]).toEqual([400, { code: 'BAD_USER_INPUT' }]);
  });
});
