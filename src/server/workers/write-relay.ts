import { type FromWorker, leaseMs, type WorkerLink } from './messages.ts';

/** Timers may fire a little early. */
const marginMs = 20;

interface Member {
  readonly link: WorkerLink;
  /** Until when it may take it that it has heard of all writes. */
  leasedUntil: number;
}

/** Tells all workers what one of them has written, and that one when none answers from older readings any more. */
export class WriteRelay {
  readonly #now: () => number;
  readonly #members = new Map<number, Member>();
  readonly #forgetting = new Map<number, { readonly by: Set<number>; readonly done: () => void }>();
  #lastNotice = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  join(link: WorkerLink): void {
    this.#members.set(link.id, { link, leasedUntil: Number.NEGATIVE_INFINITY });
  }

  /** A worker has ended. It may have written without having said so. */
  leave(id: number): void {
    this.#members.delete(id);
    for (const notice of this.#forgetting.keys()) this.#forgot(id, notice);
    void this.#tell(id);
  }

  hear(id: number, message: FromWorker): void {
    const member = this.#members.get(id);
    if (member === undefined) return;
    if (message.kind === 'ping') {
      member.leasedUntil = this.#now() + leaseMs;
      member.link.send({ kind: 'pong', at: message.at });
    } else if (message.kind === 'forgot') this.#forgot(id, message.notice);
    else if (message.kind === 'wrote') {
      const { write } = message;
      void this.#tell(id).then(() => member.link.send({ kind: 'heard', write }));
    }
  }

  /** Settles once each of the others has forgotten what it read before, has ended, or has no lease any more. */
  async #tell(writer: number): Promise<void> {
    const now = this.#now();
    const notice = ++this.#lastNotice;
    const by = new Set<number>();
    let until = now;
    for (const [id, { link, leasedUntil }] of this.#members) {
      if (id === writer) continue;
      link.send({ kind: 'written', notice });
      if (leasedUntil <= now) continue;
      by.add(id);
      until = Math.max(until, leasedUntil);
    }
    if (by.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => done(), until - now + marginMs);
      const done = () => {
        clearTimeout(timer);
        this.#forgetting.delete(notice);
        resolve();
      };
      this.#forgetting.set(notice, { by, done });
    });
  }

  #forgot(id: number, notice: number): void {
    const forgetting = this.#forgetting.get(notice);
    if (forgetting?.by.delete(id) && forgetting.by.size === 0) forgetting.done();
  }
}
