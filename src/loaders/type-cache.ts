import { LRUCache } from 'lru-cache';
import type { ProfileType } from '../model/profile-type.ts';
import { callerKey } from '../upstream/caller-key.ts';

/** Callers whose types are kept. */
const maxCallers = 1000;

export interface TypeList {
  readonly types: ReadonlyMap<string, ProfileType>;
  /** When the reading began, by `performance.now()`: the clock of the machine may be set. */
  readonly readAt: number;
  /** When it had ended. */
  readonly endedAt: number;
}

/** One caller's kept types. */
export interface CachedTypes {
  /** null where none are kept, or they are too old, or somebody has written since. */
  find(): TypeList | null;
  /** The same, for what is not shown in the answer. */
  peek(): TypeList | null;
  keep(list: TypeList): void;
}

export interface TypeCacheOptions {
  /** Milliseconds for which types serve further operations; 0: not at all. */
  readonly ttlMs: number;
  /**
   * A number that grows with each write to the tenant, and each time the API refuses this key: what was read before is not
   * used any more.
   */
  readonly generation: (authorization: string) => number;
  readonly now?: () => number;
}

/**
 * Types as reference data: few, seldom changed, and looked at by almost every operation. Each caller's are kept apart, for
 * a caller may not see them all.
 */
export class TypeCache {
  readonly #options: TypeCacheOptions;
  readonly #kept: LRUCache<string, TypeList & { readonly generation: number }>;

  constructor(options: TypeCacheOptions) {
    this.#options = options;
    const { ttlMs: ttl, now = () => performance.now() } = options;
    this.#kept = new LRUCache({ max: maxCallers, ttl, ttlResolution: 0, perf: { now } });
  }

  /** Drops the types of one caller, whose key the API refuses now. */
  dropFor(authorization: string): void {
    this.#kept.delete(callerKey(authorization));
  }

  /** To be asked at the start of an operation: what it keeps is of the state of then. */
  of(authorization: string): CachedTypes {
    const { ttlMs, generation } = this.#options;
    const begunIn = generation(authorization);
    const find = () => {
      const kept = this.#kept.get(callerKey(authorization));
      return kept?.generation === generation(authorization) ? kept : null;
    };
    return {
      find,
      peek: find,
      keep: ({ types, readAt, endedAt }) => {
        if (ttlMs === 0 || begunIn !== generation(authorization)) return;
        const list = { types, readAt, endedAt, generation: begunIn };
        this.#kept.set(callerKey(authorization), list, { start: readAt });
      },
    };
  }
}
