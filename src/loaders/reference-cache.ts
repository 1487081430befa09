import { LRUCache } from 'lru-cache';
import { callerKey } from '../upstream/caller-key.ts';

/** Callers whose lists are kept. */
const maxCallers = 1000;

/** A list that was read to its end. */
export interface WholeList<T> {
  readonly byId: ReadonlyMap<string, T>;
  /** Ids that were looked for in it and are not there, so that each of them costs one reading, and not one each time. */
  readonly lacking: Set<string>;
  /** When the reading began, by `performance.now()`: the clock of the machine may be set. */
  readonly readAt: number;
}

/** One caller's kept list. */
export interface CachedList<T> {
  /** null where none is kept, or it is too old, or somebody has written since. */
  find(): WholeList<T> | null;
  /** The same, for what is not shown in the answer. */
  peek(): WholeList<T> | null;
  keep(list: WholeList<T>): void;
}

export interface ReferenceCacheOptions {
  /** Milliseconds for which a list serves further operations; 0: not at all. */
  readonly ttlMs: number;
  /**
   * A number that grows with each write to the tenant, and each time the API refuses this key: what was read before is not
   * used any more.
   */
  readonly generation: (authorization: string) => number;
  readonly now?: () => number;
}

/**
 * Reference data, such as types: few, seldom changed, and looked at by almost every operation. Each caller's are kept apart,
 * for a caller may not see them all.
 */
export class ReferenceCache<T> {
  readonly #options: ReferenceCacheOptions;
  readonly #kept: LRUCache<string, WholeList<T> & { readonly generation: number }>;

  constructor(options: ReferenceCacheOptions) {
    this.#options = options;
    const { ttlMs: ttl, now = () => performance.now() } = options;
    this.#kept = new LRUCache({ max: maxCallers, ttl, ttlResolution: 0, perf: { now } });
  }

  /** Drops the list of one caller, whose key the API refuses now. */
  dropFor(authorization: string): void {
    this.#kept.delete(callerKey(authorization));
  }

  /** To be asked at the start of an operation: what it keeps is of the state of then. */
  of(authorization: string): CachedList<T> {
    const { ttlMs, generation } = this.#options;
    const begunIn = generation(authorization);
    const find = () => {
      const kept = this.#kept.get(callerKey(authorization));
      return kept?.generation === generation(authorization) ? kept : null;
    };
    return {
      find,
      peek: find,
      keep: (list) => {
        if (ttlMs === 0 || begunIn !== generation(authorization)) return;
        this.#kept.set(callerKey(authorization), { ...list, generation: begunIn }, { start: list.readAt });
      },
    };
  }
}
