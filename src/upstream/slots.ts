export interface SlotOptions {
  /** Calls under way at once. */
  readonly slots: number;
  /** Calls that wait for a slot; further ones are refused. */
  readonly queue: number;
}

/** The group of calls that share slots. */
export interface Lane {
  /** Calls of one endpoint and kind. */
  readonly name: string;
  /** The one caller's calls among them, where these could use up the lane; null: callers are not told apart. */
  readonly caller: string | null;
}

interface Waiter {
  readonly lane: Lane;
  readonly start: () => void;
}

/** The queue is full. */
export class NoSlotError extends Error {
  override readonly name = 'NoSlotError';
}

/**
 * Bounds the calls under way and those that wait. No lane can take all slots: a lane gets another slot only while it holds no
 * more than are free, and one caller in a lane while it holds no more than half of that. So one endpoint that hangs leaves
 * half of the slots, two leave a quarter, and there is always room for a call of another lane.
 */
export class Slots {
  #free: number;
  readonly #queue: number;
  readonly #held = new Map<string, number>();
  /** By caller or else by lane; first come, first served within each, and by turns between them. */
  readonly #waiters = new Map<string, Set<Waiter>>();
  #waiting = 0;
  readonly #waitingIn = new Map<string, number>();

  constructor({ slots, queue }: SlotOptions) {
    this.#free = slots;
    this.#queue = queue;
  }

  /** Takes a slot if there is one now. Each slot that was taken must be released. */
  take(lane: Lane): boolean {
    if (this.#waiters.has(queueOf(lane)) || !this.#hasRoom(lane)) return false;
    this.#hold(lane);
    return true;
  }

  /** Waits for a slot and takes it. Rejects with the signal's reason, or with NoSlotError where too many wait already. */
  wait(lane: Lane, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#waiting >= this.#queue || count(this.#waitingIn, lane.name) > this.#queue - this.#waiting) {
      return Promise.reject(new NoSlotError('too many calls wait'));
    }
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#leave(waiter);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        lane,
        start: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const key = queueOf(lane);
      const queue = this.#waiters.get(key) ?? new Set();
      queue.add(waiter);
      this.#waiters.set(key, queue);
      this.#waiting++;
      change(this.#waitingIn, lane.name, 1);
    });
  }

  release(lane: Lane): void {
    this.#free++;
    change(this.#held, lane.name, -1);
    if (lane.caller !== null) change(this.#held, lane.caller, -1);
    while (this.#startNext());
  }

  #startNext(): boolean {
    if (this.#free === 0) return false;
    for (const [key, queue] of this.#waiters) {
      const [next] = queue;
      if (next === undefined || !this.#hasRoom(next.lane)) continue;
      this.#leave(next);
      if (queue.size > 0) {
        this.#waiters.delete(key);
        this.#waiters.set(key, queue);
      }
      this.#hold(next.lane);
      next.start();
      return true;
    }
    return false;
  }

  #hasRoom({ name, caller }: Lane): boolean {
    if (this.#free === 0 || count(this.#held, name) > this.#free) return false;
    return caller === null || 2 * count(this.#held, caller) <= this.#free;
  }

  #hold({ name, caller }: Lane): void {
    this.#free--;
    change(this.#held, name, 1);
    if (caller !== null) change(this.#held, caller, 1);
  }

  #leave(waiter: Waiter): void {
    const key = queueOf(waiter.lane);
    const queue = this.#waiters.get(key);
    if (!queue?.delete(waiter)) return;
    if (queue.size === 0) this.#waiters.delete(key);
    this.#waiting--;
    change(this.#waitingIn, waiter.lane.name, -1);
  }
}

function queueOf({ name, caller }: Lane): string {
  return caller ?? name;
}

function count(counts: ReadonlyMap<string, number>, key: string): number {
  return counts.get(key) ?? 0;
}

function change(counts: Map<string, number>, key: string, by: number): void {
  const next = count(counts, key) + by;
  if (next === 0) counts.delete(key);
  else counts.set(key, next);
}
