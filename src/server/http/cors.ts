import type { CORSOptions } from 'graphql-yoga';

/**
 * Which pages of other sites may read answers: those of these exact origins, and nobody without a setting. Keys travel in
 * the Authorization header, so cookies are never asked for.
 */
export function corsFor(origins: readonly string[]): false | ((request: Request) => CORSOptions) {
  if (origins.length === 0) return false;
  const allowed = new Set(origins);
  // Yoga's own list would answer `null` to other origins, which is what sandboxed frames are called.
  return (request) => {
    const origin = request.headers.get('origin');
    if (origin === null || !allowed.has(origin)) return false;
    return {
      origin,
      credentials: false,
      methods: ['GET', 'POST'],
      allowedHeaders: [
        'authorization',
        'content-type',
        'x-request-id',
        'x-gateway-cost',
        'cache-control',
        'traceparent',
      ],
      exposedHeaders: ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy'],
      maxAge: 600,
    };
  };
}
