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

/** Reads with a filter that the API may not know: an internal error is an answer to that, and is not retried. */
export const trialRetries: RetryPolicy = {
  ...readRetries,
  isWorthwhile: (error, attempt) => error.upstream.status !== 500 && readRetries.isWorthwhile(error, attempt),
};

/**
 * Limits the calls that are tried again to a tenth of all calls, and ten at a time at the most. While everything fails, an outage is then
 * multiplied by 1.1, not by the number of attempts.
 */
export class RetryBudget {
  static readonly #capacity = 10;
  static readonly #share = 0.1;
  #tokens = RetryBudget.#capacity;

  /** To be told of each first attempt. */
  earn(): void {
    this.#tokens = Math.min(RetryBudget.#capacity, this.#tokens + RetryBudget.#share);
  }

  /** Whether one more attempt may be made; takes it off the budget. */
  spend(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
