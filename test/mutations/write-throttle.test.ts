import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ErrorCode, UpstreamError } from '../../src/errors.ts';
import { WriteThrottle } from '../../src/mutations/write-throttle.ts';

const failure = (code: ErrorCode, retryAfterSeconds: number | null = null) =>
  new UpstreamError(code, 'no', { retryAfterSeconds });

describe('throttle', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is open until the API asks for patience, and again after the wait it asks for', async () => {
    const throttle = new WriteThrottle();
    expect(throttle.isOpen).toBe(true);
    const start = performance.now();
    throttle.putOff(failure('RATE_LIMITED', 1));
    expect(throttle.isOpen).toBe(false);
    await throttle.pause();
    expect(performance.now() - start).toBeGreaterThanOrEqual(999);
    expect(throttle.isOpen).toBe(true);
  });

  it.each([
    ['asks for more than there is patience', failure('RATE_LIMITED', 60)],
    ['is down for longer', failure('UPSTREAM_UNAVAILABLE', 60)],
  ])('stops for good where the API %s', async (_name, error) => {
    const throttle = new WriteThrottle();
    throttle.putOff(error);
    await throttle.pause();
    expect([throttle.isOpen, throttle.stoppedBy]).toEqual([false, error]);
  });

  it('stops for good where it is told to, and keeps the first reason', async () => {
    const throttle = new WriteThrottle();
    const first = failure('UNAUTHENTICATED');
    throttle.stop(first);
    throttle.stop(failure('UNAUTHENTICATED'));
    await throttle.pause();
    expect([throttle.isOpen, throttle.stoppedBy]).toEqual([false, first]);
  });

  it.each([null, 0])('comes to an end where the API never says how long to wait: %s', async (retryAfter) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const throttle = new WriteThrottle();
    let calls = 0;
    // Each refusal after the wait for the one before it.
    for (; throttle.stoppedBy === null && calls < 100; calls++) {
      throttle.putOff(failure('RATE_LIMITED', retryAfter));
      vi.advanceTimersByTime(20_000);
    }
    expect(throttle.stoppedBy).not.toBeNull();
    expect(calls).toBeLessThan(20);
  });
  it.each([1, 2, 20])('goes on for as long as the API takes writes, every %d. of which it refuses', (every) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const throttle = new WriteThrottle();
    const waits: number[] = [];
    let taken = 0;
    for (let writes = 1; throttle.stoppedBy === null && writes <= 2000; writes++) {
      if (writes % every !== 0) {
        throttle.noteSuccess();
        taken++;
        continue;
      }
      const before = performance.now();
      throttle.putOff(failure('RATE_LIMITED'));
      while (!throttle.isOpen && throttle.stoppedBy === null) vi.advanceTimersByTime(50);
      waits.push(performance.now() - before);
    }
    if (every === 20) {
      expect([taken, throttle.stoppedBy]).toEqual([1900, null]);
      expect(new Set(waits)).toEqual(new Set([500]));
    } else {
      expect(throttle.stoppedBy).not.toBeNull();
    }
  });
});
