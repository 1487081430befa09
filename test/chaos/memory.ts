import { setTimeout as delay } from 'node:timers/promises';

export interface Heap {
  /** The least that was in use in the second quarter of the time, when it should have been at rest already. */
  readonly early: number;
  /** The least that was in use in the last quarter. */
  readonly late: number;
  /** Whether the second is more than chance allows; null: the time was too short to tell. */
  readonly isGrowing: boolean | null;
}

/** How many looks are too few: the least of a handful is chance. */
const leastSamples = 40;

/** Looks at the heap every second until it is over. The least of many looks is what garbage collection leaves. */
export async function watchHeap(used: () => Promise<number>, isOver: () => boolean): Promise<Heap> {
  const samples: number[] = [];
  while (!isOver()) {
    samples.push(await used());
    await delay(1000);
  }
  const quarter = (number: number) =>
    samples.slice(Math.floor((samples.length * (number - 1)) / 4), Math.ceil((samples.length * number) / 4));
  const early = Math.min(...quarter(2));
  const late = Math.min(...quarter(4));
  return { early, late, isGrowing: samples.length < leastSamples ? null : late > early * 1.25 + 20_000_000 };
}
