export type CircuitState = 'closed' | 'open' | 'half-open';

/** Calls that fail one after another before the circuit opens. */
const failuresToOpen = 20;
/** Milliseconds for which an open circuit refuses all calls. */
const openMs = 5000;

/** Causes that the failure of a call may have besides the API. */
export interface Suspicion {
  /** Whether the caller wrote a part of the call, such as a filter. */
  readonly holdsInput: boolean;
  /** The thing that the call is about, such as a profile id; null: none in particular. */
  readonly subject: string | null;
}

/** Takes the end of an admitted call. Exactly one of these is called, once. */
export interface Admission {
  succeeded(): void;
  failed(): void;
  /** The call says nothing about the API, for example because its caller left. */
  ended(): void;
}

export interface CircuitOptions {
  readonly onState?: ((state: CircuitState) => void) | undefined;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
}

/**
 * A circuit breaker. It opens after 20 failures without a success in between, refuses all calls for 5 seconds, and then
 * admits one call at a time until one succeeds.
 *
 * A failure counts only if it is not the fault of what one caller asks: a call with a caller's filter counts only after a
 * call without one has failed, and all failures of one subject count as one. A trial call that fails and may be its own
 * fault does not open the circuit again: the next call is tried at once.
 *
 * No library is used. Cockatiel's breaker does not know the caller of a call, lets all other calls wait for the trial call,
 * takes a trial call that was cancelled for a success, and reads the wall clock.
 */
export class Circuit {
  readonly #onState: (state: CircuitState) => void;
  readonly #now: () => number;
  #state: CircuitState = 'closed';
  #openUntil = 0;
  #failures = new Set<string | symbol>();
  /** Whether the last call without input failed. */
  #plainFails = false;
  /** Trial calls under way: one without input and one with input, so that a slow filter can't delay the other trial. */
  readonly #trials = { plain: false, input: false };

  constructor({ onState, now }: CircuitOptions = {}) {
    this.#onState = onState ?? (() => undefined);
    this.#now = now ?? (() => performance.now());
  }

  /** Whole seconds after which a refused call may be admitted. */
  get retryAfterSeconds(): number {
    return Math.max(1, Math.ceil((this.#openUntil - this.#now()) / 1000));
  }

  /** Whether a call would be refused now. */
  refuses({ holdsInput }: Suspicion): boolean {
    if (this.#state === 'closed') return false;
    return this.#now() < this.#openUntil || this.#trials[holdsInput ? 'input' : 'plain'];
  }

  /** Admits a call; null: the circuit refuses it. */
  admit(suspicion: Suspicion): Admission | null {
    if (this.refuses(suspicion)) return null;
    if (this.#state === 'closed') {
      return {
        succeeded: () => this.#succeeded(),
        failed: () => this.#failed(suspicion),
        ended: () => undefined,
      };
    }
    return this.#tryCall(suspicion);
  }

  #tryCall({ holdsInput, subject }: Suspicion): Admission {
    this.#enter('half-open');
    const kind = holdsInput ? 'input' : 'plain';
    this.#trials[kind] = true;
    return {
      succeeded: () => {
        this.#trials[kind] = false;
        this.#close();
      },
      failed: () => {
        this.#trials[kind] = false;
        if (!holdsInput && subject === null && this.#state !== 'closed') this.#open();
      },
      ended: () => {
        this.#trials[kind] = false;
      },
    };
  }

  #succeeded(): void {
    // A call that began before the circuit opened says nothing about now.
    if (this.#state === 'closed') this.#close();
  }

  #failed({ holdsInput, subject }: Suspicion): void {
    if (this.#state !== 'closed') return;
    if (!holdsInput) this.#plainFails = true;
    else if (!this.#plainFails) return;
    this.#failures.add(subject ?? Symbol('failure'));
    if (this.#failures.size >= failuresToOpen) this.#open();
  }

  #open(): void {
    this.#openUntil = this.#now() + openMs;
    this.#enter('open');
  }

  #close(): void {
    if (this.#failures.size > 0) this.#failures = new Set();
    this.#plainFails = false;
    this.#enter('closed');
  }

  #enter(state: CircuitState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#onState(state);
  }
}
