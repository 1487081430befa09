import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { type ErrorCode, GatewayError } from '../../../errors.ts';
import { extensionsOf } from '../../../schema/errors.ts';
import type { ServerContext } from '../context.ts';
import type { PersistedDocuments } from '../documents/persisted-documents.ts';

/**
 * Takes the id of a known document in place of a document: `documentId`, or the hash in `extensions.persistedQuery` that Apollo's
 * and urql's clients send. `only`: and nothing else. To a hash that is not known it answers by status, message and code as those
 * clients expect it: they then send the document itself. Null: no documents are configured.
 */
export function usePersistedDocuments(documents: PersistedDocuments | null, only: boolean): Plugin<ServerContext> {
  const find = async (params: GraphQLParams): Promise<string> => {
    const hash = hashIn(params.extensions);
    const id = idIn(params) ?? hash;
    if (id === null)
      throw refusal(
        'BAD_USER_INPUT',
        400,
        'The request has no query. Send `query`, or `documentId` of a persisted document.',
      );
    const query = await documents?.get(id);
    if (query !== undefined) return query;
    if (id !== hash) throw refusal('BAD_USER_INPUT', 400, 'No persisted document has this id.');
    throw documents === null
      ? refusal('PERSISTED_QUERY_NOT_SUPPORTED', 200, 'PersistedQueryNotSupported')
      : refusal('PERSISTED_QUERY_NOT_FOUND', 200, 'PersistedQueryNotFound');
  };
  return {
    onParams({ params, setParams }) {
      if (!params.query) return find(params).then((query) => setParams({ ...params, query }), unavailable);
      if (only)
        throw refusal(
          'FORBIDDEN',
          403,
          'This gateway accepts only persisted documents. Send `documentId` instead of `query`.',
        );
      return undefined;
    },
  };
}

function refusal(code: ErrorCode, status: number, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}

/** The request is not at fault, and may be made again: 503. */
function unavailable(error: unknown): never {
  if (!(error instanceof GatewayError)) throw error;
  const extensions = { ...extensionsOf(error), retryAfter: 1, http: { status: 503 } };
  throw new GraphQLError(error.message, { extensions });
}

function idIn(params: object): string | null {
  return 'documentId' in params && typeof params.documentId === 'string' ? params.documentId : null;
}

/** https://github.com/apollographql/apollo-link-persisted-queries#protocol */
function hashIn(extensions: object | undefined): string | null {
  const query = extensions !== undefined && 'persistedQuery' in extensions ? extensions.persistedQuery : null;
  if (typeof query !== 'object' || query === null || !('version' in query) || query.version !== 1) return null;
  return 'sha256Hash' in query && typeof query.sha256Hash === 'string' ? query.sha256Hash : null;
}
