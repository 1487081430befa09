/** A call as the audit log tells of it (DOC: notes on neighbours §8), with a number in the order of the calls. */
export interface AuditRecord {
  readonly sequence: number;
  readonly user: string;
  readonly method: string;
  /** With the query. */
  readonly url: string;
  /** The name of the operation behind it. */
  readonly operation: string;
  readonly request_id: string;
  readonly request: unknown;
  /** As JSON: it is parsed only if somebody reads it. */
  readonly response: string;
  readonly http_status: number;
  readonly grpc_code: string;
  readonly started_at: string;
  readonly ended_at: string;
}

/** The number of records that are kept. */
const limit = 2_000;

/** The newest writes, with what was sent and what was answered. */
export class AuditLog {
  readonly #records: AuditRecord[] = [];
  #count = 0;

  add(record: Omit<AuditRecord, 'sequence'>): void {
    this.#count += 1;
    this.#records.push({ ...record, sequence: this.#count });
    // Dropping half at once keeps the cost of a full log constant per call.
    if (this.#records.length > limit) this.#records.splice(0, limit / 2);
  }

  /** Oldest first. */
  get records(): readonly AuditRecord[] {
    return this.#records;
  }
}
