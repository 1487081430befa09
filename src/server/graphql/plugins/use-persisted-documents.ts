import { defaultExtractPersistedOperationId, usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type ErrorCode, GatewayError } from '../../../errors.ts';
import { extensionsOf } from '../../../schema/errors.ts';
import type { ServerContext } from '../context.ts';
import type { PersistedDocuments } from '../documents/persisted-documents.ts';

/**
 * Takes the id of a known document in place of a document: `documentId`, or `extensions.persistedQuery` as Apollo's
 * clients send it. `only`: and nothing else.
 */
export function usePersistedDocuments(documents: PersistedDocuments, only: boolean): Plugin<ServerContext> {
  const refuse = (code: ErrorCode, status: number, message: string) => () =>
    new GraphQLError(message, { extensions: { code, http: { status } } });
  return usePersistedOperations({
    allowArbitraryOperations: !only,
    getPersistedOperation(id) {
      const found = documents.get(id);
      return found instanceof Promise ? found.then((document) => document ?? null, unavailable) : (found ?? null);
    },
    extractPersistedOperationId: (params, request, context) =>
      idIn(params) ?? defaultExtractPersistedOperationId(params, request, context),
    customErrors: {
      notFound: refuse('BAD_USER_INPUT', 400, 'This gateway knows no document of that id.'),
      keyNotFound: refuse('BAD_USER_INPUT', 400, 'Send a query, or the id of a document that this gateway knows.'),
      persistedQueryOnly: refuse(
        'FORBIDDEN',
        403,
        'This gateway answers only documents that it knows; send the id of one.',
      ),
    },
  });
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
