import type { Pauses } from '../inheritance/steps.ts';
import type { NoticedChange } from '../loaders/change-feed.ts';
import type { Loaders } from '../loaders/index.ts';
import type { SeparationRule } from '../model/separation-rule.ts';
import type { ChangeSession } from '../mutations/session.ts';

/** Context of the resolvers: loaders for the data of the caller, and the session that changes it. */
export interface Context {
  /** Loaders of the current data. A change replaces them, so each resolver must read this property again. */
  loaders: Loaders;
  readonly resultLimit: ResultLimit;
  /** Rules of separation of duties that the gateway was started with. */
  readonly separationRules: readonly SeparationRule[];
  readonly changes: ChangeSession;
  /** Begins to watch the profiles that the caller sees. Throws GatewayError where that can't be. */
  watchChanges(): Promise<AsyncIterable<NoticedChange>>;
  /** Reports a mutation whose result is a failure, by the type name of the failure: the response has no error for it. */
  onMutationFailure(typeName: string): void;
}

/** Limits the size of one response and the time that one operation holds the event loop. */
export interface ResultLimit extends Pauses {
  /** Counts values that the executor does not count. Throws GatewayError if the response would be too large. */
  spend(values: number): void;
  /** Rejects once the operation has timed out. */
  pause(): Promise<void>;
}
