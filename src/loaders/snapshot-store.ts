import { valueOrError } from '../errors.ts';
import { eventLoop } from '../event-loop.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import { callerKey } from '../upstream/caller-key.ts';
import { Coalescer } from '../upstream/coalesce.ts';
import type { MaybePromise } from './call.ts';
import { Snapshot } from './snapshot.ts';

export interface SnapshotOptions {
  /** Milliseconds after which a reading is read anew; 0: nothing is shared between requests. */
  readonly ttlMs: number;
  /** Profiles in all readings that are kept; the least recently used go first. */
  readonly maxProfiles: number;
  /** A number that grows each time the API refuses this key; without it, no key is refused. */
  readonly refusals?: (authorization: string) => number;
  readonly now?: () => number;
}

/** Whose reading, and what may be had for it. */
export interface SnapshotRequest {
  /** The value of the Authorization header: what a caller can see is nobody else's business. */
  readonly authorization: string;
  /** Whether entitlements have to be named. A reading without names can't serve that; one with them can serve all. */
  readonly extraInfo: boolean;
  /** `shared`: kept ones and those under way will do; `fresh`: it must be read now; `private`: and not be kept. */
  readonly reuse: 'shared' | 'fresh' | 'private';
  readonly signal?: AbortSignal | undefined;
  /** When the operation began, by `performance.now()`: pages that it has read already may become part of the reading. */
  readonly startedAt?: number | undefined;
  /** Kept ones that were begun before, by `performance.now()`, will not do. */
  readonly readSince?: number | undefined;
}

/** Callers of whom something is remembered besides their readings. */
const maxCallers = 1000;

/**
 * Whole scans of one tenant, reused for the same caller while they are young and nobody has written. Callers are told apart by
 * a hash of their credential under a key of this process, so that no credential is kept.
 */
export class SnapshotStore {
  readonly #options: SnapshotOptions;
  readonly #now: () => number;
  /** Least recently used first. */
  readonly #kept = new Map<string, Snapshot>();
  readonly #underWay = new Coalescer<Snapshot>();
  readonly #sizes = new Map<string, number>();
  /** Counts the writes: what was begun before the last one is neither joined nor kept. */
  #generation = 0;

  constructor(options: SnapshotOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /**
   * A reading of everything that the caller sees. `scan` reads it, under a signal that lasts as long as anybody waits for it.
   * At once, not as a promise, where one is kept.
   */
  read(
    request: SnapshotRequest,
    scan: (signal: AbortSignal | undefined) => Promise<readonly Profile[]>,
  ): MaybePromise<Snapshot> {
    const caller = callerKey(request.authorization);
    const reuse = this.#options.ttlMs > 0 ? request.reuse : 'private';
    if (reuse !== 'shared') return this.#scan(caller, request, reuse === 'fresh', () => scan(request.signal));
    this.#forgetOld();
    const kept = this.#find(caller, request);
    if (kept !== null) return kept;
    const key = `${this.generationFor(request.authorization)} ${request.extraInfo} ${caller}`;
    return this.#underWay.join(key, request.signal, (signal) => this.#scan(caller, request, true, () => scan(signal)));
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

  /** Forgets every reading, of all callers, and those under way: somebody writes. */
  drop(): void {
    this.#generation++;
    this.#kept.clear();
  }

  async #scan(
    caller: string,
    { authorization, extraInfo, startedAt }: SnapshotRequest,
    mayKeep: boolean,
    scan: () => Promise<readonly Profile[]>,
  ): Promise<Snapshot> {
    const generation = this.generationFor(authorization);
    const readAt = Math.min(this.#now(), startedAt ?? Number.POSITIVE_INFINITY);
    const reading = new Snapshot(await parentsRead(await scan()), readAt);
    if (mayKeep && generation === this.generationFor(authorization)) this.#keep(caller, extraInfo, reading);
    return reading;
  }

  #find(caller: string, { extraInfo, readSince = 0 }: SnapshotRequest): Snapshot | null {
    for (const key of [`true ${caller}`, ...(extraInfo ? [] : [`false ${caller}`])]) {
      const found = this.#kept.get(key);
      if (found === undefined || found.readAt < readSince) continue;
      this.#kept.delete(key);
      this.#kept.set(key, found);
      return found;
    }
    return null;
  }

  #keep(caller: string, extraInfo: boolean, reading: Snapshot): void {
    this.#sizes.delete(caller);
    this.#sizes.set(caller, reading.size);
    dropFirst(this.#sizes, () => this.#sizes.size > maxCallers);
    // It would drive out all others, and then itself.
    if (reading.size > this.#options.maxProfiles) return;
    const key = `${extraInfo} ${caller}`;
    this.#kept.delete(key);
    this.#kept.set(key, reading);
    const profiles = () => [...this.#kept.values()].reduce((sum, { size }) => sum + size, 0);
    dropFirst(this.#kept, () => profiles() > this.#options.maxProfiles);
    // Nothing is held in memory because nobody asks any more.
    setTimeout(() => this.#forgetOld(), this.#options.ttlMs + 1).unref();
  }

  #forgetOld(): void {
    const oldest = this.#now() - this.#options.ttlMs;
    for (const [key, { readAt }] of this.#kept) if (readAt < oldest) this.#kept.delete(key);
  }
}

/** Reads the parents of all profiles, which are decoded when they are first read, giving way to other requests in between. */
async function parentsRead(profiles: readonly Profile[]): Promise<readonly Profile[]> {
  for (const profile of profiles) {
    valueOrError(() => directParentIds(profile));
    if (eventLoop.isHeld) await eventLoop.yield();
  }
  return profiles;
}

function dropFirst(map: Map<string, unknown>, isTooFull: () => boolean): void {
  for (const key of map.keys()) {
    if (!isTooFull()) return;
    map.delete(key);
  }
}
