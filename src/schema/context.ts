import type { Loaders } from '../loaders/index.ts';
import type { ChangeSession } from '../mutations/session.ts';

/** What a resolver has: the data of its caller and the means to change it. */
export interface Context {
  /** The data as it is now: a change replaces them, so take them anew in each resolver. */
  loaders: Loaders;
  readonly resultLimit: ResultLimit;
  readonly changes: ChangeSession;
  /** Reports a mutation that answers a failure as its result, by the name of the failure's type: no error says so. */
  onMutationFailure(typeName: string): void;
}

/** What the answer of one operation may hold and take. */
export interface ResultLimit {
  /** Counts what a list will hold before it is made. Throws GatewayError where the answer would hold too much. */
  spend(values: number): void;
  /** Whether other requests have waited long enough; then long work awaits `pause`. */
  readonly mustPause: boolean;
  /** Gives way to other requests. Rejects once the operation's time is over. */
  pause(): Promise<void>;
}
