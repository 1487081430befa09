import { setTimeout as delay } from 'node:timers/promises';
import { UpstreamError } from '../errors.ts';

/** Milliseconds that a change of many profiles waits for an API that asks for patience, all in all. */
const patienceMs = 15_000;
/** Milliseconds before the next write where the API does not say how long to wait; doubled for each further one. */
const firstWaitMs = 500;

/**
 * Lets several writers wait together: where the API says "too many calls" to one of them, none goes on for as long as it
 * asks. Where that would take too long, or the key is not accepted, no further write is made.
 */
export class WriteThrottle {
  #resumeAt = 0;
  #patience = patienceMs;
  #stoppedBy: UpstreamError | null = null;

  /** The failure that ended it all, or null while there is hope. */
  get stoppedBy(): UpstreamError | null {
    return this.#stoppedBy;
  }

  /** Makes a write as soon as one may; throws what it throws, or what ended it all. */
  async run<T>(write: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      await this.#pause();
      if (this.#stoppedBy !== null) throw this.#stoppedBy;
      try {
        return await write();
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        if (error.code === 'UNAUTHENTICATED') this.#stoppedBy ??= error;
        if (!asksForPatience(error) || !this.#waitFor(error, attempt)) throw error;
      }
    }
  }

  async #pause(): Promise<void> {
    for (let wait = this.#resumeAt - Date.now(); wait > 0; wait = this.#resumeAt - Date.now()) await delay(wait);
  }

  /** Puts everybody off; false where that would take too long. */
  #waitFor(error: UpstreamError, attempt: number): boolean {
    const asked = error.upstream.retryAfterSeconds;
    const wait = asked === null ? firstWaitMs * 2 ** (attempt - 1) : asked * 1000;
    const now = Date.now();
    const longer = now + wait - Math.max(this.#resumeAt, now);
    if (longer > this.#patience) {
      this.#stoppedBy ??= error;
      return false;
    }
    if (longer > 0) {
      this.#patience -= longer;
      this.#resumeAt = now + wait;
    }
    return true;
  }
}

const refusedForNow = new Set(['RATE_LIMITED', 'OVERLOADED', 'UPSTREAM_UNAVAILABLE']);

/** Whether a write was certainly not begun, and may be later. */
function asksForPatience({ code, upstream }: UpstreamError): boolean {
  return refusedForNow.has(code) && (code === 'RATE_LIMITED' || upstream.retryAfterSeconds !== null);
}
