import { describe, expect, it } from 'vitest';
import { EventLoop } from '../src/event-loop.ts';

/** An event loop whose clock and iterations a test moves on by itself. */
function manual() {
  let now = 0;
  let next: (() => void)[] = [];
  const loop = new EventLoop(
    () => now,
    (resume) => next.push(resume),
  );
  return {
    loop,
    work: (milliseconds: number) => {
      now += milliseconds;
    },
    iterate: async () => {
      const due = next;
      next = [];
      for (const resume of due) resume();
      // What was resumed runs on until it waits again.
      for (let i = 0; i < 5; i++) await Promise.resolve();
    },
  };
}

describe('the event loop', () => {
  it('is held once an iteration has worked for ten milliseconds, and free in the next', async () => {
    const { loop, work, iterate } = manual();
    expect(loop.isHeld).toBe(false);
    work(9);
    expect(loop.isHeld).toBe(false);
    work(1);
    expect(loop.isHeld).toBe(true);
    await iterate();
    expect(loop.isHeld).toBe(false);
  });

  it('resumes those that wait one in each iteration, the first come first', async () => {
    const { loop, iterate } = manual();
    const resumed: number[] = [];
    for (const waiter of [1, 2, 3]) void loop.yield().then(() => resumed.push(waiter));
    expect(resumed).toEqual([]);
    const seen: string[] = [];
    for (let i = 0; i < 6; i++) {
      await iterate();
      seen.push(resumed.join(''));
    }
    // An iteration without slices comes between, in which sockets are read.
    expect(seen).toEqual(['', '1', '1', '12', '12', '123']);
  });

  it('ends a loop whose time is over with the reason of its signal, before and after a pause', async () => {
    const { loop, iterate } = manual();
    const over = new AbortController();
    const paused = loop.yield(over.signal);
    const outcome = paused.then(
      () => 'resumed',
      (error: unknown) => error,
    );
    over.abort('too late');
    await iterate();
    await iterate();
    expect(await outcome).toBe('too late');
    await expect(loop.yield(over.signal)).rejects.toBe('too late');
  });
});
