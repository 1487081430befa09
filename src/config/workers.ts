import { ConfigError } from './config-error.ts';

/** How many processes answer. Throws ConfigError where they would need a Redis for what is to hold for all together. */
export function workersOf(values: {
  readonly WORKERS: number;
  readonly RATE_LIMIT: number;
  readonly REDIS_URL: string | null;
}): number {
  const { WORKERS, RATE_LIMIT, REDIS_URL } = values;
  if (WORKERS > 1 && RATE_LIMIT > 0 && REDIS_URL === null) {
    // Each would count for itself, and a caller have as many times the limit.
    throw new ConfigError('REDIS_URL', 'must be set too: with several WORKERS, RATE_LIMIT is counted there');
  }
  return WORKERS;
}
