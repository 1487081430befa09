import { GatewayError } from '../../errors.ts';
import { documentCache } from '../graphql/documents/document-cache.ts';
import type { PersistedDocuments } from '../graphql/documents/persisted-documents.ts';
import type { Logger } from '../observability/log.ts';
import { documentId } from './keys.ts';
import type { RedisLink } from './redis-link.ts';

/** Characters of documents that are kept in memory; one of them may have a fiftieth. */
const maxCharacters = 10_000_000;

/**
 * Persisted documents in Redis, each looked up once and then kept. That there is none is not kept, so that one which is
 * published later is seen.
 */
export function sharedDocuments(link: Pick<RedisLink, 'run'>, key: string, log: Logger): PersistedDocuments {
  const kept = documentCache<string>(maxCharacters, ({ length }) => length);
  const lookUp = async (id: string): Promise<string | undefined> => {
    const document = await link
      .run((client) => client.hGet(key, id))
      .catch((cause: unknown) => {
        const message =
          'The gateway cannot look up persisted documents now, because Redis is not available. Try again later.';
        throw new GatewayError('UPSTREAM_UNAVAILABLE', message, { cause });
      });
    if (document === null || document === undefined) return undefined;
    if (documentId(document) !== id) {
      log.error({ id }, 'a document in Redis is not the one that its id stands for');
      return undefined;
    }
    kept.set(id, document);
    return document;
  };
  return { get: (id) => kept.get(id) ?? (/^[\da-f]{64}$/.test(id) ? lookUp(id) : undefined) };
}

/** Automatic persisted queries of all gateways, by their SHA-256. */
export interface SharedQueries {
  /** Undefined also while Redis is away: the client then sends the document. */
  get(hash: string): Promise<string | undefined>;
  /** Stores a document under its SHA-256. Nobody waits for it. */
  set(hash: string, document: string): void;
}

/** Hexadecimal digits of a hash that choose the place of its document: 4,096 places. */
const placeDigits = 3;
/** A longer document stays in the memory of the gateway that it was sent to. */
const maxBytes = 10_000;
const lifetimeMs = 7 * 86_400_000;

/**
 * Automatic persisted queries in Redis. Anybody may send any number of documents, and Redis must not fill up, because locks are in it.
 * So a document has one place, chosen by its hash, which the next document with that place takes over: 41 MB at most. A document
 * counts only under its own SHA-256, whoever wrote it there. Losing one costs a client one more request.
 */
export function sharedQueries(link: Pick<RedisLink, 'run'>, prefix: string): SharedQueries {
  const placeOf = (hash: string) => `${prefix}${hash.slice(0, placeDigits)}`;
  return {
    async get(hash) {
      const document = await link.run((redis) => redis.get(placeOf(hash))).catch(() => null);
      return document !== null && documentId(document) === hash ? document : undefined;
    },
    set(hash, document) {
      if (Buffer.byteLength(document) > maxBytes) return;
      link
        .run((redis) => redis.set(placeOf(hash), document, { expiration: { type: 'PX', value: lifetimeMs } }))
        // The link logs the reason.
        .catch(() => undefined);
    },
  };
}
