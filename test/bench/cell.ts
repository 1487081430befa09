/** Whether the API's filters take ids, or refuse what is not documented. */
export type Api = 'takes ids' | 'refuses ids';

/**
 * The same request again and again; requests that differ in rows, place in the list and caller; or such requests to an
 * API that says something new in every row of every reply, so that nothing can be gained from having seen it before.
 */
export type Mix = 'identical' | 'distinct' | 'changing';

/** One setting under which all candidates are compared. */
export interface Cell {
  readonly api: Api;
  readonly mix: Mix;
  readonly delayMs: number;
  /** How many requests are under way at once. */
  readonly concurrency: number;
}
