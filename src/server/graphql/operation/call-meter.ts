import { GatewayError } from '../../../errors.ts';

/**
 * Counts the calls to the Veza API while an operation makes them. No estimate knows the size of the tenant, how full pages are or
 * which filters the API refuses.
 */
export class CallMeter {
  readonly #limit: number;
  #asked = 0;
  #made = 0;
  #hasWritten = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Charges a call before it is made. Throws GatewayError if it would exceed the limit. A change whose write was sent is completed:
   * reads after a write may use as many calls again, but no further write begins.
   */
  charge(method: string): void {
    const isWrite = method !== 'GET';
    const limit = this.#hasWritten && !isWrite ? 2 * this.#limit : this.#limit;
    if (this.#used >= limit) {
      throw new GatewayError(
        'COST_LIMIT',
        `The operation needs more than ${this.#limit} calls to the Veza API, the limit of one operation (MAX_COST). Ask for less in one request.`,
        { limit: 'MAX_COST' },
      );
    }
    this.#asked++;
    this.#hasWritten ||= isWrite;
  }

  /** Notes each call that was made, retries included. */
  noteCall(): void {
    this.#made++;
  }

  /** Calls that may still be made. */
  get left(): number {
    return Math.max(0, this.#limit - this.#used);
  }

  /** Whether a failed call may be retried. */
  mayRetry(): boolean {
    return this.#used < this.#limit;
  }

  /** Includes calls that this operation shares with others, and calls that are running. */
  get #used(): number {
    return Math.max(this.#asked, this.#made);
  }
}
