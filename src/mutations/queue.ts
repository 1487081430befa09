import { AsyncLocalStorage } from 'node:async_hooks';
import { GatewayError } from '../errors.ts';

/** A lock that gateways share. */
export interface ChangeLock {
  /** Waits until no other gateway holds any of the keys. Rejects with the reason of the signal, or if the holder is unknown. */
  take(keys: readonly string[], signal: AbortSignal): Promise<Lease>;
}

export interface Lease {
  /** Makes sure that the lock is held and outlasts one write. Throws an error with the code CONFLICT where it was lost. */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

/** The lease of the change that is running. Writes find it here, so that no change can forget to confirm it. */
const running = new AsyncLocalStorage<Lease>();

/** To be called right before each write: throws an error with the code CONFLICT where the change has lost its lock. */
export async function confirmLease(): Promise<void> {
  await running.getStore()?.confirm();
}

/**
 * Lets one change at a time at each profile, so that what one read is still there when it writes. Changes in this process
 * wait for all changes that came before them and share a key. Then they take the lock that gateways share, if there is one.
 */
export class ChangeQueue {
  readonly #lock: ChangeLock | null;
  readonly #tails = new Map<string, Promise<unknown>>();

  constructor(lock: ChangeLock | null = null) {
    this.#lock = lock;
  }

  /** Runs `change` when its turn comes. Throws an error with the code CONFLICT where it does not come in time. */
  run<T>(keys: readonly string[], change: () => Promise<T>, signal: AbortSignal = neverAborted): Promise<T> {
    const distinct = [...new Set(keys)];
    if (distinct.length === 0) return change();
    const turn = Promise.all(distinct.map((key) => this.#tails.get(key)));
    const result = unlessAborted(turn, signal)
      .catch(underWay)
      .then(() => this.#locked(distinct, change, signal));
    const settled = Promise.allSettled([turn, result]);
    for (const key of distinct) this.#tails.set(key, settled);
    void settled.then(() => {
      for (const key of distinct) if (this.#tails.get(key) === settled) this.#tails.delete(key);
    });
    return result;
  }

  async #locked<T>(keys: readonly string[], change: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#lock === null) return change();
    const lease = await this.#lock.take(keys, signal).catch((error: unknown) => {
      throw signal.aborted ? underWay(signal.reason) : error;
    });
    try {
      return await running.run(lease, change);
    } finally {
      await lease.release();
    }
  }
}

const neverAborted = new AbortController().signal;

function unlessAborted(turn: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    void turn.then(resolve).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** A time limit that ends the waiting is the fault of the change that is waited for. */
function underWay(reason: unknown): never {
  if (!(reason instanceof GatewayError && reason.code === 'UPSTREAM_TIMEOUT')) throw reason;
  const message = 'Another change of the same profile is running. Nothing was written. Try again.';
  throw new GatewayError('CONFLICT', message, { cause: reason });
}

/**
 * The key of all changes that can bring in parents: two of them at a time could close a cycle that neither sees. No id of
 * a profile, since those are never blank.
 */
export const inheritanceKey = '';
