import type { Sample } from './sample.ts';

/** A ready-made query: opened in a tab of its own with one click, its variables filled from data at hand. */
export interface Question {
  readonly title: string;
  /** What the answer is good for, in one sentence. */
  readonly explains: string;
  readonly group: 'Look around' | 'Inheritance' | 'Access' | 'Change';
  /** One named operation; the name becomes the tab's title. */
  readonly query: string;
  readonly variables?: (sample: Sample) => Readonly<Record<string, unknown>>;
}
