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
export class SharedDocuments implements PersistedDocuments {
  readonly #link: Pick<RedisLink, 'run'>;
  readonly #key: string;
  readonly #log: Logger;
  readonly #kept = documentCache<string>(maxCharacters, ({ length }) => length);

  constructor(link: Pick<RedisLink, 'run'>, key: string, log: Logger) {
    this.#link = link;
    this.#key = key;
    this.#log = log;
  }

  get(id: string): string | undefined | Promise<string | undefined> {
    return this.#kept.get(id) ?? (/^[\da-f]{64}$/.test(id) ? this.#lookUp(id) : undefined);
  }

  async #lookUp(id: string): Promise<string | undefined> {
    const document = await this.#link
      .run((client) => client.hGet(this.#key, id))
      .catch((cause: unknown) => {
        const message =
          'The gateway cannot look up persisted documents now, because Redis is not available. Try again later.';
        throw new GatewayError('UPSTREAM_UNAVAILABLE', message, { cause });
      });
    if (document === null || document === undefined) return undefined;
    if (documentId(document) !== id) {
      this.#log.error({ id }, 'a document in Redis is not the one that its id stands for');
      return undefined;
    }
    this.#kept.set(id, document);
    return document;
  }
}
