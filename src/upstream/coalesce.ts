/**
 * Identical reads that are under way at the same time share one call. The key has to hold everything that the reply may
 * depend on, the caller's credential first of all. The call goes on while anybody waits for it: one who gives up does
 * not take it away from the others, and the last one to give up ends it.
 */
export class Coalescer<T> {
  readonly #maxAgeMs: number;
  readonly #running = new Map<string, Shared<T>>();

  /** `maxAgeMs`: a call that began longer ago is not joined any more, since its reply may be of before the question. */
  constructor(maxAgeMs = Number.POSITIVE_INFINITY) {
    this.#maxAgeMs = maxAgeMs;
  }

  /** Joins the call of that key, or starts it. `start` gets the signal that ends it. Rejects once `signal` is aborted. */
  join(key: string, signal: AbortSignal | undefined, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const running = this.#running.get(key);
    const isYoung = running !== undefined && performance.now() - running.startedAt <= this.#maxAgeMs;
    const shared = isYoung ? running : this.#start(key, start);
    shared.waiting++;
    if (signal === undefined) return shared.result;
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        reject(signal.reason);
        shared.waiting--;
        if (shared.waiting === 0) shared.abandon();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      const settled = () => signal.removeEventListener('abort', onAbort);
      shared.result.then(settled, settled);
      shared.result.then(resolve, reject);
    });
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<T>): Shared<T> {
    const controller = new AbortController();
    const result = start(controller.signal);
    const forget = () => {
      if (this.#running.get(key) === shared) this.#running.delete(key);
    };
    const shared: Shared<T> = {
      result,
      startedAt: performance.now(),
      waiting: 0,
      abandon() {
        forget();
        controller.abort();
      },
    };
    this.#running.set(key, shared);
    // Those who gave up do not hear of its end.
    result.then(forget, forget);
    return shared;
  }
}

interface Shared<T> {
  readonly result: Promise<T>;
  readonly startedAt: number;
  waiting: number;
  abandon(): void;
}

/** Milliseconds in which identical questions are taken for asked at the same time. */
export const sameMomentMs = 250;
