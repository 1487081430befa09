import type { GraphQLResolveInfo } from 'graphql';
import type { ChangeSession } from '../mutations/session.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { asResult, type Failed, type FailureName, failureName, failures, isFailed } from './failure.ts';

/** The result of a mutation: its payload, or one of the failures that it names. */
export function resultUnion<Payload extends object>(
  name: string,
  payloadName: string,
  payload: ReturnType<ReturnType<typeof builder.objectRef<Payload>>['implement']>,
  expected: readonly FailureName[],
) {
  return {
    ref: builder.unionType(name, {
      description: `${payloadName} if all went well, or the reason why not. Outages, a missing key and writes whose outcome is unknown are top-level errors instead.`,
      types: [payload, ...expected.map((failure) => failures[failure])],
      resolveType: (value) => (isFailed(value) ? failureName(value) : payloadName),
    }),
    /** Runs a change; an expected failure becomes the result. */
    run: (
      context: Context,
      info: GraphQLResolveInfo,
      change: (session: ChangeSession) => Promise<Payload>,
    ): Promise<Payload | Failed> =>
      asResult(expected, () =>
        change({ ...context.changes, reportPartial: (error) => context.reportPartial(error, info) }),
      ),
  };
}
