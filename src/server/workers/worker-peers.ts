import type { Peers } from '../shared-store/peers.ts';
import { within } from '../shared-store/within.ts';
import { leaseMs, type PrimaryLink, type ToWorker } from './messages.ts';

/** How often the lease is renewed: a worker that computes for less than three of these does not lose it. */
const pingMs = 250;
/** The primary needs no longer than a lease; this is for one that does not run. */
const patienceMs = 2 * leaseMs;

/**
 * The other workers of this machine, as one of them sees them. Who was stopped or busy for longer than a lease can't know of
 * writes that nobody waited to tell it, and is not listening until the primary answers again, which it does after all it had
 * to say before.
 */
export class WorkerPeers implements Peers {
  readonly #primary: PrimaryLink;
  readonly #onWrite: () => void;
  readonly #now: () => number;
  readonly #untold = new Map<number, () => void>();
  #leasedAt = Number.NEGATIVE_INFINITY;
  #lastWrite = 0;

  /** `onWrite` is to forget whatever was read. */
  constructor(primary: PrimaryLink, onWrite: () => void, now: () => number = () => performance.now()) {
    this.#primary = primary;
    this.#onWrite = onWrite;
    this.#now = now;
    primary.onMessage((message) => this.#hear(message));
    const ping = () => primary.send({ kind: 'ping', at: now() });
    ping();
    setInterval(ping, pingMs).unref();
  }

  get isListening(): boolean {
    return this.#primary.isOpen && this.#now() - this.#leasedAt < leaseMs;
  }

  async announceWrite(): Promise<void> {
    const write = ++this.#lastWrite;
    const heard = new Promise<void>((resolve) => this.#untold.set(write, resolve));
    this.#primary.send({ kind: 'wrote', write });
    await within(patienceMs, heard).catch(() => this.#untold.delete(write));
  }

  #hear(message: ToWorker): void {
    if (message.kind === 'pong') this.#leasedAt = Math.max(this.#leasedAt, message.at);
    else if (message.kind === 'written') {
      this.#onWrite();
      this.#primary.send({ kind: 'forgot', notice: message.notice });
    } else if (message.kind === 'heard') {
      this.#untold.get(message.write)?.();
      this.#untold.delete(message.write);
    }
  }
}
