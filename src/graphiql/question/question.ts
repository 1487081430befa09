import { type GraphQLSchema, parse, validate } from 'graphql';
import type { Sample } from './sample.ts';

/** A ready-made query: opened in a tab of its own with one click, its variables filled from data at hand. */
export interface Question {
  readonly title: string;
  /** What the answer is good for, in one sentence. */
  readonly explains: string;
  /** One named operation; the name becomes the tab's title. */
  readonly query: string;
  readonly variables?: (sample: Sample) => Readonly<Record<string, unknown>>;
}

/**
 * Why the served schema can't answer a query, or undefined if it can. A gateway may be older than the page's questions, or be set
 * up without mutations: the page asks the schema instead of keeping a list.
 */
export function whyNotAnswerable(schema: GraphQLSchema, query: string): string | undefined {
  return validate(schema, parse(query), undefined, { maxErrors: 1 })[0]?.message;
}
