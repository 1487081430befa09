import type { UpstreamCallEnd } from '../../upstream/client.ts';

/** For how long a failure counts: longer, and a gateway that gets no requests would never find out that it is over. */
const failureCountsMs = 30_000;
/** For how long an answer outweighs later failures. */
const answerCountsMs = 10_000;

/** The health of the API by the calls of the last seconds; no call is made to find out. */
export class UpstreamHealth {
  readonly #now: () => number;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #failedAt = Number.NEGATIVE_INFINITY;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** A refusal is an answer too: a key may be wrong while the API works. */
  observe({ status, isAbandoned, holdsInput, connectFailure }: UpstreamCallEnd): void {
    if (isAbandoned) return;
    if (status !== null && status < 500) this.#answeredAt = this.#now();
    // An error may be the fault of one caller's filter, a failure to connect never is.
    else if (!holdsInput || connectFailure !== undefined) this.#failedAt = this.#now();
  }

  /** Whether the API answered recently, or has not been tried of late. */
  get isReady(): boolean {
    const now = this.#now();
    const isFailing = this.#failedAt > this.#answeredAt && now - this.#failedAt < failureCountsMs;
    return !isFailing || now - this.#answeredAt < answerCountsMs;
  }
}
