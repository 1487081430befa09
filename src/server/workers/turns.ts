import { ChangeQueue } from '../../changes/queue.ts';
import type { FromWorker, WorkerLink } from './messages.ts';

interface Member {
  readonly link: WorkerLink;
  /** What ends the changes that are its turn now. */
  readonly underWay: Map<number, () => void>;
}

/** Lets the changes of all workers pass through one queue, as those of one process do. */
export class Turns {
  readonly #queue = new ChangeQueue();
  readonly #members = new Map<number, Member>();

  join(link: WorkerLink): void {
    this.#members.set(link.id, { link, underWay: new Map() });
  }

  /** A worker has ended, and its changes with it. */
  leave(id: number): void {
    const member = this.#members.get(id);
    this.#members.delete(id);
    for (const end of member?.underWay.values() ?? []) end();
  }

  hear(id: number, message: FromWorker): void {
    if (message.kind === 'change') void this.#queue.run(message.keys, () => this.#turn(id, message.change));
    else if (message.kind === 'changed') {
      const underWay = this.#members.get(id)?.underWay;
      underWay?.get(message.change)?.();
      underWay?.delete(message.change);
    }
  }

  async #turn(id: number, change: number): Promise<void> {
    const member = this.#members.get(id);
    if (member === undefined) return;
    const ended = new Promise<void>((resolve) => member.underWay.set(change, resolve));
    member.link.send({ kind: 'turn', change });
    await ended;
  }
}
