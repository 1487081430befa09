import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { UpstreamObserver } from '../../upstream/client.ts';
import { endpoints } from '../../upstream/endpoints.ts';
import type { RequestEnd } from '../graphql/plugins/use-request-end.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/** Operation names with a time series of their own: callers choose the names. */
const maxOperations = 100;
/** Error codes and statuses of the Veza API that have a time series of their own. */
const maxCodes = 60;
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics() {
  const registry = new Registry();
  const named = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) => ({
    name: `access_profile_gateway_${name}`,
    help,
    labelNames,
    registers: [registry],
  });
  const requests = new Counter(
    named(
      'requests_total',
      'Requests by operation name, kind and outcome: OK, the code of the first error, or the type of a mutation result that is a failure, such as ConflictError.',
      ['operation', 'kind', 'code'],
    ),
  );
  const requestSeconds = new Histogram({
    ...named('request_duration_seconds', 'Time from a request to its answer.', ['operation']),
    buckets: seconds,
  });
  const requestCalls = new Counter(
    named(
      'request_upstream_calls_total',
      'Calls to the Veza API by the operation name of the request that they were made for.',
      ['operation'],
    ),
  );
  const inFlight = new Gauge(named('requests_in_flight', 'Requests being answered now.'));
  const calls = new Counter(
    named(
      'upstream_calls_total',
      'Calls to the Veza API by endpoint and status; none: no reply came; abandoned: the caller left or its time was over.',
      ['endpoint', 'status'],
    ),
  );
  const callSeconds = new Histogram({
    ...named('upstream_call_duration_seconds', 'Time of one call to the Veza API.', ['endpoint']),
    buckets: seconds,
  });
  const retries = new Counter(
    named('upstream_retries_total', 'Calls that were retried after a failure.', ['endpoint']),
  );
  const breaker = new Gauge(
    named(
      'upstream_breaker_state',
      'Circuit breaker by endpoint; connection: the one for connecting to the Veza API. 0 closed, 1 half-open, 2 open.',
      ['endpoint'],
    ),
  );
  for (const { name } of [...Object.values(endpoints), { name: 'connection' }]) breaker.set({ endpoint: name }, 0);
  const batches = new Histogram({
    ...named('profile_batch_size', 'Profiles that an operation loaded by id in one batch.'),
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
  });
  const rateLimited = new Counter(
    named('rate_limited_total', 'Operations that failed because their caller had used up RATE_LIMIT.'),
  );
  let sharedStore: Gauge | null = null;

  const codeLabel = boundedLabel(maxCodes);
  const statusLabel = boundedLabel(maxCodes);
  const operationLabel = boundedLabel(maxOperations);
  const labelOf = ({ operation, kind, codes }: RequestEnd): string => {
    if (operation === null) return kind === null ? 'none' : 'anonymous';
    // A new name gets a label only after a success, so that made-up names do not take all labels.
    return operationLabel(operation, codes.length === 0);
  };

  const upstream: Required<Omit<UpstreamObserver, 'keyRefused'>> = {
    call({ endpoint, status, durationMs, isAbandoned }) {
      calls.inc({ endpoint, status: isAbandoned ? 'abandoned' : statusLabel(String(status ?? 'none')) });
      callSeconds.observe({ endpoint }, durationMs / 1000);
    },
    retry: (endpoint) => retries.inc({ endpoint }),
    breaker: (endpoint, state) => breaker.set({ endpoint }, { closed: 0, 'half-open': 1, open: 2 }[state]),
  };
  return {
    upstream,
    /** A request has come in. Call the returned function when it is over. */
    requestStarted() {
      inFlight.inc();
      return () => inFlight.dec();
    },
    requestEnded(end: RequestEnd) {
      const operation = labelOf(end);
      // Other errors do not matter if the caller has left.
      const first = end.codes.includes('CANCELLED') ? 'CANCELLED' : end.codes[0];
      const code = first ?? (end.status >= 400 ? `HTTP_${end.status}` : 'OK');
      requests.inc({ operation, kind: end.kind ?? 'none', code: codeLabel(code) });
      requestSeconds.observe({ operation }, end.durationMs / 1000);
      requestCalls.inc({ operation }, end.upstreamCalls);
    },
    /** A caller has used up its rate limit. */
    rateLimited: () => rateLimited.inc(),
    /** Whether the gateway is connected to Redis. A gateway without Redis has no such metric. */
    sharedStore(isUp: boolean) {
      sharedStore ??= new Gauge(named('redis_up', 'Connection to Redis: 1 there, 0 lost.'));
      sharedStore.set(isUp ? 1 : 0);
    },
    /** Counts the profiles of one batch. */
    batch: (size: number) => batches.observe(size),
    /** In the text format of Prometheus, with its media type. Rejects if it cannot be collected. */
    print: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
    /** Also watches memory, event loop and garbage collection of this process. */
    watchProcess: () => collectDefaultMetrics({ register: registry }),
  };
}

/** Returns values unchanged until there are `max` different ones, and `other` for further ones or if `mayAdd` is false. */
function boundedLabel(max: number): (value: string, mayAdd?: boolean) => string {
  const known = new Set<string>();
  return (value, mayAdd = true) => {
    if (mayAdd && known.size < max) known.add(value);
    return known.has(value) ? value : 'other';
  };
}
