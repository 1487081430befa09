import { LRUCache } from 'lru-cache';
import type { Profile } from '../model/profile.ts';
import { callerKey } from '../upstream/caller-key.ts';
import { Coalescer } from '../upstream/coalesce.ts';
import type { MaybePromise } from './call.ts';
import { Snapshot } from './snapshot.ts';

export interface SnapshotOptions {
  /** Milliseconds after which a snapshot expires; 0: requests share no snapshots. */
  readonly ttlMs: number;
  /** Maximum profiles of all cached snapshots; the least recently used snapshots are dropped first. */
  readonly maxProfiles: number;
  /** A number that grows each time the API refuses this key; without it, no key is refused. */
  readonly refusals?: (authorization: string) => number;
  readonly now?: () => number;
}

/** The caller of a snapshot, and which snapshots serve the request. */
export interface SnapshotRequest {
  /** The value of the Authorization header: what a caller can see is nobody else's business. */
  readonly authorization: string;
  /** Whether entitlements need their extra info. A snapshot with extra info serves requests without it too. */
  readonly extraInfo: boolean;
  /** `shared`: a cached snapshot or a running scan serves; `fresh`: scan now; `private`: scan now and do not cache. */
  readonly reuse: 'shared' | 'fresh' | 'private';
  readonly signal?: AbortSignal | undefined;
  /** When the operation began, by `performance.now()`: pages that it has read already can become part of the snapshot. */
  readonly startedAt?: number | undefined;
  /** Kept ones that were begun before, by `performance.now()`, will not do. */
  readonly readSince?: number | undefined;
}

/** Callers whose number of profiles is remembered. */
const maxCallers = 1000;

/**
 * Caches scans of all profiles, for each caller apart, until they expire or a write begins. The key of a caller is a hash of the
 * credential under a secret of this process, so that no credential is kept.
 */
export class SnapshotStore {
  readonly #options: SnapshotOptions;
  readonly #now: () => number;
  readonly #kept: LRUCache<string, Snapshot>;
  readonly #underWay = new Coalescer<Snapshot>();
  readonly #sizes = new LRUCache<string, number>({ max: maxCallers });
  /** Counts the writes: what was begun before the last one is neither joined nor kept. */
  #generation = 0;

  constructor(options: SnapshotOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#kept = new LRUCache({
      maxSize: Math.max(1, options.maxProfiles),
      sizeCalculation: ({ size }) => Math.max(1, size),
      ttl: options.ttlMs,
      // Snapshots are large: they leave the memory even if nobody asks again.
      ttlAutopurge: true,
      ttlResolution: 0,
      perf: { now: this.#now },
    });
  }

  /**
   * The snapshot of all profiles that the caller sees. `scan` reads them, under a signal that ends when no operation waits for it.
   * Returns no promise if a snapshot is cached.
   */
  read(
    request: SnapshotRequest,
    scan: (signal: AbortSignal | undefined) => Promise<readonly Profile[]>,
  ): MaybePromise<Snapshot> {
    const caller = callerKey(request.authorization);
    const reuse = this.#options.ttlMs > 0 ? request.reuse : 'private';
    if (reuse !== 'shared') return this.#scan(caller, request, reuse === 'fresh', () => scan(request.signal));
    const kept = this.#find(caller, request.extraInfo, request.readSince);
    if (kept !== null) return kept;
    const key = `${this.generationFor(request.authorization)} ${request.extraInfo} ${caller}`;
    return this.#underWay.join(key, request.signal, (signal) => this.#scan(caller, request, true, () => scan(signal)));
  }

  /** The snapshot that is cached for a caller; null: there is none. */
  keptFor(authorization: string, extraInfo: boolean): Snapshot | null {
    return this.#options.ttlMs === 0 ? null : this.#find(callerKey(authorization), extraInfo);
  }

  /** How many profiles the caller saw when all were last read; null if that is not known. */
  sizeFor(authorization: string): number | null {
    return this.#sizes.get(callerKey(authorization)) ?? null;
  }

  /** How often the snapshots of all callers were dropped. */
  get generation(): number {
    return this.#generation;
  }

  /** A number that grows when this caller's snapshots are dropped: what was read before must not be shared any more. */
  generationFor(authorization: string): number {
    return this.#generation + (this.#options.refusals?.(authorization) ?? 0);
  }

  /** Drops the snapshots of one caller, whose key the API refuses now. Those under way are not kept. */
  dropFor(authorization: string): void {
    const caller = callerKey(authorization);
    this.#kept.delete(`true ${caller}`);
    this.#kept.delete(`false ${caller}`);
    this.#sizes.delete(caller);
  }

  /** Drops the snapshots of all callers, and does not cache scans that are running: a write has begun. */
  drop(): void {
    this.#generation++;
    this.#kept.clear();
  }

  #find(caller: string, extraInfo: boolean, readSince = 0): Snapshot | null {
    const keys = extraInfo ? [`true ${caller}`] : [`true ${caller}`, `false ${caller}`];
    for (const key of keys) {
      const found = this.#kept.get(key);
      if (found !== undefined && found.readAt >= readSince) return found;
    }
    return null;
  }

  async #scan(
    caller: string,
    { authorization, extraInfo, startedAt }: SnapshotRequest,
    mayKeep: boolean,
    scan: () => Promise<readonly Profile[]>,
  ): Promise<Snapshot> {
    const generation = this.generationFor(authorization);
    const readAt = Math.min(this.#now(), startedAt ?? Number.POSITIVE_INFINITY);
    const snapshot = new Snapshot(await scan(), readAt);
    if (mayKeep && generation === this.generationFor(authorization)) {
      this.#sizes.set(caller, snapshot.size);
      this.#kept.set(`${extraInfo} ${caller}`, snapshot, { start: readAt });
    }
    return snapshot;
  }
}
