import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/errors.ts';
import { adminKey, viewerKey } from '../../src/sandbox/server.ts';
import { type AmbientKey, authorizationOf } from '../../src/server/auth/caller.ts';
import { ambientKeyOf } from '../../src/server/gateway.ts';
import { exchange, startEdge } from './edge-support.ts';

const names = '{ accessProfiles(first: 1) { nodes { name } } }';

/** A request without a key of its own, addressed to this machine by the name of `host`. */
function askAs(url: string, host: string, headers: Readonly<Record<string, string>> = {}) {
  return exchange(`${url}/graphql`, {
    method: 'POST',
    headers: { host, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: names }),
  });
}

describe("the caller's key", () => {
  const ambient: AmbientKey = { authorization: 'Bearer ambient', servesHost: () => true, replacesOwn: false };
  const headerOf = (authorization: string, key: AmbientKey | null = null) =>
    authorizationOf(new Request('http://localhost/graphql', { headers: { authorization } }), key);

  it.each([
    ['Bearer abc+/=', 'Bearer abc+/='],
    ['bearer abc', 'Bearer abc'],
    ['BEARER   abc', 'Bearer abc'],
    ['Bearer a.b-c_d~e', 'Bearer a.b-c_d~e'],
  ])('%j goes on as %j', (given, expected) => {
    expect(headerOf(given)).toBe(expected);
  });

  it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer a b', 'abc', 'Bearerabc', 'Bearer ä'])(
    '%j is none, and is not replaced by another',
    (given) => {
      expect(() => headerOf(given, ambient)).toThrow(GatewayError);
    },
  );

  it('is sent to the API exactly, with every call', async () => {
    await using edge = await startEdge();
    await edge.ask('{ accessProfiles(first: 1) { nodes { name type { name } } } }', undefined, {
      authorization: `bearer ${viewerKey}`,
    });
    expect(edge.sandbox.calls).toHaveLength(2);
    expect(new Set(edge.sandbox.calls.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${viewerKey}`]),
    );
  });

  it('comes before the configured one', async () => {
    await using edge = await startEdge({ VEZA_API_KEY: adminKey });
    await askAs(edge.url, 'localhost', { authorization: `Bearer ${viewerKey}` });
    expect(edge.sandbox.calls.map(({ authorization }) => authorization)).toEqual([`Bearer ${viewerKey}`]);
  });

  it('that the API does not know ends in its words, not in silence', async () => {
    await using edge = await startEdge();
    const { answer } = await edge.ask(names, undefined, { authorization: 'Bearer bm9ib2R5' });
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
      upstream: { status: 401, code: 'Unauthenticated' },
    });
  });
});

describe('without a key', () => {
  it('nothing is asked of the API', async () => {
    await using edge = await startEdge();
    const { status, headers, text } = await askAs(edge.url, 'localhost');
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe('Bearer');
    expect(JSON.parse(text)).toEqual({
      errors: [
        {
          message: 'This gateway needs your Veza API key; send it as "Authorization: Bearer <key>".',
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    });
    expect(edge.sandbox.calls).toEqual([]);
  });

  it.each([
    ['introspection', '{ __schema { queryType { name } } }', 'Query'],
    ['__typename', '{ __typename }', 'Query'],
    ['__type', '{ __type(name: "Node") { name } }', 'Node'],
  ])('the schema can be asked for: %s', async (_name, query, expected) => {
    await using edge = await startEdge();
    const { status, text } = await edge.ask(query, undefined, { authorization: '' });
    expect([status, text]).toEqual([200, expect.stringContaining(expected)]);
    expect(edge.sandbox.calls).toEqual([]);
  });

  it('the schema beside data can not', async () => {
    await using edge = await startEdge();
    for (const query of [`{ __typename integrations }`, '{ ...F } fragment F on Query { integrations }']) {
      expect((await edge.ask(query, undefined, { authorization: '' })).status).toBe(401);
    }
    expect(edge.sandbox.calls).toEqual([]);
  });
});

describe('the configured key', () => {
  it.each(['127.0.0.1', 'localhost', 'localhost:4000', '[::1]:4000', '127.0.0.1:80'])(
    'serves a request that was addressed to %s',
    async (host) => {
      await using edge = await startEdge({ VEZA_API_KEY: adminKey });
      expect(await askAs(edge.url, host)).toMatchObject({ status: 200 });
      expect(edge.sandbox.calls[0]?.authorization).toBe(`Bearer ${adminKey}`);
    },
  );

  it.each([
    'evil.example',
    'evil.example:4000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    '0.0.0.0',
  ])('serves no page of another site that reaches this port as %s', async (host) => {
    await using edge = await startEdge({ VEZA_API_KEY: adminKey });
    expect(await askAs(edge.url, host)).toMatchObject({ status: 401 });
    expect(edge.sandbox.calls).toEqual([]);
  });

  it('is not had by saying that one was forwarded', async () => {
    await using edge = await startEdge({ VEZA_API_KEY: adminKey });
    const { status } = await askAs(edge.url, 'evil.example', {
      'x-forwarded-host': 'localhost',
      forwarded: 'host=localhost',
      origin: 'http://localhost',
    });
    expect(status).toBe(401);
  });

  it('is for a server that only this machine can reach', () => {
    const on = (host: string, apiKey: string | null = 'abc') => ambientKeyOf({ apiKey, host, service: null });
    expect(on('127.0.0.1')).toMatchObject({ authorization: 'Bearer abc', replacesOwn: false });
    expect(on('localhost')?.servesHost('localhost')).toBe(true);
    expect(on('localhost')?.servesHost('example.com')).toBe(false);
    expect([on('0.0.0.0'), on('gateway.example.com'), on('127.0.0.1', null)]).toEqual([null, null, null]);
  });
});
