/** A call that somebody made to the API, as its audit log tells of it (neighbour notes §8). What was sent and answered is not read. */
export interface AuditEntry {
  readonly at: string;
  readonly userId: string | null;
  /** In the words of the API. */
  readonly action: string;
  readonly requestId: string | null;
  readonly method: string;
  /** As the API prints it: with or without an origin, with or without a query. */
  readonly url: string;
  /** null: the log does not say. */
  readonly status: number | null;
}
