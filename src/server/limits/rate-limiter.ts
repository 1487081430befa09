import { LRUCache } from 'lru-cache';
import type { RateLimit } from '../../config.ts';

/** The result of a charge. */
export interface Charge {
  /** False if the charge was refused: then nothing was charged. */
  readonly isGranted: boolean;
  /** Calls that the caller has left. */
  readonly remaining: number;
  /** Milliseconds until the window of the caller ends. */
  readonly resetMs: number;
}

/** Counts the calls of each caller within a window. */
export interface RateLimiter {
  /**
   * Charges a caller for calls to the Veza API. The charge is refused if the caller has fewer calls left, unless the calls
   * `areMade` already. Returns no promise if the counter is in this process.
   */
  charge(caller: string, calls: number, areMade?: boolean): Charge | Promise<Charge>;
}

interface Window {
  used: number;
  readonly endsAt: number;
}

/** Keys are counted before the Veza API has accepted them: made-up keys must not fill the memory. */
const defaultMaxCallers = 100_000;

/**
 * Counts in this process. A window of a caller begins with an operation and lasts a fixed time. If there are too many callers, the
 * window that was used least recently is dropped, so that this caller starts anew.
 */
export class LocalRateLimiter implements RateLimiter {
  readonly #limit: RateLimit;
  readonly #now: () => number;
  readonly #windows: LRUCache<string, Window>;

  constructor(limit: RateLimit, options: { readonly maxCallers?: number; readonly now?: () => number } = {}) {
    this.#limit = limit;
    this.#now = options.now ?? (() => performance.now());
    // Not `max`, for which the cache reserves memory at once.
    this.#windows = new LRUCache({ maxSize: options.maxCallers ?? defaultMaxCallers, sizeCalculation: () => 1 });
  }

  charge(caller: string, calls: number, areMade = false): Charge {
    const { units, windowSeconds } = this.#limit;
    const now = this.#now();
    const known = this.#windows.get(caller);
    const window = known !== undefined && known.endsAt > now ? known : { used: 0, endsAt: now + windowSeconds * 1000 };
    const isGranted = areMade || window.used + calls <= units;
    if (isGranted) {
      window.used += calls;
      this.#windows.set(caller, window);
    }
    return { isGranted, remaining: Math.max(0, units - window.used), resetMs: window.endsAt - now };
  }
}
