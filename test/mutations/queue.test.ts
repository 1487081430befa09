import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ChangeQueue } from '../../src/mutations/queue.ts';

/** A queue whose changes leave marks when they begin and end. */
function marked() {
  const queue = new ChangeQueue();
  const marks: string[] = [];
  const run = (name: string, keys: readonly string[], work: () => Promise<void> = () => sleep(5)) =>
    queue.run(keys, async () => {
      marks.push(`+${name}`);
      await work();
      marks.push(`-${name}`);
      return name;
    });
  return { marks, run };
}

describe('the queue of changes', () => {
  it('lets changes of one profile follow one another, in order of arrival', async () => {
    const { marks, run } = marked();
    expect(await Promise.all(['1', '2', '3'].map((name) => run(name, ['p'])))).toEqual(['1', '2', '3']);
    expect(marks).toEqual(['+1', '-1', '+2', '-2', '+3', '-3']);
  });

  it('lets changes of different profiles run beside one another', async () => {
    const { marks, run } = marked();
    await Promise.all([run('1', ['p']), run('2', ['q'])]);
    expect(marks.slice(0, 2)).toEqual(['+1', '+2']);
  });

  it('lets a change of several profiles wait for all of them, and others for it, without a circle', async () => {
    const { marks, run } = marked();
    await Promise.all([
      run('1', ['p']),
      run('2', ['q', 'p']),
      run('3', ['p', 'q', 'p']),
      run('4', ['q']),
      run('5', ['r']),
    ]);
    const order = marks.filter((mark) => !mark.endsWith('5'));
    expect(order).toEqual(['+1', '-1', '+2', '-2', '+3', '-3', '+4', '-4']);
    expect(marks.indexOf('+5')).toBeLessThan(marks.indexOf('-1'));
  });

  it('goes on after a failure, which only its own caller hears of', async () => {
    const { marks, run } = marked();
    const failing = run('1', ['p'], () => Promise.reject(new Error('failed')));
    const next = run('2', ['p']);
    await expect(failing).rejects.toThrow('failed');
    expect(await next).toBe('2');
    expect(marks).toEqual(['+1', '+2', '-2']);
  });
});
