import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';
import { startEdge } from './edge-support.ts';

const app = 'https://app.acme.example';
const other = 'https://tools.acme.example';
const evil = 'https://evil.example';

const preflight = (origin: string) => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
});

describe('pages of other sites', () => {
  it.each([evil, 'null', app])('from %s get nothing by default', async (origin) => {
    await using edge = await startEdge();
    const asked = await edge.send('/graphql', preflight(origin));
    expect(Object.keys(asked.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    const { headers } = await edge.ask('{ __typename }', undefined, { origin });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it.each([`${app}`, `${app}, ${other}`])('with CORS_ORIGINS=%s: those, and no others', async (list) => {
    await using edge = await startEdge({ CORS_ORIGINS: list });
    const allowed = await edge.send('/graphql', preflight(app));
    expect(allowed.status).toBe(204);
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': app,
      'access-control-allow-methods': 'GET, POST',
    });
    expect(allowed.headers['access-control-allow-headers']).toContain('authorization');
    expect(allowed.headers).not.toHaveProperty('access-control-allow-credentials');
    const { headers } = await edge.ask('{ __typename }', undefined, { origin: app });
    expect(headers['access-control-allow-origin']).toBe(app);
    for (const origin of [evil, 'null', `${app}.evil.example`, `${app}:444`, app.toUpperCase(), '*']) {
      for (const received of [
        await edge.send('/graphql', preflight(origin)),
        await edge.ask('{ __typename }', undefined, { origin }),
      ]) {
        expect(received.headers, origin).not.toHaveProperty('access-control-allow-origin');
      }
    }
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'can not send a mutation as %j',
    async (type) => {
      await using edge = await startEdge();
      const body = JSON.stringify({
        query: 'mutation { createAccessProfileType(input: { name: "x" }) { __typename } }',
      });
      const { status } = await edge.send('/graphql', { method: 'POST', headers: { 'content-type': type }, body });
      expect(status).toBe(415);
      expect(edge.sandbox.calls).toEqual([]);
    },
  );

  it.each(['cross-site', 'same-site'])('can not make it work by GET (%s)', async (site) => {
    await using edge = await startEdge({ CORS_ORIGINS: app });
    const get = (headers: Readonly<Record<string, string>>) =>
      edge.send('/graphql?query={__typename}', { headers: { 'sec-fetch-site': site, ...headers } });
    expect((await get({})).status).toBe(403);
    expect((await get({ origin: evil })).status).toBe(403);
    expect((await get({ origin: app })).status).toBe(200);
    expect((await get({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await get({ 'sec-fetch-site': 'none' })).status).toBe(200);
  });
});

describe('the headers that a page may send', () => {
  const usual = [
    'authorization',
    'content-type',
    'cache-control',
    'x-request-id',
    'x-gateway-cost',
    'apollographql-client-name',
    'apollographql-client-version',
    'apollo-require-preflight',
    'x-apollo-operation-name',
    'graphql-client-name',
    'graphql-client-version',
    'traceparent',
    'tracestate',
    'baggage',
    'sentry-trace',
  ];
  const allowed = async (environment: Readonly<Record<string, string>>) => {
    await using edge = await startEdge({ CORS_ORIGINS: app, ...environment });
    const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': usual.join(',') };
    const { status, headers } = await edge.send('/graphql', { method: 'OPTIONS', headers: { origin: app, ...asked } });
    expect(status).toBe(204);
    return String(headers['access-control-allow-headers']).split(', ').sort();
  };

  it('are those of GraphQL clients and of tracing', async () => {
    expect(await allowed({})).toEqual([...usual].sort());
  });

  it('and those of CORS_HEADERS', async () => {
    expect(await allowed({ CORS_HEADERS: 'x-team, X-Tenant' })).toEqual([...usual, 'x-team', 'X-Tenant'].sort());
  });

  it.each(['*', 'x team', 'x-team,', 'x:y', 'ü', 'a\nb'])('CORS_HEADERS=%j does not start', (list) => {
    expect(() => loadConfig([], { CORS_HEADERS: list })).toThrow(/^CORS_HEADERS: must be names of headers/);
  });
});

it('mutations are never taken by GET', async () => {
  await using edge = await startEdge();
  const query = encodeURIComponent('mutation { createAccessProfileType(input: { name: "x" }) { __typename } }');
  const { status } = await edge.send(`/graphql?query=${query}`, { headers: { authorization: 'Bearer a2V5' } });
  expect(status).toBe(405);
  expect(edge.sandbox.calls).toEqual([]);
});

it('several operations in one request are refused', async () => {
  await using edge = await startEdge();
  const body = JSON.stringify([{ query: '{ __typename }' }, { query: '{ integrations }' }]);
  const { status } = await edge.send('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  expect(status).toBe(400);
  expect(edge.sandbox.calls).toEqual([]);
});

it.each(['/graphql?query={__typename}', '/health/live', '/metrics', '/nowhere'])(
  '%s is not to be stored or framed',
  async (path) => {
    await using edge = await startEdge();
    expect((await edge.send(path)).headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  },
);

it.each([
  '*',
  'app.acme.example',
  `${app}/`,
  `${app}/path`,
  `${app},`,
  'null',
  'file:///x',
  'https://*.acme.example/x',
])('CORS_ORIGINS=%s does not start', (list) => {
  expect(() => loadConfig([], { CORS_ORIGINS: list })).toThrow(ConfigError);
  expect(() => loadConfig([], { CORS_ORIGINS: list })).toThrow(/^CORS_ORIGINS: must be origins/);
});
