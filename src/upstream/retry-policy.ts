import type { UpstreamError } from '../errors.ts';
import type { RetryPolicy } from './retry.ts';
import { wasNotBegun } from './write-outcome.ts';

/** Failures that the next moment may have mended. */
const passing = new Set([429, 500, 502, 503, 504]);

/**
 * Reads change nothing, so they are retried after every failure that may pass: after a timeout once, since it took so long.
 */
export const readRetries: RetryPolicy = {
  attempts: 3,
  baseDelayMs: 100,
  maxDelayMs: 5000,
  isWorthwhile(error: UpstreamError, attempt: number): boolean {
    const { status } = error.upstream;
    if (status !== null) return passing.has(status);
    if (error.code === 'UPSTREAM_TIMEOUT') return attempt === 1;
    // Not what this gateway refused to send: its breaker and its queue say how long to wait.
    return error.code === 'UPSTREAM_UNAVAILABLE' && error.upstream.retryAfterSeconds === null;
  },
};

/** A write is tried again only where it has certainly not begun. */
export const writeRetries: RetryPolicy = {
  attempts: 3,
  baseDelayMs: 200,
  maxDelayMs: 5000,
  isWorthwhile: wasNotBegun,
};

/** Reads with a filter that the API may not know: an internal error is an answer to that, and is not retried. */
export const trialRetries: RetryPolicy = {
  ...readRetries,
  isWorthwhile: (error, attempt) => error.upstream.status !== 500 && readRetries.isWorthwhile(error, attempt),
};
