import type { SupportKey, Verdict } from '../../src/filter/support.ts';
import { FilterSupport } from '../../src/filter/support.ts';

/** An API for which these filters worked, and that refused those. */
export function knowing(worked: readonly SupportKey[], refused: readonly SupportKey[] = []): FilterSupport {
  const support = new FilterSupport(() => 0);
  for (const key of worked) support.noteWorking(key);
  for (const key of refused) support.refuse(key);
  return support;
}

/** An API of which nothing is known but what the documents say. */
export const unknown = knowing([]);

/** An API for which every filter worked. */
export const takesAll: Pick<FilterSupport, 'verdict' | 'maxComparisons'> = {
  verdict: (): Verdict => 'worked',
  maxComparisons: () => Number.POSITIVE_INFINITY,
};
