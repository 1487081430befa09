import type { Dispatcher } from 'undici';

export type ReplyHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Gathers one reply. Undici's `request` would make a stream of each body, which costs more than reading it where all of
 * it is wanted at once.
 */
export class Receiver<Result> implements Dispatcher.DispatchHandler {
  /** Rejects where the reply does not come to its end, and with what `finish` throws. */
  readonly result: Promise<Result>;
  givenUp: 'time is over' | 'nobody waits' | null = null;
  readonly #onStatus: (status: number) => void;
  readonly #finish: (status: number, headers: ReplyHeaders, chunks: readonly Buffer[]) => Result;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #headers: ReplyHeaders = {};
  #resolve: (result: Result) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(
    onStatus: (status: number) => void,
    finish: (status: number, headers: ReplyHeaders, chunks: readonly Buffer[]) => Result,
  ) {
    this.#onStatus = onStatus;
    this.#finish = finish;
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Ends the call, also where it still waits for a connection. */
  giveUp(why: 'time is over' | 'nobody waits'): void {
    this.givenUp ??= why;
    const reason = new Error(why);
    this.#controller?.abort(reason);
    this.#reject(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.givenUp !== null) controller.abort(new Error(this.givenUp));
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
