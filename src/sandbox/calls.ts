/** One request as the sandbox saw it. Entered when it arrives; `status` and `endedAt` follow when it is over. */
export interface SandboxCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** The parsed JSON of the body, or its text when it is not JSON; undefined without a body. */
  readonly body: unknown;
  /** 0 while it is being answered, and for good when the connection was cut. */
  readonly status: number;
  /** `performance.now()`; `endedAt` is NaN until it is over. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** The newest calls, in order of arrival. */
export class CallLog {
  readonly #limit: number;
  readonly #calls: SandboxCall[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get calls(): readonly SandboxCall[] {
    return this.#calls;
  }

  /** Returns how to close the entry. */
  open(call: Omit<SandboxCall, 'status' | 'startedAt' | 'endedAt'>, startedAt: number): (status: number) => void {
    const entry = { ...call, status: 0, startedAt, endedAt: Number.NaN };
    if (this.#limit > 0) this.#calls.push(entry);
    // Dropping half at once keeps the cost of a full log constant per call.
    if (this.#calls.length > this.#limit) this.#calls.splice(0, Math.ceil(this.#limit / 2));
    return (status) => {
      if (!Number.isNaN(entry.endedAt)) return;
      entry.status = status;
      entry.endedAt = performance.now();
    };
  }

  clear(): void {
    this.#calls.length = 0;
  }
}
