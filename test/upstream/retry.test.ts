import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { retry } from '../../src/upstream/retry.ts';

const policy = { attempts: 3, baseDelayMs: 100, maxDelayMs: 1000, isWorthwhile: () => true };
const failure = (retryAfterSeconds: number | null = null) =>
  new UpstreamError('RATE_LIMITED', 'too many', { status: 429, retryAfterSeconds });

/** Fails with these one after another, then succeeds. */
function failing(...failures: readonly Error[]) {
  const left = [...failures];
  return vi.fn(async () => {
    const next = left.shift();
    if (next !== undefined) throw next;
    return 'done';
  });
}

describe('retry', () => {
  beforeEach(() => {
    vi.spyOn(Math, 'random').mockReturnValue(0.05);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const always = { maySpend: () => true };

  it('calls until it succeeds', async () => {
    const call = failing(failure(), failure());
    const onRetry = vi.fn();
    expect(await retry(call, policy, { ...always, onRetry })).toBe('done');
    expect([call, onRetry].map(({ mock }) => mock.calls.length)).toEqual([3, 2]);
  });

  it('gives up after the last attempt, with its failure', async () => {
    const last = failure();
    const call = failing(failure(), failure(), last, failure());
    await expect(retry(call, policy, always)).rejects.toBe(last);
    expect(call).toHaveBeenCalledTimes(3);
  });

  it.each<[why: string, failure: Error, options: Partial<typeof policy>, maySpend: boolean]>([
    ['what is not worthwhile', failure(), { isWorthwhile: () => false }, true],
    ['what is no failure of the API', new TypeError('bug'), {}, true],
    ['where the API asks for more patience than there is', failure(2), {}, true],
    ['where too much was tried of late', failure(), {}, false],
  ])('does not repeat %s', async (_why, error, options, may) => {
    const call = failing(error);
    await expect(retry(call, { ...policy, ...options }, { maySpend: () => may })).rejects.toBe(error);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('waits a part of a growing time, or as long as Retry-After says', async () => {
    vi.mocked(Math.random).mockReturnValue(0.5);
    const call = failing(failure(), failure(), failure(1));
    const waits = [50, 100, 1000];
    const order: string[] = [];
    let attempt = 0;
    await retry(
      () => {
        order.push(`attempt ${attempt}`);
        // Timers fire in the order of their times, however late: these stand before and after the one that is waited for.
        const wait = waits[attempt] ?? 0;
        setTimeout((n) => order.push(`before ${n}`), wait * 0.8, attempt);
        setTimeout((n) => order.push(`after ${n}`), wait * 1.3, attempt);
        attempt++;
        return call();
      },
      { ...policy, attempts: 4 },
      always,
    );
    for (const i of waits.keys()) {
      const meanwhile = order.slice(order.indexOf(`attempt ${i}`), order.indexOf(`attempt ${i + 1}`));
      expect(meanwhile).toContain(`before ${i}`);
      expect(meanwhile).not.toContain(`after ${i}`);
    }
  });

  it('stops waiting when its signal aborts', async () => {
    const controller = new AbortController();
    const gone = new Error('gone');
    const waiting = retry(failing(failure(1)), policy, { ...always, signal: controller.signal });
    setTimeout(() => controller.abort(gone), 20);
    await expect(waiting).rejects.toBe(gone);
  });
});
