import type { Dispatcher } from 'undici';

export type ReplyHeaders = Readonly<Record<string, string | string[] | undefined>>;

type GivenUp = 'time is over' | 'nobody waits' | 'too late to begin';

/**
 * Gathers one reply. Undici's `request` would make a stream of each body, which costs more than reading it where all of
 * it is wanted at once.
 */
export class Receiver<Result> implements Dispatcher.DispatchHandler {
  /** Rejects where the reply does not come to its end, and with what `finish` throws. */
  readonly result: Promise<Result>;
  givenUp: GivenUp | null = null;
  /** Whether undici has begun to write the request: before that, no byte of it can have left. */
  wasStarted = false;
  readonly #startBy: number;
  readonly #onStatus: (status: number) => void;
  readonly #finish: (status: number, headers: ReplyHeaders, chunks: readonly Buffer[]) => Result;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #headers: ReplyHeaders = {};
  #resolve: (result: Result) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  /** `startBy`: the time (`performance.now()`) after which the request must not be begun any more. */
  constructor(
    onStatus: (status: number) => void,
    finish: (status: number, headers: ReplyHeaders, chunks: readonly Buffer[]) => Result,
    startBy = Number.POSITIVE_INFINITY,
  ) {
    this.#startBy = startBy;
    this.#onStatus = onStatus;
    this.#finish = finish;
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Ends the call, also where it still waits for a connection. */
  giveUp(why: GivenUp): void {
    this.givenUp ??= why;
    const reason = new Error(why);
    this.#controller?.abort(reason);
    this.#reject(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Undici calls this right before it writes, and writes nothing after an abort.
    if (this.givenUp === null && performance.now() > this.#startBy) this.giveUp('too late to begin');
    if (this.givenUp === null) this.wasStarted = true;
    else controller.abort(new Error(this.givenUp));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: ReplyHeaders): void {
    // What comes before the reply proper, such as 103 (RFC 9110 §15.2), says nothing here.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    this.#onStatus(status);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    try {
      this.#resolve(this.#finish(this.#status, this.#headers, this.#chunks));
    } catch (error) {
      this.#reject(error);
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error);
  }
}
