import { describe, expect, it } from 'vitest';
import { adminKey } from '../../src/sandbox/server.ts';
import { UpstreamHealth } from '../../src/server/observability/health.ts';
import { createLog } from '../../src/server/observability/log.ts';
import { createMetrics } from '../../src/server/observability/metrics.ts';
import { closedGate } from '../support/gate.ts';
import { type Edge, exchange, startEdge } from './edge-support.ts';

/** The samples of a scrape: `name{labels} value`, without those that come with every histogram. */
async function samples(edge: Edge): Promise<ReadonlyMap<string, number>> {
  const { text, headers, status } = await exchange(`${edge.adminUrl}/metrics`);
  expect(status).toBe(200);
  expect(headers['content-type']).toContain('text/plain');
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const [, name = '', value] = /^access_profile_gateway_(.+) (\S+)$/.exec(line) ?? [];
        return [name, Number(value)];
      }),
  );
}

describe('health', () => {
  it('is alive and ready before anything was asked', async () => {
    await using edge = await startEdge();
    for (const path of ['/health/live', '/health/ready']) {
      expect((await edge.send(path)).status, path).toBe(200);
      expect((await edge.send(path, { method: 'HEAD' })).status, path).toBe(200);
      expect((await edge.send(path, { method: 'POST' })).status, path).toBe(405);
    }
    expect(edge.sandbox.calls).toEqual([]);
  });

  it('is not ready while the API fails, and makes no call to find out', async () => {
    await using edge = await startEdge();
    edge.sandbox.faults.add({ kind: 'status', status: 500, times: 5 });
    await edge.ask('{ integrations }');
    const { length } = edge.sandbox.calls;
    expect(await edge.send('/health/ready')).toMatchObject({ status: 503 });
    expect((await edge.send('/health/live')).status).toBe(200);
    expect(edge.sandbox.calls).toHaveLength(length);
    edge.sandbox.faults.clear();
    await edge.ask('{ integrations }');
    expect((await edge.send('/health/ready')).status).toBe(200);
  });

  it('does not take a caller who leaves for an outage', async () => {
    await using edge = await startEdge({}, { latencyMs: 500 });
    const signal = AbortSignal.timeout(100);
    await expect(
      edge.send('/graphql?query={integrations}', { signal, headers: { authorization: `Bearer ${adminKey}` } }),
    ).rejects.toThrow();
    await expect
      .poll(async () =>
        (await samples(edge)).get('upstream_calls_total{endpoint="listIntegrations",status="abandoned"}'),
      )
      .toBe(1);
    expect((await edge.send('/health/ready')).status).toBe(200);
  });

  it('does not take errors in answer to a filter for an outage, but a failure to connect', () => {
    const health = new UpstreamHealth(() => 0);
    health.observe({ endpoint: 'listProfiles', status: 500, durationMs: 1, holdsInput: true });
    expect(health.isReady).toBe(true);
    const connectFailure = 'ECONNREFUSED veza.example';
    health.observe({ endpoint: 'listProfiles', status: null, durationMs: 1, holdsInput: true, connectFailure });
    expect(health.isReady).toBe(false);
  });

  it.each<readonly [string, readonly (readonly [at: number, status: number | null])[], number, boolean]>([
    ['nothing was tried', [], 0, true],
    ['it answered', [[0, 200]], 100_000, true],
    ['it answered, if only no', [[0, 401]], 0, true],
    ['it failed', [[0, 503]], 0, false],
    ['no reply came', [[0, null]], 0, false],
    ['the failure is long ago', [[0, null]], 30_000, true],
    [
      'one call failed shortly after another was answered',
      [
        [0, 200],
        [5000, 500],
      ],
      6000,
      true,
    ],
    [
      'calls fail and the last answer is old',
      [
        [0, 200],
        [5000, 500],
      ],
      11_000,
      false,
    ],
    [
      'it answered again',
      [
        [0, 500],
        [5000, 200],
      ],
      6000,
      true,
    ],
  ])('%s', (_name, calls, now, isReady) => {
    let time = 0;
    const health = new UpstreamHealth(() => time);
    for (const [at, status] of calls) {
      time = at;
      health.observe({ endpoint: 'listProfiles', status, durationMs: 1 });
    }
    time = now;
    expect(health.isReady).toBe(isReady);
  });
});

