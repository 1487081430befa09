import { GraphQLError } from 'graphql';
import type { Limits } from '../../config.ts';
import type { ErrorCode } from '../../errors.ts';

/**
 * A request that asks for more than a limit allows. `extensions.limit` names the setting, so that a caller knows what to
 * change and an operator what to raise.
 */
export function refusal(
  limit: keyof Limits,
  problem: string,
  options: { readonly code?: ErrorCode; readonly status?: number; readonly extensions?: object } = {},
): GraphQLError {
  const { code = 'BAD_USER_INPUT', status = 400, extensions = {} } = options;
  // GraphQL over HTTP: a refused document is a 400, but for clients of the older media type, which take a 200. A body
  // that was not read is no document.
  const http = { status, spec: status === 400 };
  return new GraphQLError(
    `${problem}, which exceeds the limit of this gateway (${limit}). Ask for less in one request.`,
    {
      extensions: { code, limit, ...extensions, http },
    },
  );
}
