import { GatewayError } from '../../../errors.ts';
import { type EventLoop, eventLoop } from '../../../event-loop.ts';

/**
 * The making of one operation's answer: how much it may hold, until when it may take, and that it gives way to other requests.
 */
export class AnswerWork {
  readonly #maxValues: number;
  readonly #signal: AbortSignal | undefined;
  readonly #loop: Pick<EventLoop, 'isHeld' | 'yield'>;
  #values = 0;
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

  /** The values of the answer so far. */
  get values(): number {
    return this.#values;
  }

  /** Counts values of the answer before they are made. Throws GatewayError once there are too many, and from then on. */
  spend(values: number): void {
    this.#values += values;
    if (this.#values <= this.#maxValues) return;
    this.#endedBy ??= new GatewayError(
      'COST_LIMIT',
      `The answer would hold more than ${this.#maxValues.toLocaleString('en')} values (MAX_ANSWER_VALUES). Ask for fewer fields or fewer rows at a time.`,
      { limit: 'MAX_ANSWER_VALUES' },
    );
    throw this.#endedBy;
  }

  /** Whether an error ends the whole operation: the limit, or its deadline. */
  isEnd(error: unknown): boolean {
    return error === this.#endedBy && error !== null;
  }

  /** Whether a loop over the answer must pause now. */
  get mustPause(): boolean {
    return this.#loop.isHeld;
  }

  /** Gives way to other requests. Rejects with the reason of the operation's signal once that is aborted. */
  async pause(): Promise<void> {
    this.#suspended++;
    try {
      await this.#loop.yield(this.#signal);
    } catch (error) {
      this.#endedBy ??= error;
      throw this.#endedBy;
    } finally {
      this.#suspended--;
      // What resumes now runs first: it may pause again, or ask for more, which belongs to the same batch.
      if (this.#suspended === 0) setImmediate(() => this.#release());
    }
  }

  /**
   * When a batch of loads is made: as DataLoader would, once what is ready has asked for what it needs; but not while a part of the
   * answer is paused, as that may ask for more. So the number of calls does not depend on where a pause happens to be.
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
