import type { CORSOptions } from 'graphql-yoga';

/** Headers that GraphQL clients and the tracing of browsers send by themselves. */
const usualHeaders = [
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

/**
 * Which pages of other sites may read answers: those of these exact origins, and nobody without a setting. Keys travel in
 * the Authorization header, so cookies are never asked for. `headers`: those that they may send besides the usual ones.
 */
export function corsFor(
  origins: readonly string[],
  headers: readonly string[],
): false | ((request: Request) => CORSOptions) {
  if (origins.length === 0) return false;
  const allowed = new Set(origins);
  const allowedHeaders = [...usualHeaders, ...headers];
  // Yoga's own list would answer `null` to other origins, which is what sandboxed frames are called.
  return (request) => {
    const origin = request.headers.get('origin');
    if (origin === null || !allowed.has(origin)) return false;
    return {
      origin,
      credentials: false,
      methods: ['GET', 'POST'],
      allowedHeaders,
      exposedHeaders: ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy'],
      maxAge: 600,
    };
  };
}
