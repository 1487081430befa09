import type { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import { finishInSlices, type Steps } from '../inheritance/steps.ts';
import type { MaybePromise } from '../loaders/call.ts';
import type { EdgeDirection } from '../loaders/inheritance.ts';
import type { Snapshot } from '../loaders/snapshot.ts';
import type { Profile } from '../model/profile.ts';
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

/** The hierarchy of all profiles with their types, which are read at the same time; a snapshot that has them saves that call. */
export async function typedHierarchy({ loaders }: Context): Promise<Hierarchy> {
  const snapshot = loaders.inheritance.whole();
  if (snapshot instanceof Promise) await Promise.all([snapshot, loaders.types.all()]);
  return (await snapshot).typed(() => loaders.types.all());
}

/**
 * Computes a value for one profile on a hierarchy that holds all its ancestors or all its descendants, `withGrants` if it looks at
 * entitlements. Profiles that are requested together share one hierarchy. Returns synchronously if the hierarchy is loaded.
 */
export function onHierarchy<T>(
  { loaders, resultLimit }: Context,
  profile: Profile,
  direction: EdgeDirection,
  maxDepth: number,
  answer: (hierarchy: Hierarchy, node: number) => T,
  prepare: 'prepared' | 'withGrants' = 'prepared',
): MaybePromise<T> {
  const on = ({ hierarchy }: Snapshot) => answer(hierarchy, hierarchy.indexOf(profile.profileId));
  const loaded = loaders.inheritance.around(profile, direction, maxDepth);
  const snapshot = loaded instanceof Promise ? loaded.then((ready) => ready[prepare]()) : loaded[prepare]();
  if (!(snapshot instanceof Promise)) return on(snapshot);
  return snapshot.then(async (ready) => {
    // All fields that wait for this hierarchy resume at the same moment.
    if (resultLimit.mustPause) await resultLimit.pause();
    return on(ready);
  });
}
