import type { GraphQLResolveInfo } from 'graphql';
import type { Loaders } from '../loaders/index.ts';

/** What a resolver has: the data of its caller, and a place for failures that must not cost the rest of the answer. */
export interface Context {
  readonly loaders: Loaders;
  /** Adds an error at the field's path, beside whatever the field answers. */
  reportPartial(error: unknown, info: GraphQLResolveInfo): void;
}
