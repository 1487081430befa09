import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  circuitBreaker,
  handleWhen,
  type IPolicy,
  SamplingBreaker,
  wrap,
} from 'cockatiel';
import { UpstreamError } from '../errors.ts';

export interface GuardOptions {
  /** Calls under way at once; as many as there are connections. */
  readonly concurrency: number;
  /** Calls that wait for their turn; further ones are refused. */
  readonly queue: number;
  readonly onBreaker?: ((state: 'open' | 'closed' | 'half-open') => void) | undefined;
}

/** While more than half of the calls of ten seconds fail, none is made for five; then one is tried. */
const breaker = { threshold: 0.5, duration: 10_000, minimumRps: 1, halfOpenAfter: 5000 };

/**
 * Protects the API from us and us from the API: bounds the calls under way and those that wait, and stops calling an API
 * that is failing. What it refuses was never sent.
 */
export function createGuard({ concurrency, queue, onBreaker }: GuardOptions) {
  const circuit = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: breaker.halfOpenAfter,
    breaker: new SamplingBreaker(breaker),
  });
  circuit.onBreak(() => onBreaker?.('open'));
  circuit.onReset(() => onBreaker?.('closed'));
  circuit.onHalfOpen(() => onBreaker?.('half-open'));
  const policy: IPolicy = wrap(bulkhead(concurrency, queue), circuit);
  return async <T>(attempt: string, call: () => Promise<T>): Promise<T> => {
    try {
      return await policy.execute(call);
    } catch (error) {
      throw refusalOf(attempt, error) ?? error;
    }
  };
}

/** Failures that say something of the API's health: not those of one request or one key. */
function isOutage(error: Error): boolean {
  if (!(error instanceof UpstreamError)) return false;
  const { status } = error.upstream;
  if (status !== null) return status >= 500 && status !== 501;
  return error.code !== 'UPSTREAM_INVALID_RESPONSE' && error.code !== 'OVERLOADED';
}

function refusalOf(attempt: string, error: unknown): UpstreamError | null {
  const retryAfterSeconds = breaker.halfOpenAfter / 1000;
  if (error instanceof BrokenCircuitError) {
    const message = `The Access Profile API was not asked to ${attempt}: it keeps failing. Try again in ${retryAfterSeconds} seconds.`;
    return new UpstreamError('UPSTREAM_UNAVAILABLE', message, { retryAfterSeconds, wasSent: false }, { cause: error });
  }
  if (error instanceof BulkheadRejectedError) {
    const message = `The Access Profile API was not asked to ${attempt}: too many calls wait for it already. Try again in a second.`;
    return new UpstreamError('OVERLOADED', message, { retryAfterSeconds: 1, wasSent: false }, { cause: error });
  }
  return null;
}
