/** What became of an operation that was to be paid for. */
export interface Charge {
  /** False: it was refused, and cost nothing. */
  readonly isGranted: boolean;
  /** What the caller has left. */
  readonly remaining: number;
  /** Milliseconds after which the caller has everything again. */
  readonly resetMs: number;
}

/** Counts what callers use up. */
export interface RateLimiter {
  /**
   * Charges a caller for calls to the Veza API. The charge is refused if the caller has fewer calls left, unless the calls
   * `areMade` already. Returns no promise if the counter is in this process.
   */
  charge(caller: string, calls: number, areMade?: boolean): Charge | Promise<Charge>;
}
