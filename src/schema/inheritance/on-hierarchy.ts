import { UserInputError } from '../../errors.ts';
import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import type { MaybePromise } from '../../loaders/call.ts';
import type { EdgeDirection } from '../../loaders/inheritance.ts';
import type { Snapshot } from '../../loaders/snapshot.ts';
import type { Profile } from '../../model/profile.ts';
import type { Context } from '../context.ts';

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

/** Converts `maxDepth` to a number; null means no limit. Throws UserInputError if it is negative. */
export function depthLimit(maxDepth: number | null | undefined): number {
  if (maxDepth === null || maxDepth === undefined) return Number.POSITIVE_INFINITY;
  if (maxDepth < 0) throw new UserInputError('maxDepth', 'maxDepth: must be 0 or more; leave it out for no limit.');
  return maxDepth;
}
