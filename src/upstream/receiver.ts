import type { Dispatcher } from 'undici';
import { tooLarge } from './reply-body.ts';

export type ReplyHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface Reply {
  readonly status: number;
  readonly headers: ReplyHeaders;
  readonly chunks: readonly Buffer[];
}

/** Bytes of the body of an error that are read. A longer body says nothing, and the status counts alone. */
const maxErrorBytes = 64 * 1024;

export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

/** Bytes of a body that are read, by its status. */
export function bodyLimit(status: number, maxBytes: number): number {
  return isSuccess(status) ? maxBytes : Math.min(maxErrorBytes, maxBytes);
}

type GivenUp = 'time is over' | 'nobody waits' | 'too late to begin';

/**
 * Gathers one reply, up to a number of bytes. Undici's `request` would make a stream of each body, which costs more than
 * reading it where all of it is wanted at once.
 */
export class Receiver implements Dispatcher.DispatchHandler {
  /** Rejects where the reply does not come to its end, with BodyError where its body is too large. */
  readonly result: Promise<Reply>;
  givenUp: GivenUp | null = null;
  /** Whether undici has begun to write the request: before that, no byte of it can have left. */
  wasStarted = false;
  readonly #startBy: number;
  readonly #maxBytes: number;
  readonly #onStatus: (status: number) => void;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #headers: ReplyHeaders = {};
  #resolve: (reply: Reply) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  /** `startBy`: the time (`performance.now()`) after which the request must not be begun any more. */
  constructor(maxBytes: number, onStatus: (status: number) => void, startBy = Number.POSITIVE_INFINITY) {
    this.#startBy = startBy;
    this.#maxBytes = maxBytes;
    this.#onStatus = onStatus;
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

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: ReplyHeaders): void {
    // An interim reply, such as 103 (RFC 9110 §15.2), is skipped.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    this.#onStatus(status);
    if (Number(headers['content-length']) > this.#limit) this.#stop(controller);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#limit) this.#stop(controller);
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#resolve({ status: this.#status, headers: this.#headers, chunks: this.#chunks });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error);
  }

  get #limit(): number {
    return bodyLimit(this.#status, this.#maxBytes);
  }

  /** Reads no more of a body that is too large. */
  #stop(controller: Dispatcher.DispatchController): void {
    this.#chunks.length = 0;
    const error = tooLarge(this.#limit);
    if (isSuccess(this.#status)) this.#reject(error);
    else this.#resolve({ status: this.#status, headers: this.#headers, chunks: [] });
    controller.abort(error);
  }
}
