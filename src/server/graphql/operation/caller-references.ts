import type { CachedLists } from '../../../loaders/index.ts';
import type { CachedList, ReferenceCache } from '../../../loaders/reference-cache.ts';
import type { Datasource } from '../../../model/datasource.ts';
import type { LifecyclePolicy } from '../../../model/policy.ts';
import type { ProfileType } from '../../../model/profile-type.ts';
import type { Reuse } from './reuse.ts';

/** The reference data of all callers, each caller's apart. */
export interface ReferenceCaches {
  readonly types: ReferenceCache<ProfileType>;
  readonly datasources: ReferenceCache<Datasource>;
  readonly policies: ReferenceCache<LifecyclePolicy>;
}

export interface ReferencesCaller {
  readonly authorization: string;
  readonly reuse: Reuse;
  /** Hears of a list that another operation read, and when. */
  readonly onReused: (reading: { readonly readAt: number }) => void;
}

export const nothingCached: CachedLists = { types: null, datasources: null, policies: null };

/** The lists of reference data that one operation can share with others of its caller. */
export function callerReferences(caches: ReferenceCaches, caller: ReferencesCaller): CachedLists {
  if (caller.reuse === 'private') return nothingCached;
  return {
    types: listFor(caches.types, caller),
    datasources: listFor(caches.datasources, caller),
    policies: listFor(caches.policies, caller),
  };
}

function listFor<T>(cache: ReferenceCache<T>, { authorization, reuse, onReused }: ReferencesCaller): CachedList<T> {
  const kept = cache.of(authorization);
  return {
    find() {
      const found = reuse === 'shared' ? kept.find() : null;
      if (found !== null) onReused(found);
      return found;
    },
    keep: (list) => kept.keep(list),
  };
}
