import { UpstreamError } from '../errors.ts';

/** Statuses that speak of the key, of the API's load or of a server on the way, whatever the filter is. */
const notAboutFilter = new Set([401, 403, 407, 408, 425, 429, 502, 503, 504]);

/** Whether the API broke over a request, as some do over a filter that they do not expect: it may also have been chance. */
export function isBreakdown(error: unknown): boolean {
  return error instanceof UpstreamError && error.upstream.status === 500;
}

/**
 * Whether a failure of a filtered list tells nothing of the profiles: the API refuses the filter, breaks over it, or gives
 * an answer that can't be used. The unfiltered list then decides. Other failures (no connection, timeout, rate limit, a
 * refused key) would meet the unfiltered list as well, so they are errors.
 */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof UpstreamError)) return false;
  const { status } = error.upstream;
  if (error.code === 'UPSTREAM_INVALID_RESPONSE') return true;
  return status !== null && status >= 300 && !notAboutFilter.has(status);
}
