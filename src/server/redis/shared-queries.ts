import { documentId } from './keys.ts';
import type { RedisLink } from './redis-link.ts';

/** Hexadecimal digits of a hash that choose the place of its document: 4,096 places. */
const placeDigits = 3;
/** A longer document stays in the memory of the gateway that it was sent to. */
const maxBytes = 10_000;
const lifetimeMs = 7 * 86_400_000;

/**
 * Automatic persisted queries in Redis, for all gateways. Anybody may send any number of documents, and Redis must not fill up, because
 * locks are in it. So a document has one place, chosen by its hash, which the next document with that place takes over: 41 MB at most.
 * A document counts only under its own SHA-256, whoever wrote it there. Losing one costs a client one more request.
 */
export class SharedQueries {
  readonly #link: Pick<RedisLink, 'run'>;
  readonly #prefix: string;

  constructor(link: Pick<RedisLink, 'run'>, prefix: string) {
    this.#link = link;
    this.#prefix = prefix;
  }

  /** Undefined also while Redis is away: the client then sends the document. */
  async get(hash: string): Promise<string | undefined> {
    const document = await this.#link.run((redis) => redis.get(this.#place(hash))).catch(() => null);
    return document !== null && documentId(document) === hash ? document : undefined;
  }

  /** Stores a document under its SHA-256. Nobody waits for it. */
  set(hash: string, document: string): void {
    if (Buffer.byteLength(document) > maxBytes) return;
    this.#link
      .run((redis) => redis.set(this.#place(hash), document, { expiration: { type: 'PX', value: lifetimeMs } }))
      // The link logs the reason.
      .catch(() => undefined);
  }

  #place(hash: string): string {
    return `${this.#prefix}${hash.slice(0, placeDigits)}`;
  }
}