describe('metrics', () => {
  it('count a mutation by the type of its failure, and by OK where it succeeded', async () => {
    await using edge = await startEdge();
    const mutation = (id: string) =>
      `mutation M { setAccessProfileLabels(input: { id: "${id}", labels: ["x"] }) { __typename } }`;
    const [known] = edge.sandbox.store.profiles();
    await edge.ask(mutation(known?.id ?? ''));
    await edge.ask(mutation('nobody'));
    const counted = await samples(edge);
    expect(counted.get('requests_total{operation="M",kind="mutation",code="OK"}')).toBe(1);
    expect(counted.get('requests_total{operation="M",kind="mutation",code="NotFoundError"}')).toBe(1);
  });

  it('count requests and calls, and time them', async () => {
    await using edge = await startEdge();
    await edge.ask('query Named { integrations }');
    await edge.ask('{ accessProfileTypes { nodes { id } } }');
    await edge.ask('query Named { accessProfiles(first: 501) { scimFilter } }');
    await edge.ask('{ nonsense }');
    const found = await samples(edge);
    expect(found.get('requests_total{operation="Named",kind="query",code="OK"}')).toBe(1);
    expect(found.get('requests_total{operation="Named",kind="query",code="BAD_USER_INPUT"}')).toBe(1);
    expect(found.get('requests_total{operation="anonymous",kind="query",code="OK"}')).toBe(1);
    expect(found.get('requests_total{operation="none",kind="none",code="BAD_USER_INPUT"}')).toBe(1);
    expect(found.get('request_duration_seconds_count{operation="Named"}')).toBe(2);
    expect(found.get('upstream_calls_total{endpoint="listIntegrations",status="200"}')).toBe(1);
    expect(found.get('upstream_call_duration_seconds_count{endpoint="listProfileTypes"}')).toBe(1);
    expect(found.get('requests_in_flight')).toBe(0);
    expect(found.get('upstream_breaker_state{endpoint="listProfiles"}')).toBe(0);
    expect(found.get('upstream_breaker_state{endpoint="connection"}')).toBe(0);
  });

  it('show how many profiles are looked up together', async () => {
    await using edge = await startEdge();
    await edge.ask('{ a: accessProfile(id: "x") { id } b: accessProfile(id: "y") { id } }');
    const found = await samples(edge);
    expect(found.get('profile_batch_size_count')).toBe(1);
    expect(found.get('profile_batch_size_sum')).toBe(2);
  });

  it('count retries', async () => {
    await using edge = await startEdge();
    edge.sandbox.faults.add({ kind: 'status', status: 503 }, { kind: 'reset-before' });
    expect((await edge.ask('{ integrations }')).answer.errors).toBeUndefined();
    const found = await samples(edge);
    expect(found.get('upstream_retries_total{endpoint="listIntegrations"}')).toBe(2);
    expect(found.get('upstream_calls_total{endpoint="listIntegrations",status="503"}')).toBe(1);
    expect(found.get('upstream_calls_total{endpoint="listIntegrations",status="none"}')).toBe(1);
  });

  it('do not grow with the names that callers make up', async () => {
    await using edge = await startEdge();
    for (let i = 0; i < 20; i++) await edge.ask(`query Bad${i} { accessProfiles(first: 501) { scimFilter } }`);
    for (let i = 0; i < 120; i++) await edge.ask(`query Good${i} { __typename }`);
    const names = new Set(
      [...(await samples(edge)).keys()].flatMap((key) => /^requests_total\{operation="(\w+)"/.exec(key)?.[1] ?? []),
    );
    expect(names.size).toBe(101);
    expect(names).toContain('other');
    expect(names).not.toContain('Bad0');
  });

  it('have at most 60 codes and statuses, and other for all further ones', async () => {
    const metrics = createMetrics();
    const end = { requestId: 'r', operation: null, kind: 'query', status: 200, durationMs: 1, upstreamCalls: 0 };
    for (let i = 0; i < 100; i++) {
      metrics.requestEnded({ ...end, codes: [`CODE_${i}`] });
      metrics.upstream.call({ endpoint: 'listProfiles', status: 200 + i, durationMs: 1 });
    }
    const { text } = await metrics.print();
    for (const label of [/requests_total\{.*code="(\w+)"/g, /upstream_calls_total\{.*status="(\w+)"/g]) {
      const values = new Set([...text.matchAll(label)].map(([, value]) => value));
      expect(values.size).toBe(61);
      expect(values).toContain('other');
    }
  });

  it('show the requests in flight', async () => {
    const gate = closedGate();
    await using edge = await startEdge({}, { before: () => gate.passed });
    const running = edge.ask('{ integrations }');
    await expect.poll(async () => (await samples(edge)).get('requests_in_flight')).toBe(1);
    gate.open();
    await running;
    await expect.poll(async () => (await samples(edge)).get('requests_in_flight')).toBe(0);
  });
});

it('health and metrics move to ADMIN_PORT', async () => {
  await using edge = await startEdge({ ADMIN_PORT: '0' });
  expect(edge.adminUrl).not.toBe(edge.url);
  for (const path of ['/health/live', '/health/ready', '/metrics']) {
    expect((await edge.send(path)).status, path).toBe(404);
    expect((await exchange(`${edge.adminUrl}${path}`)).status, path).toBe(200);
  }
  expect((await exchange(`${edge.adminUrl}/graphql?query={__typename}`)).status).toBe(404);
});

describe('request ids', () => {
  it.each([
    ['abc-123', true],
    ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', true],
    ['x'.repeat(129), false],
    ['two words', false],
    ['{"json":1}', false],
  ])('%s is taken on: %s', async (given, isTaken) => {
    await using edge = await startEdge();
    const { headers } = await edge.ask('{ __typename }', undefined, { 'x-request-id': given });
    const id = headers['x-request-id'];
    if (isTaken) expect(id).toBe(given);
    else expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(edge.log).toContainEqual(expect.objectContaining({ requestId: id, msg: 'request' }));
  });

  it('are sent with refusals too', async () => {
    await using edge = await startEdge();
    for (const body of ['{', JSON.stringify({ query: '{' })]) {
      const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
      expect((await edge.send('/graphql', options)).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('the log', () => {
  it('has one line for each request, without keys, variables or documents', async () => {
    await using edge = await startEdge();
    const query = 'query Find($f: AccessProfileFilter) { accessProfiles(filter: $f) { nodes { name } } }';
    const variables = { f: { labels: { has: 'secret-label' } } };
    await edge.ask(query, variables);
    await edge.ask(query, variables, { authorization: 'Bearer not-a-key-of-this-tenant' });
    edge.sandbox.faults.add({ kind: 'reset-before', times: 10 });
    await edge.ask(query, variables);
    const lines = edge.log.filter(({ msg }) => msg === 'request');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatchObject({ operation: 'Find', kind: 'query', status: 200, codes: [], upstreamCalls: 1 });
    expect(lines[1]).toMatchObject({ codes: ['UNAUTHENTICATED'] });
    expect(edge.logText()).not.toMatch(new RegExp(`${adminKey}|not-a-key|secret-label|accessProfiles\\(|Bearer`));
  });

  it('shows of an error what it says and where it happened, and no secret or property of it', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line: string) => void lines.push(line) });
    const cause = Object.assign(new Error('refused: Bearer c2VjcmV0'), { headers: { authorization: 'c2VjcmV0' } });
    log.error({ err: new TypeError('token eyJhbGciOi.eyJzdWIi.c2ln is bad', { cause }) }, 'unexpected error');
    const [line = ''] = lines;
    expect(JSON.parse(line).err).toMatchObject({ type: 'TypeError', message: 'token [redacted] is bad' });
    expect(JSON.parse(line).err.cause).toEqual({ type: 'Error', message: 'refused: [redacted]' });
    expect(JSON.parse(line).err.stack).toContain('edge-watch.test.ts');
    expect(line).not.toMatch(/c2VjcmV0|eyJ/);
  });
});
