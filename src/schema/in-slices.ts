import { finishInSlices, type Steps } from '../inheritance/steps.ts';
import type { Snapshot } from '../loaders/snapshot.ts';
import type { Context } from './context.ts';

type Limited = Pick<Context, 'resultLimit'>;

/** Lets other requests run if they have waited long enough. Rejects once the operation has timed out. */
export async function giveWay({ resultLimit }: Limited): Promise<void> {
  if (resultLimit.mustPause) await resultLimit.pause();
}

/** Runs a long computation and lets other requests run between its steps. */
export async function inSlices<T>(context: Limited, steps: Steps<T>): Promise<T> {
  return finishInSlices(steps, context.resultLimit);
}

/** Filters a long list and lets other requests run between its elements. */
export async function filterInSlices<T>(
  context: Limited,
  values: readonly T[],
  keep: (value: T) => boolean,
): Promise<readonly T[]> {
  const kept: T[] = [];
  for (const value of values) {
    if (keep(value)) kept.push(value);
    if (context.resultLimit.mustPause) await context.resultLimit.pause();
  }
  return kept;
}

/** Loads the snapshot of all profiles. Fields that wait for it resume one by one, so that other requests can run. */
export async function wholeSnapshot(context: Context): Promise<Snapshot> {
  const snapshot = await context.loaders.inheritance.whole();
  await giveWay(context);
  return snapshot;
}
