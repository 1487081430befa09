import { UserInputError } from '../../errors.ts';

/** Converts `maxDepth` to a number; null means no limit. Throws UserInputError if it is negative. */
export function depthLimit(maxDepth: number | null | undefined): number {
  if (maxDepth === null || maxDepth === undefined) return Number.POSITIVE_INFINITY;
  if (maxDepth < 0) throw new UserInputError('maxDepth', 'maxDepth: must be 0 or more; leave it out for no limit.');
  return maxDepth;
}
