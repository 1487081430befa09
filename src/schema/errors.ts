import { GraphQLError } from 'graphql';
import { GatewayError, UpstreamError, UserInputError } from '../errors.ts';

/** What a caller hears of a failure that is none of theirs and none of the API's. */
export const internalMessage = 'Something went wrong in the gateway; its log says more.';

/** `extensions` of an error: the code, and what is known of the field or the API's reply. */
export function extensionsOf(error: GatewayError): Record<string, unknown> {
  if (error instanceof UserInputError) return { code: error.code, field: error.field };
  if (!(error instanceof UpstreamError))
    return { code: error.code, ...(error.limit !== null && { limit: error.limit }) };
  const { status, code, requestId, retryAfterSeconds } = error.upstream;
  return {
    code: error.code,
    ...(status === null ? {} : { upstream: { status, code, requestId } }),
    ...(retryAfterSeconds === null ? {} : { retryAfter: retryAfterSeconds }),
  };
}

/**
 * The one place where errors become what callers see. GatewayErrors show their message, errors of GraphQL itself pass
 * (they speak of the query), and everything else is masked; `onUnexpected` gets the original.
 */
export function toGraphQLError(error: unknown, onUnexpected: (error: unknown) => void): GraphQLError {
  const cause = rootOf(error);
  const at = (message: string, extensions: Record<string, unknown>) =>
    place(new GraphQLError(message, { extensions }), error);
  if (cause instanceof GatewayError) {
    return at(cause.message, extensionsOf(cause));
  }
  if (cause instanceof GraphQLError) {
    const { code = 'BAD_USER_INPUT', ...rest } = cause.extensions;
    // Around an error of a scalar, graphql says which variable it was, and where in it.
    return at(error instanceof GraphQLError ? error.message : cause.message, { ...rest, code });
  }
  onUnexpected(cause);
  return at(internalMessage, { code: 'INTERNAL' });
}

/** What was thrown, below the GraphQLErrors that the executor wraps around it. */
function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof GraphQLError && root.originalError) root = root.originalError;
  return root;
}

/** Puts an error where another one stood in the query and in the answer. */
function place(error: GraphQLError, before: unknown): GraphQLError {
  if (!(before instanceof GraphQLError)) return error;
  return new GraphQLError(error.message, {
    extensions: error.extensions,
    ...(before.nodes && { nodes: before.nodes }),
    ...(before.source && { source: before.source }),
    ...(before.positions && { positions: before.positions }),
    ...(before.path && { path: before.path }),
  });
}
