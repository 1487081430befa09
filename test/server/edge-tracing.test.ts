import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { ConfigError, loadConfig } from '../../src/config.ts';
import { adminKey } from '../../src/sandbox/server.ts';
import { createGateway } from '../../src/server/gateway.ts';
import { listen } from '../../src/server/http/http-server.ts';
import { createLog } from '../../src/server/observability/log.ts';
import { startTracing } from '../../src/server/observability/tracing.ts';
import { answer, type Script, scripted } from '../support/http-server.ts';
import { exchange, startEdge } from './edge-support.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
/** The API, as spans of calls name it. */
const upstream = 'https://acme.vezacloud.com';
const parent = `00-${traceId}-00f067aa0ba902b7-01`;

/** Somewhere that spans are sent to, and what was sent, as the bytes of all its requests. */
async function collector(sampler = 'parentbased_always_on') {
  const server = await scripted(answer(200, '', { 'content-type': 'application/x-protobuf' }));
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', server.origin);
  vi.stubEnv('OTEL_SERVICE_NAME', 'gateway-under-test');
  onTestFinished(() => void vi.unstubAllEnvs());
  const log = createLog('silent');
  const config = loadConfig([], { OTEL_EXPORTER_OTLP_ENDPOINT: server.origin, OTEL_TRACES_SAMPLER: sampler });
  if (config.tracing === null) throw new Error('traces are off');
  const spans = startTracing(config.tracing, upstream, log);
  return { spans, requests: server.requests };
}

/** A finished span, as far as tests look at it; `kind` 1 is the request's, 2 that of a call. */
interface FinishedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly id: string;
  readonly parentSpanContext?: { readonly spanId: string };
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly status: { readonly code: number };
}

/** Traces that end up in a list. */
function listed(environment: Readonly<Record<string, string>> = {}) {
  const finished: FinishedSpan[] = [];
  vi.spyOn(console, 'dir').mockImplementation((span: FinishedSpan) => void finished.push(span));
  const { tracing } = loadConfig([], { OTEL_TRACES_EXPORTER: 'console', ...environment });
  if (tracing === null) throw new Error('traces are off');
  const spans = startTracing(tracing, upstream, createLog('silent'));
  onTestFinished(() => spans.close());
  return { spans, finished };
}

