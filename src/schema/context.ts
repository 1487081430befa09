import type { GraphQLResolveInfo } from 'graphql';
import type { Loaders } from '../loaders/index.ts';
import type { ChangeSession } from '../mutations/session.ts';
import type { ResultLimit } from './result-limit.ts';

/** What a resolver has: the data of its caller, the means to change it, and a place for failures beside an answer. */
export interface Context {
  /** The data as it is now: a change replaces them, so take them anew in each resolver. */
  loaders: Loaders;
  readonly resultLimit: ResultLimit;
  readonly changes: Omit<ChangeSession, 'reportPartial'>;
  /** Adds an error at the field's path, beside whatever the field answers. */
  reportPartial(error: unknown, info: GraphQLResolveInfo): void;
}
