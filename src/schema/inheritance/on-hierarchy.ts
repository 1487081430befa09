import type { Hierarchy } from '../../inheritance/hierarchy.ts';
import type { MaybePromise } from '../../loaders/call.ts';
import type { Way } from '../../loaders/inheritance.ts';
import type { Reading } from '../../loaders/reading.ts';
import type { Profile } from '../../model/profile.ts';
import type { Context } from '../context.ts';

/**
 * Answers a question about one profile on a hierarchy that holds all that lies one way from it; many profiles that are asked
 * about at a time share one. At once where it is at hand.
 */
export function onHierarchy<T>(
  { loaders, budget }: Context,
  profile: Profile,
  way: Way,
  maxDepth: number,
  answer: (hierarchy: Hierarchy, node: number) => T,
): MaybePromise<T> {
  budget.spend(1);
  const on = ({ hierarchy }: Reading) => answer(hierarchy, hierarchy.graph.indexOf(profile.profileId));
  const reading = loaders.inheritance.around(profile, way, maxDepth);
  return reading instanceof Promise ? reading.then(on) : on(reading);
}
