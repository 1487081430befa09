import { GatewayError } from '../../../errors.ts';
import type { MaybePromise, UpstreamCall } from '../../../loaders/call.ts';
import type { CachedLists, Snapshots } from '../../../loaders/index.ts';
import type { CachedList, ReferenceCache } from '../../../loaders/reference-cache.ts';
import type { Snapshot } from '../../../loaders/snapshot.ts';
import type { SnapshotStore } from '../../../loaders/snapshot-store.ts';
import type { Datasource, LifecyclePolicy } from '../../../model/neighbours.ts';
import type { ProfileType } from '../../../model/profile-type.ts';

/**
 * Whether data that other operations of the caller read may serve this one. `shared`: cached data serves; `fresh`: read all data now;
 * `private`: read all data now and do not cache it. From the `Cache-Control` of the request (RFC 9111 §5.2.1).
 */
export type Reuse = 'shared' | 'fresh' | 'private';

export function reuseOf(cacheControl: string | null): Reuse {
  const directives = (cacheControl ?? '')
    .toLowerCase()
    .split(',')
    .map((each) => each.replaceAll(/[\s"]/g, ''));
  if (directives.includes('no-store')) return 'private';
  return directives.includes('no-cache') || directives.includes('max-age=0') ? 'fresh' : 'shared';
}

/** The reference data of all callers, each caller's apart. */
export interface ReferenceCaches {
  readonly types: ReferenceCache<ProfileType>;
  readonly datasources: ReferenceCache<Datasource>;
  readonly policies: ReferenceCache<LifecyclePolicy>;
}

export interface ReferencesCaller {
  readonly authorization: string;
  readonly reuse: Reuse;
  /** Called with the time at which another operation read a list. */
  readonly onReused: (list: { readonly readAt: number }) => void;
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
    peek: () => kept.peek(),
    keep: (list) => kept.keep(list),
  };
}

export interface SnapshotCaller {
  readonly authorization: string;
  readonly reuse: Reuse;
  /** Ends what is read for this operation alone. */
  readonly signal: AbortSignal;
  /** Calls on the caller's behalf that another signal ends. */
  readonly callUnder: (signal: AbortSignal | undefined) => UpstreamCall;
  /** Called with a snapshot that another operation read. */
  readonly onReused: (snapshot: Snapshot) => void;
}

/** The snapshots that one operation can share with others of its caller. */
export function callerSnapshots(store: SnapshotStore, caller: SnapshotCaller): Snapshots {
  const { authorization, reuse, signal, callUnder, onReused } = caller;
  const startedAt = performance.now();
  return {
    expectedSize: () => store.sizeFor(authorization),
    generation: () => store.generationFor(authorization),
    kept(extraInfo) {
      const kept = reuse === 'shared' ? store.keptFor(authorization, extraInfo) : null;
      if (kept !== null) onReused(kept);
      return kept;
    },
    read(extraInfo, scan) {
      let isOwn = false;
      const readFor = (mayShare: Reuse) =>
        store.read({ authorization, extraInfo, reuse: mayShare, signal, startedAt }, (sharedSignal) => {
          isOwn = true;
          return scan(callUnder(sharedSignal));
        });
      const snapshot = readFor(reuse);
      const note = (ready: Snapshot): Snapshot => {
        if (!isOwn) onReused(ready);
        return ready;
      };
      if (!(snapshot instanceof Promise)) return note(snapshot);
      // Another operation may have no calls left; this one has calls of its own.
      const readAlone = (error: unknown): MaybePromise<Snapshot> => {
        if (isOwn || !(error instanceof GatewayError) || error.code !== 'COST_LIMIT') throw error;
        return readFor('fresh');
      };
      return snapshot.catch(readAlone).then(note);
    },
  };
}
