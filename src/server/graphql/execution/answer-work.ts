import { GatewayError } from '../../../errors.ts';
import { type EventLoop, eventLoop } from '../../../event-loop.ts';

/** Values that are made, and milliseconds that pass, in about the time that others can wait. */
const pauseValues = 1000;
const pauseMs = 2;

/** Limits the size of one response and the time of its execution, and lets other requests run. */
export class AnswerWork {
  readonly #maxValues: number;
  readonly #signal: AbortSignal | undefined;
  readonly #loop: Pick<EventLoop, 'isHeld' | 'yield'>;
  #values = 0;
  /** Values at the last pause. */
  #pausedAt = 0;
  #endedBy: unknown = null;
  #suspended = 0;
  #waiting: (() => void)[] = [];

  constructor(
    maxValues = Number.POSITIVE_INFINITY,
    signal?: AbortSignal,
    loop: Pick<EventLoop, 'isHeld' | 'yield'> = eventLoop,
  ) {
    this.#maxValues = maxValues;
    this.#signal = signal;
    this.#loop = loop;
  }

  /** Values of the response so far. */
  get values(): number {
    return this.#values;
  }

  /** Counts values of the response before they are built. Throws GatewayError beyond the limit, and always from then on. */
  spend(values: number): void {
    this.#values += values;
    if (this.#values <= this.#maxValues) return;
    this.#endedBy ??= new GatewayError(
      'COST_LIMIT',
      `The response would hold more than ${this.#maxValues.toLocaleString('en')} values (MAX_ANSWER_VALUES). Ask for fewer fields or fewer rows in one request.`,
      { limit: 'MAX_ANSWER_VALUES' },
    );
    throw this.#endedBy;
  }

  /** Whether an error ends the whole operation: the limit, or its deadline. */
  isEnd(error: unknown): boolean {
    return error === this.#endedBy && error !== null;
  }

  /** Whether a computation must pause now. */
  get mustPause(): boolean {
    return this.#loop.isHeld;
  }

  /**
   * Whether a loop over the response that began at `since` must pause now: others wait, and this response has kept them waiting. Where it
   * has not, a pause would only keep what it holds in memory for longer.
   */
  mustPauseSince(since: number): boolean {
    if (!this.#loop.isHeld) return false;
    return this.#values - this.#pausedAt >= pauseValues || performance.now() - since >= pauseMs;
  }

  /** Lets other requests run. Rejects with the reason of the operation's signal once that is aborted. */
  async pause(): Promise<void> {
    this.#suspended++;
    this.#pausedAt = this.#values;
    try {
      await this.#loop.yield(this.#signal);
    } catch (error) {
      this.#endedBy ??= error;
      throw this.#endedBy;
    } finally {
      this.#suspended--;
      // Resumed code runs first: it can pause again, or load more, which belongs to the same batch.
      if (this.#suspended === 0) setImmediate(() => this.#release());
    }
  }

  /**
   * Dispatches a batch of loads when DataLoader would, but not while a part of the response is paused, since that part can load more.
   * So pauses do not change the number of calls.
   */
  scheduleBatch(dispatch: () => void): void {
    void Promise.resolve().then(() =>
      process.nextTick(() => {
        if (this.#suspended === 0) dispatch();
        else this.#waiting.push(dispatch);
      }),
    );
  }

  #release(): void {
    if (this.#suspended > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const dispatch of waiting) dispatch();
  }
}
