import { setTimeout as delay } from 'node:timers/promises';

export interface Heap {
  /** The least that was in use while it should have been at rest already. */
  readonly early: number;
  /** The least that was in use towards the end. */
  readonly late: number;
}

/** Looks at the heap every second until a time. The least of many looks is what garbage collection leaves. */
export async function watchHeap(used: () => Promise<number>, endsAt: number): Promise<Heap> {
  const startedAt = performance.now();
  const samples: { readonly at: number; readonly bytes: number }[] = [];
  while (performance.now() < endsAt) {
    samples.push({ at: performance.now(), bytes: await used() });
    await delay(1000);
  }
  const quarter = (endsAt - startedAt) / 4;
  const least = (from: number, to: number) =>
    Math.min(
      ...samples
        .filter(({ at }) => at >= startedAt + from * quarter && at < startedAt + to * quarter)
        .map(({ bytes }) => bytes),
    );
  return { early: least(1, 2), late: least(3, 4) };
}
