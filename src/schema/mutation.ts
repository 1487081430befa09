import type { GraphQLResolveInfo } from 'graphql';
import { GatewayError } from '../errors.ts';
import { isChangeFailure } from '../mutations/failure.ts';
import type { ChangeSession } from '../mutations/session.ts';
import { builder, nullOnlyOnError } from './builder.ts';
import type { Context } from './context.ts';
import { type Failed, type FailureName, failures, toFailed } from './failure.ts';

/**
 * Defines the result of mutations: their payload, or an expected failure. Each of them can fail with InvalidInputError,
 * PermissionDeniedError and ConflictError; `others` are named.
 */
export function mutationResult<Payload extends object>(
  payload: ReturnType<ReturnType<typeof builder.objectRef<Payload>>['implement']>,
  ...others: readonly FailureName[]
) {
  const expected: readonly string[] = ['InvalidInputError', 'PermissionDeniedError', 'ConflictError', ...others];
  const ref = builder.unionType(payload.name.replace(/Payload$/, 'Result'), {
    description: `${payload.name} if the mutation succeeds, else the reason why it fails. Outages, a missing key and writes with an unknown outcome are top-level errors instead; the field is then null.`,
    types: [payload, ...failures.filter(({ name }) => expected.includes(name))],
    resolveType: (value) => (isFailed(value) ? value.typeName : payload.name),
  });
  return {
    field: { ...nullOnlyOnError, type: ref },
    /** Makes a resolver of a change: its expected failures become the result. */
    resolve:
      <Input>(
        change: (session: ChangeSession, input: Input, context: Context, info: GraphQLResolveInfo) => Promise<Payload>,
      ) =>
      async (_root: unknown, { input }: { readonly input: Input }, context: Context, info: GraphQLResolveInfo) => {
        try {
          return await change(context.changes, input, context, info);
        } catch (error) {
          if (!(error instanceof GatewayError || isChangeFailure(error))) throw error;
          const failed = toFailed(error);
          if (!expected.includes(failed.typeName)) throw error;
          context.onMutationFailure(failed.typeName);
          return failed;
        }
      },
  };
}

function isFailed(value: object): value is Failed {
  return 'typeName' in value;
}
