import type { Steps } from '../inheritance/steps.ts';
import type { Snapshot } from '../loaders/snapshot.ts';
import type { Context } from './context.ts';

type Limited = Pick<Context, 'resultLimit'>;

/** Gives way to other requests where they have waited long enough. Rejects once the operation's time is over. */
export async function giveWay({ resultLimit }: Limited): Promise<void> {
  if (resultLimit.mustPause) await resultLimit.pause();
}

/** Runs a long computation, giving way to other requests between its steps. */
export async function inSlices<T>(context: Limited, steps: Steps<T>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (context.resultLimit.mustPause) await context.resultLimit.pause();
  }
}

/** Filters a long list, giving way to other requests between its elements. */
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

/** The snapshot of all profiles. Fields that wait for it go on one after the other, so that others get their time in between. */
export async function wholeSnapshot(context: Context): Promise<Snapshot> {
  const snapshot = await context.loaders.inheritance.whole();
  await giveWay(context);
  return snapshot;
}
