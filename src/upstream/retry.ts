import { setTimeout as delay } from 'node:timers/promises';
import { UpstreamError } from '../errors.ts';

export interface RetryPolicy {
  /** Calls in all, the first included. */
  readonly attempts: number;
  /** Milliseconds before the second call at most; doubled for each further one. */
  readonly baseDelayMs: number;
  /** The longest wait; an API that asks for more is not waited for. */
  readonly maxDelayMs: number;
  /** Whether a failure may be followed by another attempt; `attempt` counts those made so far. */
  readonly isWorthwhile: (error: UpstreamError, attempt: number) => boolean;
}

export interface RetryOptions {
  /** Asked before each further attempt; says no where too many were made of late. */
  readonly maySpend: () => boolean;
  /** Ends the waiting; rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onRetry?: (() => void) | undefined;
}

/**
 * Calls again while the policy allows it, after the time the API asks for (Retry-After) or else a random part of a
 * growing one ("full jitter"), so that callers who failed together do not come back together.
 */
export async function retry<T>(
  call: () => Promise<T>,
  { attempts, baseDelayMs, maxDelayMs, isWorthwhile }: RetryPolicy,
  { maySpend, signal, onRetry }: RetryOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof UpstreamError) || attempt >= attempts || !isWorthwhile(error, attempt)) throw error;
      const asked = error.upstream.retryAfterSeconds;
      const wait = asked === null ? Math.random() * baseDelayMs * 2 ** (attempt - 1) : asked * 1000;
      if (wait > maxDelayMs || !maySpend()) throw error;
      onRetry?.();
      await delay(wait, undefined, signal ? { signal } : {}).catch(() => {
        throw signal?.reason ?? error;
      });
    }
  }
}
