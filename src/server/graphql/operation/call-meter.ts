import { GatewayError } from '../../../errors.ts';

/**
 * The calls to the API that one operation makes, counted while it makes them: no estimate knows how large a tenant is, how full
 * its pages are, or what the API refuses.
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
   * Charges a call before it is made. Throws GatewayError where that would be one too many. A change whose write has been sent is
   * finished: what is read after a write may take the operation as far beyond its limit again, but no further write is begun.
   */
  charge(method: string): void {
    const isWrite = method !== 'GET';
    const limit = this.#hasWritten && !isWrite ? 2 * this.#limit : this.#limit;
    if (this.#used >= limit) {
      throw new GatewayError(
        'COST_LIMIT',
        `The operation needs more than ${this.#limit} calls to the Access Profile API, the most that one operation may make (MAX_COST). Ask for less at a time.`,
        { limit: 'MAX_COST' },
      );
    }
    this.#asked++;
    this.#hasWritten ||= isWrite;
  }

  /** Hears of each call that was made, retries included. */
  noteCall(): void {
    this.#made++;
  }

  /** Calls that may still be made. */
  get left(): number {
    return Math.max(0, this.#limit - this.#used);
  }

  /** Whether a failed call may be made again. */
  mayRetry(): boolean {
    return this.#used < this.#limit;
  }

  /** Calls that others made for this operation as well, and those under way, count too. */
  get #used(): number {
    return Math.max(this.#asked, this.#made);
  }
}
