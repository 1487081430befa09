import { expect, it } from 'vitest';
import type { ToWorker } from '../../../src/server/workers/messages.ts';
import { Turns } from '../../../src/server/workers/turns.ts';
import { WorkerQueue } from '../../../src/server/workers/worker-queue.ts';

/** Workers with one queue; changes leave marks when they begin and end. */
function crew() {
  const turns = new Turns();
  const marks: string[] = [];
  const queues = [1, 2].map((id) => {
    const listeners: ((message: ToWorker) => void)[] = [];
    turns.join({
      id,
      send(message) {
        for (const listener of listeners) queueMicrotask(() => listener(message));
      },
    });
    return new WorkerQueue({
      isOpen: true,
      send: (message) => turns.hear(id, message),
      onMessage: (listener) => void listeners.push(listener),
    });
  });
  const run = (worker: 1 | 2, name: string, keys: readonly string[], work: () => Promise<void> = pause) => {
    const running = queues[worker - 1]?.run(keys, async () => {
      marks.push(`+${name}`);
      await work();
      marks.push(`-${name}`);
      return name;
    });
    if (running === undefined) throw new RangeError('there are two workers');
    return running;
  };
  return { turns, marks, run };
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

it('lets changes of one profile in several workers follow one another, and others pass', async () => {
  const { marks, run } = crew();
  const answers = [run(1, 'a', ['p']), run(2, 'b', ['p', 'q']), run(1, 'c', ['q']), run(2, 'd', ['r'])];
  expect(await Promise.all(answers)).toEqual(['a', 'b', 'c', 'd']);
  expect(marks.filter((mark) => !mark.endsWith('d'))).toEqual(['+a', '-a', '+b', '-b', '+c', '-c']);
  expect(marks.indexOf('+d')).toBeLessThan(marks.indexOf('-a'));
});

it('goes on after a failure, and after the end of a worker whose turn it was or would have been', async () => {
  const { turns, marks, run } = crew();
  await expect(run(1, 'a', ['p'], () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  const never = (): Promise<void> => new Promise(() => undefined);
  void run(1, 'b', ['p'], never);
  void run(1, 'c', ['p'], never);
  const last = run(2, 'd', ['p']);
  await pause();
  expect(marks).toEqual(['+a', '+b']);
  turns.leave(1);
  expect(await last).toBe('d');
  expect(marks).toEqual(['+a', '+b', '+d', '-d']);
});
