/** The verdict of a check of `doctor`: fine, worth a look, in the way of a start, or not checked. */
export type Verdict = 'ok' | 'warn' | 'fail' | 'skip';

export interface Finding {
  readonly verdict: Verdict;
  /** The subject of the check. */
  readonly about: string;
  /** The result, and a remedy. */
  readonly text: string;
}

export function finding(verdict: Verdict, about: string, text: string): Finding {
  return { verdict, about, text };
}
