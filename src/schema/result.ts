import type { ChangeSession } from '../mutations/session.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { asResult, type Failed, type FailureName, failureName, failures, isFailed } from './failure.ts';

/** Defines the result union of a mutation: its payload and its expected failures. */
export function resultUnion<Payload extends object>(
  name: string,
  payloadName: string,
  payload: ReturnType<ReturnType<typeof builder.objectRef<Payload>>['implement']>,
  expected: readonly FailureName[],
) {
  return {
    ref: builder.unionType(name, {
      description: `${payloadName} if the mutation succeeds, else the reason why it fails. Outages, a missing key and writes with an unknown outcome are top-level errors instead; the field is then null.`,
      types: [payload, ...expected.map((failure) => failures[failure])],
      resolveType: (value) => (isFailed(value) ? failureName(value) : payloadName),
    }),
    /** Runs a change; an expected failure becomes the result. */
    async run(context: Context, change: (session: ChangeSession) => Promise<Payload>): Promise<Payload | Failed> {
      const result = await asResult(expected, () => change(context.changes));
      if (isFailed(result)) context.onMutationFailure(failureName(result));
      return result;
    },
  };
}
