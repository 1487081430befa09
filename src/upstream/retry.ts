import { setTimeout as delay } from 'node:timers/promises';
import { UpstreamError } from '../errors.ts';

export interface RetryOptions {
  /** Calls in all, the first included. */
  readonly attempts: number;
  /** Milliseconds before the second call at most; doubled for each further one. */
  readonly baseDelayMs: number;
  /** The longest wait; an API that asks for more is not waited for. */
  readonly maxDelayMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Calls again while `isSafe` says so of the failure, after the time the API asks for (Retry-After) or else a random part
 * of a growing one ("full jitter"), so that callers who failed together do not come back together.
 */
export async function retry<T>(
  call: () => Promise<T>,
  isSafe: (error: UpstreamError) => boolean,
  options: RetryOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof UpstreamError) || attempt >= options.attempts || !isSafe(error)) throw error;
      const asked = error.upstream.retryAfterSeconds;
      const wait = asked === null ? Math.random() * options.baseDelayMs * 2 ** (attempt - 1) : asked * 1000;
      if (wait > options.maxDelayMs || options.signal?.aborted) throw error;
      await delay(wait);
    }
  }
}
