import type { ChangeQueue } from '../../changes/queue.ts';
import type { PrimaryLink } from './messages.ts';

/** The queue of changes of all workers, as one of them sees it. */
export class WorkerQueue implements Pick<ChangeQueue, 'run'> {
  readonly #primary: PrimaryLink;
  readonly #waiting = new Map<number, () => void>();
  #last = 0;

  constructor(primary: PrimaryLink) {
    this.#primary = primary;
    primary.onMessage((message) => {
      if (message.kind !== 'turn') return;
      this.#waiting.get(message.change)?.();
      this.#waiting.delete(message.change);
    });
  }

  async run<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    const change = ++this.#last;
    const turn = new Promise<void>((resolve) => this.#waiting.set(change, resolve));
    this.#primary.send({ kind: 'change', change, keys });
    await turn;
    try {
      return await work();
    } finally {
      this.#primary.send({ kind: 'changed', change });
    }
  }
}
