import { GraphQLError } from 'graphql';
import { GatewayError, UpstreamError, UserInputError } from '../errors.ts';

/** Message of an internal error: one that neither the caller nor the Veza API caused. */
export const internalMessage = 'Something went wrong in the gateway; its log says more.';

/** Builds `extensions` of an error: the code, and details of the field or of the Veza API's response. */
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
 * Converts every error for the response. A GatewayError keeps its message, an error of graphql-js about the query passes
 * unchanged, and every other error is masked and passed to `onUnexpected`.
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
    // graphql-js wraps the error of a scalar and names the variable and the path in it.
    return at(error instanceof GraphQLError ? error.message : cause.message, { ...rest, code });
  }
  onUnexpected(cause);
  return at(internalMessage, { code: 'INTERNAL' });
}

/** Unwraps the error that was thrown from the GraphQLErrors that the executor wraps around it. */
function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof GraphQLError && root.originalError) root = root.originalError;
  return root;
}

/** Copies the position in the query and the path in the response from one error to another. */
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
