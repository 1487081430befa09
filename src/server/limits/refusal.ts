import { GraphQLError } from 'graphql';
import type { Limits } from '../../config.ts';
import type { ErrorCode } from '../../errors.ts';

/**
 * The error of a request that exceeds a limit. `extensions.limit` names the setting, so that a caller knows which part of the request
 * to reduce and an operator which setting to raise.
 */
export function refusal(
  limit: keyof Limits,
  problem: string,
  options: { readonly code?: ErrorCode; readonly status?: number; readonly extensions?: object } = {},
): GraphQLError {
  const { code = 'BAD_USER_INPUT', status = 400, extensions = {} } = options;
  // GraphQL over HTTP: 400 for an invalid document, but 200 for clients of the older media type. A body that was not read is no
  // document.
  const http = { status, spec: status === 400 };
  return new GraphQLError(
    `${problem}, which exceeds the limit of this gateway (${limit}). Ask for less in one request.`,
    {
      extensions: { code, limit, ...extensions, http },
    },
  );
}
