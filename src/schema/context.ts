import type { Loaders } from '../loaders/index.ts';
import type { ChangeSession } from '../mutations/session.ts';

/** What a resolver has: the data of its caller and the means to change it. */
export interface Context {
  /** The data as it is now: a change replaces them, so take them anew in each resolver. */
  loaders: Loaders;
  /** Counts what a list will hold before it is made. Throws GatewayError where the answer would hold too much. */
  readonly resultLimit: { spend(values: number): void };
  readonly changes: ChangeSession;
  /** Reports a mutation that answers a failure as its result, by the name of the failure's type: no error says so. */
  onMutationFailure(typeName: string): void;
}
