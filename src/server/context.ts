import type { GraphQLError } from 'graphql';
import type { YogaInitialContext } from 'graphql-yoga';
import type { Context } from '../schema/context.ts';

/** What one operation carries besides its loaders. */
export interface OperationState {
  /** Failures that did not cost the rest of the answer; they join its errors. */
  readonly partialErrors: GraphQLError[];
  upstreamCalls: number;
  /** When the oldest reading of another operation that this one used was made; null: it used none. */
  oldestReading: number | null;
}

/** The context as the server's plugins see it; resolvers see the part called `Context`. */
export type ServerContext = YogaInitialContext & Context & { readonly operation: OperationState };
