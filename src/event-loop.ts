/** Milliseconds for which one iteration of the event loop may be held before other requests get their time. */
const sliceMs = 10;

/** Shares the event loop of the process between requests: long loops ask it when to give way, and wait for their next slice. */
export class EventLoop {
  readonly #now: () => number;
  readonly #onNextIteration: (resume: () => void) => void;
  /** When this iteration was first seen at work; null: not yet. */
  #heldSince: number | null = null;
  /** Those that wait for a slice, the first come first. */
  readonly #waiting: (() => void)[] = [];
  /** Whether one of them was resumed in this iteration. */
  #hasResumed = false;

  constructor(
    now: () => number = () => performance.now(),
    onNextIteration: (resume: () => void) => void = (resume) => void setImmediate(resume),
  ) {
    this.#now = now;
    this.#onNextIteration = onNextIteration;
  }

  /** Whether a long loop must give way now, by `yield`. It looks at the clock: ask after some hundred small steps, not after each. */
  get isHeld(): boolean {
    if (this.#heldSince === null) {
      this.#begin();
      return false;
    }
    return this.#now() - this.#heldSince >= sliceMs;
  }

  /** Begins to count the time of this iteration, before work that does not pause by itself. */
  noteWork(): void {
    if (this.#heldSince === null) this.#begin();
  }

  /**
   * Resolves in a later iteration, the first come first, as soon as that iteration has time left. Rejects with the signal's reason
   * where that is aborted, so that a deadline ends the loop.
   */
  async yield(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.noteWork();
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      // Node runs the first callback in the iteration that answers a socket: other sockets come before what one of them left.
      this.#onNextIteration(() => this.#resumeLater());
    });
    signal?.throwIfAborted();
  }

  #begin(): void {
    this.#heldSince = this.#now();
    this.#onNextIteration(() => {
      this.#heldSince = null;
    });
  }

  /**
   * One callback for each that waits: what one of them does runs before the next callback, which sees whether time is left. One is
   * resumed in each iteration, even where new requests take all the time.
   */
  #resumeLater(): void {
    this.#onNextIteration(() => {
      if (this.isHeld && this.#hasResumed) {
        this.#resumeLater();
        return;
      }
      this.#hasResumed = true;
      this.#onNextIteration(() => {
        this.#hasResumed = false;
      });
      this.#waiting.shift()?.();
    });
  }
}

/** The event loop of this process. */
export const eventLoop = new EventLoop();

/** The same, for who runs a computation in steps that no deadline ends. */
export const eventLoopPauses = {
  get mustPause(): boolean {
    return eventLoop.isHeld;
  },
  pause: () => eventLoop.yield(),
};
