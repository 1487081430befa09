import type { YogaInitialContext } from 'graphql-yoga';

/** What there is to say of an operation once it is over. */
export interface OperationState {
  /** Calls that were made for it: none where it shared in another's. */
  readonly upstreamCalls: number;
  /** Names of the failure types that its mutations answered as results. */
  readonly mutationFailures: ReadonlySet<string>;
  /** Why calls could not connect to the API. */
  readonly connectFailures: ReadonlySet<string>;
}

/** The context as the server's plugins see it; resolvers get one of their own, made for the execution. */
export type ServerContext = YogaInitialContext & { readonly operation: OperationState };
