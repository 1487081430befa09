import { describe, expect, it } from 'vitest';
import { adminKey } from '../../src/sandbox/server.ts';
import { startEdge } from './edge-support.ts';

const query = '{ integrations }';
const authorization = `Bearer ${adminKey}`;
const body = JSON.stringify({ query });

describe('POST', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])('takes %s', async (type) => {
    await using edge = await startEdge();
    const reply = await edge.send('/graphql', {
      method: 'POST',
      headers: { 'content-type': type, authorization },
      body,
    });
    expect([reply.status, reply.text]).toEqual([200, expect.stringContaining('"integrations":[')]);
  });

  // What a page of another site can send without asking first.
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'text/plain; application/json',
    'application/jsonp',
    undefined,
  ])('takes no %s', async (type) => {
    await using edge = await startEdge({ VEZA_API_KEY: adminKey });
    const headers = type === undefined ? {} : { 'content-type': type };
    for (const path of ['/graphql', '/graphql?query=%7Bintegrations%7D']) {
      const reply = await edge.send(path, { method: 'POST', headers, body });
      expect(reply.status).toBe(415);
      expect(JSON.parse(reply.text)).toEqual({
        errors: [{ message: 'Send the query as application/json.', extensions: { code: 'BAD_USER_INPUT' } }],
      });
    }
    expect(edge.sandbox.calls).toEqual([]);
  });
});

describe('GET', () => {
  const get = (query: string) => `/graphql?${new URLSearchParams({ query })}`;

  it('answers a query', async () => {
    await using edge = await startEdge();
    const reply = await edge.send(get(query), { headers: { authorization } });
    expect([reply.status, reply.text]).toEqual([200, expect.stringContaining('"integrations":[')]);
  });

  it('changes nothing', async () => {
    await using edge = await startEdge();
    const mutation = 'mutation { setAccessProfileLabels(input: { id: "a", labels: [] }) { __typename } }';
    const reply = await edge.send(get(mutation), { headers: { authorization } });
    expect(reply.status).toBe(405);
    expect(reply.headers['allow']).toBe('POST');
    expect(edge.sandbox.calls).toEqual([]);
  });
});

describe('the rest', () => {
  it('is not found', async () => {
    await using edge = await startEdge();
    for (const path of ['/', '/graphiql', '/graphql/x', '/api', '//', '/%00', '/graphql%2F']) {
      expect((await edge.send(path)).status, path).toBe(404);
    }
  });

  it('is a sign of life, which needs no key and asks nothing', async () => {
    await using edge = await startEdge();
    expect((await edge.send('/health/live')).status).toBe(200);
    expect(edge.sandbox.calls).toEqual([]);
  });

  it('lets no page of another site read along', async () => {
    await using edge = await startEdge({ VEZA_API_KEY: adminKey });
    const origin = 'https://evil.example';
    const preflight = await edge.send('/graphql', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    const got = await edge.send('/graphql?query=%7B__typename%7D', { headers: { origin } });
    for (const { headers } of [preflight, got]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it('survives a client that leaves in the middle, and ends the calls made for it', async () => {
    await using edge = await startEdge();
    edge.sandbox.faults.add({ kind: 'hang' });
    const controller = new AbortController();
    const gone = edge
      .send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body,
        signal: controller.signal,
      })
      .catch(() => 'gone');
    await expect.poll(() => edge.sandbox.calls.length).toBe(1);
    expect(edge.sandbox.calls[0]?.endedAt).toBeNaN();
    controller.abort();
    expect(await gone).toBe('gone');
    await expect.poll(() => edge.sandbox.calls[0]?.endedAt).toBeGreaterThan(0);
    expect((await edge.ask(query)).status).toBe(200);
  });

  it('warns of no leak where one request makes many calls', async () => {
    await using edge = await startEdge();
    const warnings: Error[] = [];
    // Other files of this process may set timers that Node warns of.
    const onWarning = (warning: Error) => {
      if (warning.name === 'MaxListenersExceededWarning') warnings.push(warning);
    };
    process.on('warning', onWarning);
    const { answer } = await edge.ask('{ accessProfiles(first: 40) { nodes { members { identityId } } } }');
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', onWarning);
    expect(answer.errors).toBeUndefined();
    expect(edge.sandbox.calls.length).toBeGreaterThan(20);
    expect(warnings).toEqual([]);
  });
});
