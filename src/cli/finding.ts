/** What a check of `doctor` says: fine, worth a look, in the way of a start, or not checked. */
export type Verdict = 'ok' | 'warn' | 'fail' | 'skip';

export interface Finding {
  readonly verdict: Verdict;
  /** What was checked. */
  readonly about: string;
  /** What was found, and what to do. */
  readonly text: string;
}

export function finding(verdict: Verdict, about: string, text: string): Finding {
  return { verdict, about, text };
}
