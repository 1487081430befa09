import type { YogaInitialContext } from 'graphql-yoga';

/** Facts about an operation that the plugins report at its end. */
export interface OperationState {
  /** Calls that were made for the operation; 0 if it shared the calls of another one. */
  readonly upstreamCalls: number;
  /** Names of the failure types that its mutations answered as results. */
  readonly mutationFailures: ReadonlySet<string>;
  /** Why calls could not connect to the API. */
  readonly connectFailures: ReadonlySet<string>;
}

/** The context as the server's plugins see it; resolvers get one of their own, made for the execution. */
export type ServerContext = YogaInitialContext & { readonly operation: OperationState };
