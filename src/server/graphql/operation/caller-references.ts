import type { CachedList, ReferenceCache } from '../../../loaders/reference-cache.ts';
import type { Reuse } from './reuse.ts';

export interface ReferencesCaller {
  readonly authorization: string;
  readonly reuse: Reuse;
  /** Hears of a list that another operation read, and when. */
  readonly onReused: (reading: { readonly readAt: number }) => void;
}

/** The list of reference data that one operation can share with others of its caller; null: it shares none. */
export function callerReferences<T>(
  store: ReferenceCache<T>,
  { authorization, reuse, onReused }: ReferencesCaller,
): CachedList<T> | null {
  if (reuse === 'private') return null;
  const kept = store.of(authorization);
  return {
    find() {
      const found = reuse === 'shared' ? kept.find() : null;
      if (found !== null) onReused(found);
      return found;
    },
    keep: (list) => kept.keep(list),
  };
}
