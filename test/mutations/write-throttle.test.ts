import { describe, expect, it } from 'vitest';
import { type ErrorCode, UpstreamError } from '../../src/errors.ts';
import { WriteThrottle } from '../../src/mutations/write-throttle.ts';

const failure = (code: ErrorCode, retryAfterSeconds: number | null = null) =>
  new UpstreamError(code, 'no', { retryAfterSeconds });

/** A write that fails with these one after another, then succeeds. */
function failing(...failures: readonly Error[]) {
  const left = [...failures];
  let calls = 0;
  return {
    calls: () => calls,
    write: async () => {
      calls++;
      const next = left.shift();
      if (next !== undefined) throw next;
      return 'done';
    },
  };
}

describe('throttle', () => {
  it('waits, and with it everybody, as long as the API asks', async () => {
    const throttle = new WriteThrottle();
    const { write, calls } = failing(failure('RATE_LIMITED', 1));
    const start = performance.now();
    const first = throttle.run(write);
    await new Promise((resolve) => setTimeout(resolve, 10));
    let second = 0;
    await throttle.run(async () => {
      second = performance.now() - start;
    });
    expect(await first).toBe('done');
    expect(calls()).toBe(2);
    expect(second).toBeGreaterThanOrEqual(985);
  });

  it.each([
    ['asks for more than there is time', failure('RATE_LIMITED', 60)],
    ['is down for longer', failure('UPSTREAM_UNAVAILABLE', 60)],
    ['does not accept the key', failure('UNAUTHENTICATED')],
  ])('makes no further write once the API %s', async (_name, error) => {
    const throttle = new WriteThrottle();
    const { write, calls } = failing(error);
    await expect(throttle.run(write)).rejects.toBe(error);
    await expect(throttle.run(write)).rejects.toBe(error);
    expect(throttle.stoppedBy).toBe(error);
    expect(calls()).toBe(1);
  });

  it.each([
    failure('FORBIDDEN'),
    failure('BAD_USER_INPUT', 1),
    failure('UPSTREAM_UNAVAILABLE'),
    failure('WRITE_OUTCOME_UNKNOWN', 1),
    new TypeError('bug'),
  ])('neither repeats nor stops for %s', async (error) => {
    const throttle = new WriteThrottle();
    const { write, calls } = failing(error);
    await expect(throttle.run(write)).rejects.toBe(error);
    expect([calls(), throttle.stoppedBy]).toEqual([1, null]);
    expect(await throttle.run(write)).toBe('done');
  });
});
