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
  #isResuming = false;

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

  /** Resolves in a later iteration. Rejects with the signal's reason where that is aborted, so that a deadline ends the loop. */
  async yield(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#heldSince === null) this.#begin();
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    signal?.throwIfAborted();
  }

  #begin(): void {
    this.#heldSince = this.#now();
    this.#onNextIteration(() => this.#end());
  }

  /** Node runs this in the iteration in which the work began, if that was to answer a socket: sockets come next, then who waits. */
  #end(): void {
    this.#heldSince = null;
    this.#resumeLater();
  }

  #resumeLater(): void {
    if (this.#isResuming || this.#waiting.length === 0) return;
    this.#isResuming = true;
    this.#onNextIteration(() => this.#resumeNext());
  }

  /** One in each iteration: all of them resumed together would hold the loop as long as they would have without a break. */
  #resumeNext(): void {
    this.#isResuming = false;
    if (this.#heldSince === null) this.#begin();
    this.#waiting.shift()?.();
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
