import { describe, expect, it } from 'vitest';
import { type ErrorCode, UpstreamError, type UpstreamReply } from '../../src/errors.ts';
import { Conflict } from '../../src/mutations/failure.ts';
import { untilBegun } from '../../src/mutations/write.ts';

const failure = (code: ErrorCode, upstream: Partial<UpstreamReply>) => new UpstreamError(code, 'no', upstream);

/** Fails with the same error each time; counts how often. */
function failing(error: Error, times = Number.POSITIVE_INFINITY) {
  let calls = 0;
  return {
    calls: () => calls,
    attempt: async () => {
      calls++;
      if (calls <= times) throw error;
      return 'done';
    },
  };
}

describe('a change', () => {
  it.each([
    failure('RATE_LIMITED', { status: 429 }),
    failure('RATE_LIMITED', { status: 429, retryAfterSeconds: 0 }),
    failure('UPSTREAM_UNAVAILABLE', { wasSent: false }),
    failure('UPSTREAM_TIMEOUT', { wasSent: false }),
    failure('OVERLOADED', { wasSent: false }),
  ])('is made anew, three times in all, after %j', async (error) => {
    const { attempt, calls } = failing(error);
    await expect(untilBegun(attempt)).rejects.toBe(error);
    expect(calls()).toBe(3);
    const passing = failing(error, 2);
    expect(await untilBegun(passing.attempt)).toBe('done');
    expect(passing.calls()).toBe(3);
  });

  it.each([
    failure('WRITE_OUTCOME_UNKNOWN', { status: 503, retryAfterSeconds: 1 }),
    failure('WRITE_OUTCOME_UNKNOWN', {}),
    failure('BAD_USER_INPUT', { status: 400 }),
    failure('UPSTREAM_UNAVAILABLE', { status: 501 }),
    // More patience than there is.
    failure('RATE_LIMITED', { status: 429, retryAfterSeconds: 6 }),
    // The breaker and the queue of the gateway say when to come back.
    failure('UPSTREAM_UNAVAILABLE', { wasSent: false, retryAfterSeconds: 5 }),
    failure('OVERLOADED', { wasSent: false, retryAfterSeconds: 1 }),
    new Conflict('changed'),
    new TypeError('a fault'),
  ])('is not made anew after %j', async (error) => {
    const { attempt, calls } = failing(error);
    await expect(untilBegun(attempt)).rejects.toBe(error);
    expect(calls()).toBe(1);
  });
});
