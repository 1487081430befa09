import { LRUCache } from 'lru-cache';
import type { Profile } from '../model/profile.ts';
import { callerKey } from '../upstream/caller-key.ts';
import type { CountTrust } from './profile-counts.ts';

/** Rows that one caller has seen lately, for proofs: none is ever shown. */
export interface SeenByCaller {
  /** Profiles from the start of the caller's list. */
  witnesses(): readonly Profile[];
  keepWitnesses(profiles: readonly Profile[]): void;
  /** The ids of all profiles in the caller's last scan; null: unknown. */
  scannedIds(): ReadonlySet<string> | null;
  keepScannedIds(ids: ReadonlySet<string>): void;
  /** Whether one of the undocumented ways to read versions has worked for the caller; null: unknown. */
  versionWay(way: VersionWay): boolean | null;
  noteVersionWay(way: VersionWay, works: boolean): void;
}

/**
 * How a version other than the current one might be read (neighbour notes §9): the profile with a parameter, the version by its
 * path, the list of versions.
 */
export type VersionWay = 'parameter' | 'path' | 'list';

/** Callers whose witnesses are remembered. */
const maxCallers = 500;
/** Ids that are remembered for all callers together. */
const maxIds = 500_000;
const ttl = 15 * 60 * 1000;

/**
 * Remembers, for each caller apart, profiles that this caller has seen, so that a proof need not begin by reading some. They
 * may be out of date: a proof that relies on them then fails, and is made with profiles that are read for it.
 */
export class CallerMemory {
  readonly #witnesses = new LRUCache<string, readonly Profile[]>({ max: maxCallers, ttl });
  readonly #scanned = new LRUCache<string, ReadonlySet<string>>({ maxSize: maxIds, ttl });
  readonly #versionWays = new LRUCache<string, boolean>({ max: 3 * maxCallers, ttl });
  readonly #misfits = new LRUCache<string, true>({ max: maxCallers, ttl });

  of(authorization: string): SeenByCaller {
    const caller = callerKey(authorization);
    return {
      witnesses: () => this.#witnesses.get(caller) ?? [],
      keepWitnesses: (profiles) => {
        this.#witnesses.set(caller, profiles);
      },
      scannedIds: () => this.#scanned.get(caller) ?? null,
      keepScannedIds: (ids) => {
        this.#scanned.set(caller, ids, { size: 1 + ids.size });
      },
      versionWay: (way) => this.#versionWays.get(`${way} ${caller}`) ?? null,
      noteVersionWay: (way, works) => {
        this.#versionWays.set(`${way} ${caller}`, works);
      },
    };
  }

  /** Whether the API's counts fit what this caller sees: a key may see fewer profiles than are counted. */
  countTrustOf(authorization: string): CountTrust {
    const caller = callerKey(authorization);
    return {
      areUsable: () => !this.#misfits.has(caller),
      noteMisfit: () => {
        this.#misfits.set(caller, true);
      },
    };
  }
}
