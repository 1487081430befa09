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
  /** Takes the cost of an operation off what its caller has left, if that is enough. At once, not as a promise, if it can. */
  charge(caller: string, cost: number): Charge | Promise<Charge>;
}
