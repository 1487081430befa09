import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { UpstreamObserver } from '../../upstream/client.ts';
import { endpoints } from '../../upstream/endpoints.ts';
import type { RequestEnd } from '../graphql/plugins/use-request-end.ts';

export interface Metrics {
  readonly upstream: Required<Omit<UpstreamObserver, 'keyRefused'>>;
  /** A request has come in; the returned function is to be called when it is over. */
  requestStarted(): () => void;
  requestEnded(end: RequestEnd): void;
  /** A caller has used up what the gateway allows. */
  rateLimited(): void;
  /** Whether there is a connection to Redis; not to be called without one in the configuration. */
  sharedStore(isUp: boolean): void;
  /** So many profiles are looked up together. */
  batch(size: number): void;
  /** In the text format of Prometheus, with its media type. Rejects where it can't be had. */
  print(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** Also watches memory, event loop and garbage collection of this process. */
  watchProcess(): void;
}

/** Callers choose the names of operations, and each makes time series of its own. */
const maxOperations = 100;
/** Codes of errors and statuses of the API that have time series of their own. */
const maxCodes = 60;
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const prefix = 'access_profile_gateway';
  const requests = new Counter({
    name: `${prefix}_requests_total`,
    help: 'Requests by operation name, kind and outcome: OK, the code of the first error, or the type of a mutation result that is a failure, such as ConflictError.',
    labelNames: ['operation', 'kind', 'code'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: `${prefix}_request_duration_seconds`,
    help: 'Time from a request to its answer.',
    labelNames: ['operation'],
    buckets: seconds,
    registers,
  });
  const requestCalls = new Counter({
    name: `${prefix}_request_upstream_calls_total`,
    help: 'Calls to the Veza API by the operation name of the request that they were made for.',
    labelNames: ['operation'],
    registers,
  });
  const inFlight = new Gauge({ name: `${prefix}_requests_in_flight`, help: 'Requests being answered now.', registers });
  const calls = new Counter({
    name: `${prefix}_upstream_calls_total`,
    help: 'Calls to the Veza API by endpoint and status; none: no reply came; abandoned: the caller left or its time was over.',
    labelNames: ['endpoint', 'status'],
    registers,
  });
  const callSeconds = new Histogram({
    name: `${prefix}_upstream_call_duration_seconds`,
    help: 'Time of one call to the Access Profile API.',
    labelNames: ['endpoint'],
    buckets: seconds,
    registers,
  });
  const retries = new Counter({
    name: `${prefix}_upstream_retries_total`,
    help: 'Calls that were made again after a failure.',
    labelNames: ['endpoint'],
    registers,
  });
  const breaker = new Gauge({
    name: `${prefix}_upstream_breaker_state`,
    help: 'Circuit breaker by endpoint; connection: the one for connecting to the API. 0 closed, 1 half-open, 2 open.',
    labelNames: ['endpoint'],
    registers,
  });
  for (const { name } of Object.values(endpoints)) breaker.set({ endpoint: name }, 0);
  breaker.set({ endpoint: 'connection' }, 0);

  const batches = new Histogram({
    name: `${prefix}_profile_batch_size`,
    help: 'Profiles that an operation looked up by id together.',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
    registers,
  });

  const rateLimited = new Counter({
    name: `${prefix}_rate_limited_total`,
    help: 'Operations refused because their caller had used up RATE_LIMIT.',
    registers,
  });

  const codeLabel = boundedLabel(maxCodes);
  const statusLabel = boundedLabel(maxCodes);
  let sharedStore: Gauge | null = null;

  const known = new Set<string>();
  /** A name counts for itself once it was answered well, so that made-up ones do not crowd the others out. */
  const labelOf = ({ operation, kind, codes }: RequestEnd): string => {
    if (operation === null) return kind === null ? 'none' : 'anonymous';
    if (known.has(operation)) return operation;
    if (codes.length > 0 || known.size >= maxOperations) return 'other';
    known.add(operation);
    return operation;
  };

  return {
    upstream: {
      call({ endpoint, status, durationMs, isAbandoned }) {
        calls.inc({ endpoint, status: isAbandoned ? 'abandoned' : statusLabel(String(status ?? 'none')) });
        callSeconds.observe({ endpoint }, durationMs / 1000);
      },
      retry: (endpoint) => retries.inc({ endpoint }),
      breaker: (endpoint, state) => breaker.set({ endpoint }, { closed: 0, 'half-open': 1, open: 2 }[state]),
    },
    requestStarted() {
      inFlight.inc();
      return () => inFlight.dec();
    },
    requestEnded(end) {
      const operation = labelOf(end);
      // What else went wrong is of no interest where nobody waited for it.
      const first = end.codes.includes('CANCELLED') ? 'CANCELLED' : end.codes[0];
      const code = first ?? (end.status >= 400 ? `HTTP_${end.status}` : 'OK');
      requests.inc({ operation, kind: end.kind ?? 'none', code: codeLabel(code) });
      requestSeconds.observe({ operation }, end.durationMs / 1000);
      requestCalls.inc({ operation }, end.upstreamCalls);
    },
    rateLimited: () => rateLimited.inc(),
    sharedStore(isUp) {
      // A gateway without Redis does not say that it is missing.
      sharedStore ??= new Gauge({
        name: `${prefix}_redis_up`,
        help: 'Connection to Redis: 1 there, 0 lost.',
        registers,
      });
      sharedStore.set(isUp ? 1 : 0);
    },
    batch: (size) => batches.observe(size),
    print: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
    watchProcess: () => collectDefaultMetrics({ register: registry }),
  };
}

/** Gives values as they are until there are `max` different ones, and `other` for all further ones. */
function boundedLabel(max: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= max) return 'other';
    known.add(value);
    return value;
  };
}
