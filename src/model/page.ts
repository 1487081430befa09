/** One page of a list, as the API cut it. */
export interface Page<T> {
  readonly values: readonly T[];
  /** The token of the next page; null on the last one. A page may be empty and yet have a next one. */
  readonly next: string | null;
}
