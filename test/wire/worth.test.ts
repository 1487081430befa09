import { describe, expect, it } from 'vitest';
import { Worth } from '../../src/wire/worth.ts';

/** Reads pages of 100 rows, of which a part is known, and counts those for which keeping was given a try. */
function tried(worth: Worth, pages: number, hits: number): number {
  let count = 0;
  for (let i = 0; i < pages; i++) {
    if (!worth.isGiven()) continue;
    count++;
    worth.learn(hits, 100 - hits);
  }
  return count;
}

describe('keeping rows', () => {
  it('is given a hundred pages of new rows, and then one in sixteen', () => {
    const worth = new Worth();
    expect(tried(worth, 100, 0)).toBe(100);
    expect(tried(worth, 1600, 0)).toBe(100);
  });

  it('goes on as long as a third of the rows comes again', () => {
    const worth = new Worth();
    expect(tried(worth, 5000, 34)).toBe(5000);
    expect(tried(worth, 5000, 30)).toBeLessThan(2000);
  });

  it('is taken up again once rows come again', () => {
    const worth = new Worth();
    tried(worth, 1000, 0);
    expect(tried(worth, 160, 100)).toBeGreaterThan(140);
  });
});
