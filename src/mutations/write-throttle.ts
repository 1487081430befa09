import { setTimeout as delay } from 'node:timers/promises';
import type { UpstreamError } from '../errors.ts';

/** Milliseconds that a change of many profiles waits for an API that asks for patience while no write is taken. */
const patienceMs = 15_000;
/** Milliseconds of patience that come back with each write that the API takes. */
const patiencePerWriteMs = 100;
/** Milliseconds before the next write where the API does not say how long to wait; doubled until one is taken. */
const firstWaitMs = 500;

/**
 * Lets several writers wait together: where the API says "too many calls" to one of them, none begins another write.
 * If the wait would be too long or the API rejects the key, they make no further write.
 */
export class WriteThrottle {
  #resumeAt = 0;
  #patience = patienceMs;
  #nextWait = firstWaitMs;
  #stoppedBy: UpstreamError | null = null;

  /** The failure after which no further write is made; null: there is none. */
  get stoppedBy(): UpstreamError | null {
    return this.#stoppedBy;
  }

  /** Whether a write may begin now. */
  get isOpen(): boolean {
    return this.#stoppedBy === null && performance.now() >= this.#resumeAt;
  }

  /** Waits until writes may begin, or for nothing once none may any more. What was read before is old by then. */
  async pause(): Promise<void> {
    while (this.#stoppedBy === null) {
      const wait = this.#resumeAt - performance.now();
      if (wait <= 0) return;
      await delay(Math.ceil(wait));
    }
  }

  /** The API took a write: the next wait is short again. */
  noteSuccess(): void {
    this.#nextWait = firstWaitMs;
    this.#patience = Math.min(patienceMs, this.#patience + patiencePerWriteMs);
  }

  /** No further write is made. */
  stop(error: UpstreamError): void {
    this.#stoppedBy ??= error;
  }

  /** Puts all writers off after a write that was not begun; stops them where the wait would be too long. */
  putOff(error: UpstreamError): void {
    // 0 would be no wait at all, and no end to it.
    const asked = error.upstream.retryAfterSeconds || null;
    const wait = asked === null ? this.#nextWait : asked * 1000;
    const now = performance.now();
    // Writers that were under way together are refused together: that is one wait.
    if (asked === null && now < this.#resumeAt) return;
    const longer = now + wait - Math.max(this.#resumeAt, now);
    if (longer > this.#patience) this.stop(error);
    else if (longer > 0) {
      this.#patience -= longer;
      this.#resumeAt = now + wait;
      if (asked === null) this.#nextWait *= 2;
    }
  }
}
