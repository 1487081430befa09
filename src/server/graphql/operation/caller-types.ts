import type { CachedTypes, TypeCache } from '../../../loaders/type-cache.ts';
import type { Reuse } from './reuse.ts';

export interface TypesCaller {
  readonly authorization: string;
  readonly reuse: Reuse;
  /** Hears of types that another operation read, and when. */
  readonly onReused: (reading: { readonly readAt: number }) => void;
}

/** The types that one operation can share with others of its caller; null: it shares none. */
export function callerTypes(store: TypeCache, { authorization, reuse, onReused }: TypesCaller): CachedTypes | null {
  if (reuse === 'private') return null;
  const kept = store.of(authorization);
  return {
    find() {
      const found = reuse === 'shared' ? kept.find() : null;
      if (found !== null) onReused(found);
      return found;
    },
    peek: () => kept.peek(),
    keep: (list) => kept.keep(list),
  };
}
