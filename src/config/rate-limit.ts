import { ConfigError } from './config-error.ts';

/** The cost that the operations of one caller may have together, counted like `MAX_COST`. */
export interface RateLimit {
  readonly units: number;
  /** From a caller's first operation on; then the count begins anew. */
  readonly windowSeconds: number;
}

/** Null: no limit. Throws ConfigError where one operation could be more than it. */
export function rateLimitOf(values: {
  readonly RATE_LIMIT: number;
  readonly RATE_LIMIT_WINDOW_SECONDS: number;
  readonly MAX_COST: number;
}): RateLimit | null {
  const { RATE_LIMIT: units, RATE_LIMIT_WINDOW_SECONDS: windowSeconds, MAX_COST } = values;
  if (units === 0) return null;
  if (units < MAX_COST) {
    // An operation that can never be run would be told to come back again and again.
    throw new ConfigError('RATE_LIMIT', `must be 0 or at least MAX_COST (${MAX_COST}), which one operation may cost`);
  }
  return Object.freeze({ units, windowSeconds });
}
