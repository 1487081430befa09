import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { type ErrorCode, GatewayError } from '../../../errors.ts';
import { extensionsOf } from '../../../schema/errors.ts';
import { documentId } from '../../redis/keys.ts';
import type { SharedQueries } from '../../redis/shared-documents.ts';
import type { ServerContext } from '../context.ts';
import { documentCache } from '../documents/document-cache.ts';
import { type PersistedDocuments, plainId } from '../documents/persisted-documents.ts';

/** Characters of documents that are kept because a client sent them; one of them may have a fiftieth. */
const learntCharacters = 2_000_000;
const sha256Hash = /^[\da-f]{64}$/;

export interface PersistedDocumentsOptions {
  /** Null: none are configured. */
  readonly documents: PersistedDocuments | null;
  /** Whether nothing else is answered. */
  readonly only: boolean;
  /** Whether a document that comes with its hash is kept, so that its hash will do from then on. */
  readonly automatic: boolean;
  /** The documents that gateways share; null: each gateway keeps its own. */
  readonly shared: SharedQueries | null;
}

/**
 * Takes the id of a known document in place of a document: `documentId`, or the hash in `extensions.persistedQuery` that Apollo's
 * and urql's clients send. To a hash that is not known it answers by status, message and code as those clients expect it: they
 * then send the document itself. Documents are kept for all callers: a SHA-256 stands for one text, whoever sent it.
 */
export function usePersistedDocuments({
  documents,
  only,
  automatic,
  shared,
}: PersistedDocumentsOptions): Plugin<ServerContext> {
  const learnt =
    automatic && !only ? documentCache<string>(learntCharacters, ({ length }, hash) => length + hash.length) : null;
  const learn = (query: string, hash: string): void => {
    // A client may have hashes of another kind for its own documents; it goes on without.
    if (learnt === null || !sha256Hash.test(hash)) return;
    if (documentId(query) !== hash) throw refusal('BAD_USER_INPUT', 400, 'provided sha does not match query');
    // A document that this gateway knows was shared when it came.
    if (!learnt.has(hash)) shared?.set(hash, query);
    learnt.set(hash, query);
  };
  const recall = async (hash: string): Promise<string | undefined> => {
    if (learnt === null || !sha256Hash.test(hash)) return undefined;
    const known = learnt.get(hash);
    if (known !== undefined || shared === null) return known;
    const query = await shared.get(hash);
    if (query !== undefined) learnt.set(hash, query);
    return query;
  };
  const find = async (params: GraphQLParams): Promise<string> => {
    const hash = hashIn(params.extensions);
    const id = idIn(params) ?? hash;
    if (id === null)
      throw refusal(
        'BAD_USER_INPUT',
        400,
        'The request has no query. Send `query`, or `documentId` of a persisted document.',
      );
    const query = (hash === id ? await recall(id) : undefined) ?? (await documents?.get(id));
    if (query !== undefined) return query;
    if (id !== hash) throw refusal('BAD_USER_INPUT', 400, 'No persisted document has this id.');
    throw documents === null && learnt === null
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
      const hash = learnt === null ? null : hashIn(params.extensions);
      if (hash !== null) learn(params.query, hash);
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
  return 'documentId' in params && typeof params.documentId === 'string' ? plainId(params.documentId) : null;
}

/** https://github.com/apollographql/apollo-link-persisted-queries#protocol */
function hashIn(extensions: object | null | undefined): string | null {
  // Clients may send null, whatever the type says.
  const query = extensions && 'persistedQuery' in extensions ? extensions.persistedQuery : null;
  if (typeof query !== 'object' || query === null || !('version' in query) || query.version !== 1) return null;
  return 'sha256Hash' in query && typeof query.sha256Hash === 'string' ? query.sha256Hash : null;
}
