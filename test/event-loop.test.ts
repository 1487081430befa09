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
      for (const resume of due) {
        resume();
        // What was resumed runs on until it waits again.
        for (let i = 0; i < 5; i++) await Promise.resolve();
      }
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

  it('resumes those that wait while an iteration has time, the first come first', async () => {
    const { loop, work, iterate } = manual();
    const resumed: number[] = [];
    const workFor = async (waiter: number, milliseconds: number) => {
      await loop.yield();
      resumed.push(waiter);
      work(milliseconds);
    };
    const loops = [workFor(1, 4), workFor(2, 6), workFor(3, 1), workFor(4, 1)];
    await iterate();
    expect(resumed).toEqual([]);
    await iterate();
    expect(resumed).toEqual([1, 2]);
    await iterate();
    expect(resumed).toEqual([1, 2, 3, 4]);
    await Promise.all(loops);
  });

  it('lets a loop that pauses again wait behind the others', async () => {
    const { loop, work, iterate } = manual();
    const resumed: string[] = [];
    const long = async () => {
      for (let slice = 0; slice < 3; slice++) {
        await loop.yield();
        resumed.push('long');
        work(10);
      }
    };
    const short = async () => {
      await loop.yield();
      resumed.push('short');
      work(10);
    };
    const loops = [long(), short(), short()];
    for (let iteration = 0; iteration < 10; iteration++) await iterate();
    expect(resumed).toEqual(['long', 'short', 'short', 'long', 'long']);
    await Promise.all(loops);
  });

  it('resumes one in each iteration whose time others take', async () => {
    const { loop, work, iterate } = manual();
    const resumed: number[] = [];
    const seen: number[][] = [];
    for (const waiter of [1, 2, 3]) void loop.yield().then(() => resumed.push(waiter));
    for (let iteration = 0; iteration < 4; iteration++) {
      loop.noteWork();
      work(50);
      await iterate();
      seen.push([...resumed]);
    }
    expect(seen).toEqual([[], [1], [1, 2], [1, 2, 3]]);
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
