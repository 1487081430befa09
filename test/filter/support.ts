import type { SupportKey, Verdict } from '../../src/filter/support.ts';
import { FilterSupport } from '../../src/filter/support.ts';

/** An API that has shown these filters, and refused those. */
export function knowing(shown: readonly SupportKey[], refused: readonly SupportKey[] = []): FilterSupport {
  const support = new FilterSupport(() => 0);
  for (const key of shown) support.show(key);
  for (const key of refused) support.refuse(key);
  return support;
}

/** An API of which nothing is known but what the documents say. */
export const unknown = knowing([]);

/** An API that has shown every filter there is. */
export const takesAll: { verdict(key: SupportKey): Verdict } = { verdict: () => 'shown' };
