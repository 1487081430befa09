import type { RateLimit } from '../../../config.ts';
import type { Charge, RateLimiter } from './limiter.ts';

interface Window {
  used: number;
  readonly endsAt: number;
}

/** Keys are not checked before they are counted: whoever makes them up must not fill the memory. */
const defaultMaxCallers = 100_000;

/**
 * Counts in this process. A caller's window begins with an operation and lasts a fixed time. Where there are too many
 * callers, those whose windows end soonest get new ones early.
 */
export class LocalRateLimiter implements RateLimiter {
  readonly #limit: RateLimit;
  readonly #maxCallers: number;
  readonly #now: () => number;
  /** In the order of their beginning, and so of their end. */
  readonly #windows = new Map<string, Window>();

  constructor(limit: RateLimit, options: { readonly maxCallers?: number; readonly now?: () => number } = {}) {
    this.#limit = limit;
    this.#maxCallers = options.maxCallers ?? defaultMaxCallers;
    this.#now = options.now ?? (() => performance.now());
  }

  charge(caller: string, calls: number, areMade = false): Charge {
    const { units, windowSeconds } = this.#limit;
    const now = this.#now();
    for (const [each, { endsAt }] of this.#windows) {
      if (endsAt > now) break;
      this.#windows.delete(each);
    }
    const window = this.#windows.get(caller) ?? { used: 0, endsAt: now + windowSeconds * 1000 };
    const isGranted = areMade || window.used + calls <= units;
    if (isGranted) {
      window.used += calls;
      this.#windows.set(caller, window);
      const [oldest] = this.#windows.keys();
      if (this.#windows.size > this.#maxCallers && oldest !== undefined) this.#windows.delete(oldest);
    }
    return { isGranted, remaining: Math.max(0, units - window.used), resetMs: window.endsAt - now };
  }
}