/** An API that answers with integrations and keeps the headers that it was sent. */
async function gatewayWith(
  options: Partial<Parameters<typeof createGateway>[0]>,
  script: Script = answer(200, { values: ['OKTA'] }),
) {
  const api = await scripted(script);
  const config = loadConfig([], {});
  const gateway = createGateway({
    ...config,
    upstreamOrigin: api.origin,
    ambientKey: null,
    log: createLog('silent'),
    ...options,
  });
  const server = await listen({ ...config, port: 0, gateway, page: false });
  onTestFinished(async () => {
    await server.close();
    await gateway.close();
  });
  const ask = (headers: Readonly<Record<string, string>>) =>
    exchange(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${adminKey}`, ...headers },
      body: JSON.stringify({ query: 'query Named { integrations }' }),
    });
  const allSent = () => api.requests.map(({ headers }) => Object.fromEntries(headers));
  const sent = () => allSent().at(-1) ?? {};
  return { ask, sent, allSent };
}

describe('headers towards the API', () => {
  it('are the key, an id, and the trace, and nothing else of the caller', async () => {
    const { ask, sent } = await gatewayWith({});
    await ask({
      'x-request-id': 'abc',
      traceparent: parent,
      cookie: 'session=1',
      'x-forwarded-for': '10.0.0.1',
      'x-forwarded-host': 'evil.example',
      'x-gateway-cost': '1',
      'user-agent': 'caller',
      baggage: 'a=b',
    });
    const { host: _host, connection: _connection, ...headers } = sent();
    expect(headers).toEqual({
      accept: 'application/json',
      'accept-encoding': 'identity',
      authorization: `Bearer ${adminKey}`,
      'x-request-id': 'abc',
      traceparent: parent,
    });
  });

  it.each(['', 'nonsense', `${parent} and more`, parent.replace('-01', '')])('%j is no trace', async (given) => {
    const { ask, sent } = await gatewayWith({});
    const { headers } = await ask({ traceparent: given });
    expect(sent()).not.toHaveProperty('traceparent');
    expect(sent()['x-request-id']).toBe(headers['x-request-id']);
  });
});

describe('traces', () => {
  it('have a span for the operation and one for each call, in the trace of the caller', async () => {
    const { spans, requests } = await collector();
    const { ask, sent } = await gatewayWith({ spans });
    await ask({ traceparent: parent });
    expect(sent()['traceparent']).toMatch(new RegExp(`^00-${traceId}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`));
    await spans.close();
    expect(requests.map(({ target }) => target)).toEqual(['/v1/traces']);
    const [{ body } = { body: '' }] = requests;
    for (const text of ['query Named', 'listIntegrations', 'gateway-under-test', 'graphql.operation.name']) {
      expect(body).toContain(text);
    }
    expect(body).not.toContain(adminKey);
  });

  it('follow the semantic conventions, without texts that can hold names', async () => {
    const { spans, finished } = listed();
    await using edge = await startEdge({}, { spans });
    const query = 'query Secretive($id: ID!) { accessProfile(id: $id) { id } }';
    await edge.ask(query, { id: 'secret-id' }, { traceparent: parent });
    await edge.ask('mutation M { setAccessProfileLabels(input: { id: "nobody", labels: [] }) { __typename } }');
    edge.sandbox.faults.add({ kind: 'status', status: 403 });
    await edge.ask('{ integrations }');
    await edge.send('/graphql?query=%7B', { headers: { authorization: `Bearer ${adminKey}` } });
    await spans.close();
    const requests = finished.filter(({ kind }) => kind === 1);
    const shared = { 'url.path': '/graphql', 'url.scheme': 'http', 'http.route': '/graphql' };
    expect(requests).toMatchObject([
      {
        name: 'query Secretive',
        attributes: {
          ...shared,
          'http.request.method': 'POST',
          'http.response.status_code': 200,
          'graphql.operation.type': 'query',
          'graphql.operation.name': 'Secretive',
          'graphql.document.hash': `sha256:${createHash('sha256').update(query).digest('hex')}`,
        },
      },
      { attributes: { 'error.type': 'NotFoundError', 'graphql.operation.type': 'mutation' }, status: { code: 2 } },
      { name: 'query', attributes: { 'error.type': 'FORBIDDEN' }, status: { code: 2 } },
      {
        name: 'GET /graphql',
        attributes: { ...shared, 'http.request.method': 'GET', 'error.type': 'BAD_USER_INPUT' },
      },
    ]);
    expect(requests[0]?.attributes).not.toHaveProperty('error.type');
    const calls = finished.filter(({ kind }) => kind === 2);
    expect(calls.at(-1)).toMatchObject({
      attributes: {
        'http.request.method': 'GET',
        'http.response.status_code': 403,
        'error.type': '403',
        'server.address': 'acme.vezacloud.com',
        'server.port': 443,
      },
    });
    for (const { name, attributes } of finished)
      expect(JSON.stringify({ name, attributes })).not.toMatch(/secret-id|query=/);
    expect(finished[0]).toMatchObject({ resource: { attributes: { 'service.version': manifest.version } } });
    const lines = edge.log.filter(({ msg }) => msg === 'request');
    expect(lines.map((line) => line['trace_id'])).toEqual(requests.map((span) => span.traceId));
    expect(lines[0]?.['trace_id']).toBe(traceId);
  });

  it('of callers are named in the log where the gateway makes no spans', async () => {
    await using edge = await startEdge();
    await edge.ask('{ __typename }', undefined, { traceparent: parent });
    await edge.ask('{ __typename }');
    const lines = edge.log.filter(({ msg }) => msg === 'request');
    expect(lines.map((line) => line['trace_id'])).toEqual([traceId, undefined]);
  });

  it('tell the API the span of its call, one for each attempt', async () => {
    const { spans, finished } = listed();
    let calls = 0;
    const { ask, allSent } = await gatewayWith({ spans }, (...args) =>
      answer(calls++ === 0 ? 503 : 200, { values: ['OKTA'] })(...args),
    );
    await ask({ traceparent: parent });
    await spans.close();
    const request = finished.find(({ kind }) => kind === 1);
    expect(request).toMatchObject({ traceId, parentSpanContext: { spanId: '00f067aa0ba902b7' } });
    const attempts = finished.filter(({ kind }) => kind === 2);
    expect(attempts).toMatchObject([
      { name: 'listIntegrations', attributes: { 'http.response.status_code': 503 }, status: { code: 2 } },
      { name: 'listIntegrations', attributes: { 'http.response.status_code': 200 }, status: { code: 0 } },
    ]);
    for (const attempt of attempts) expect(attempt.parentSpanContext?.spanId).toBe(request?.id);
    expect(allSent().map(({ traceparent }) => traceparent)).toEqual(attempts.map(({ id }) => `00-${traceId}-${id}-01`));
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(2);
  });

  it('have a call that two requests share in one of them', async () => {
    const { spans, finished } = listed();
    const { ask, allSent } = await gatewayWith({ spans }, async (...args) => {
      await delay(100);
      await answer(200, { values: ['OKTA'] })(...args);
    });
    await Promise.all([ask({ traceparent: parent }), ask({ traceparent: parent.replace('4bf9', '5bf9') })]);
    await spans.close();
    const [call, ...others] = finished.filter(({ kind }) => kind === 2);
    expect(others).toEqual([]);
    expect(allSent().map(({ traceparent }) => traceparent)).toEqual([`00-${call?.traceId}-${call?.id}-01`]);
    expect(finished.filter(({ kind }) => kind === 1).map(({ id }) => id)).toContain(call?.parentSpanContext?.spanId);
  });

  it.each([
    { OTEL_BSP_SCHEDULE_DELAY: '20' },
    { OTEL_BSP_SCHEDULE_DELAY: '60000', OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '1' },
  ])('are sent as soon as %j says', async (environment) => {
    const { spans, finished } = listed(environment);
    const { ask } = await gatewayWith({ spans });
    await ask({});
    await expect.poll(() => finished.length).toBe(2);
  });

  it('are told of failures', async () => {
    const { spans, requests } = await collector();
    await using edge = await startEdge({}, { spans });
    edge.sandbox.faults.add({ kind: 'status', status: 403 });
    await edge.ask('{ integrations }');
    await spans.close();
    expect(requests[0]?.body).toContain('FORBIDDEN');
  });

  it('keep to the sampler', async () => {
    const { spans, requests } = await collector('always_off');
    await using edge = await startEdge({}, { spans });
    await edge.ask('{ integrations }');
    await spans.close();
    expect(requests).toEqual([]);
  });
});

describe("OpenTelemetry's variables", () => {
  const endpoint = 'http://127.0.0.1:4318';

  it.each<readonly [Record<string, string>, object | null]>([
    [{}, null],
    [{ OTEL_SERVICE_NAME: 'x' }, null],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, { exporter: 'otlp', sampler: 'parentbased_always_on', samplerArg: 1 }],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: endpoint }, { exporter: 'otlp' }],
    [{ OTEL_TRACES_EXPORTER: 'otlp' }, { exporter: 'otlp' }],
    [{ OTEL_TRACES_EXPORTER: 'console' }, { exporter: 'console' }],
    [{ OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, null],
    [{ OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, null],
    [
      { OTEL_TRACES_EXPORTER: 'otlp', OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' },
      { sampler: 'traceidratio', samplerArg: 0.1 },
    ],
    [
      { OTEL_TRACES_EXPORTER: 'otlp', OTEL_BSP_SCHEDULE_DELAY: '' },
      {
        batches: {
          scheduledDelayMillis: 5000,
          exportTimeoutMillis: 30_000,
          maxQueueSize: 2048,
          maxExportBatchSize: 512,
        },
      },
    ],
    [
      {
        OTEL_TRACES_EXPORTER: 'otlp',
        OTEL_BSP_SCHEDULE_DELAY: '0',
        OTEL_BSP_EXPORT_TIMEOUT: '1000',
        OTEL_BSP_MAX_QUEUE_SIZE: '100',
      },
      {
        batches: { scheduledDelayMillis: 0, exportTimeoutMillis: 1000, maxQueueSize: 100, maxExportBatchSize: 100 },
      },
    ],
    [
      { OTEL_TRACES_EXPORTER: 'otlp', OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '2048' },
      { batches: { maxExportBatchSize: 2048 } },
    ],
  ])('%j', (environment, expected) => {
    const { tracing } = loadConfig([], environment);
    if (expected === null) expect(tracing).toBeNull();
    else expect(tracing).toMatchObject(expected);
  });

  it.each([
    { OTEL_TRACES_EXPORTER: 'zipkin' },
    { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    { OTEL_TRACES_EXPORTER: 'otlp', OTEL_TRACES_SAMPLER: 'sometimes' },
    { OTEL_TRACES_EXPORTER: 'otlp', OTEL_TRACES_SAMPLER_ARG: '7' },
    { OTEL_TRACES_EXPORTER: 'otlp', OTEL_BSP_SCHEDULE_DELAY: '5s' },
    { OTEL_TRACES_EXPORTER: 'otlp', OTEL_BSP_EXPORT_TIMEOUT: '0' },
    { OTEL_TRACES_EXPORTER: 'otlp', OTEL_BSP_MAX_QUEUE_SIZE: '-1' },
    { OTEL_TRACES_EXPORTER: 'otlp', OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '2049' },
  ])('%j does not start', (environment) => {
    expect(() => loadConfig([], environment)).toThrow(ConfigError);
  });
});
