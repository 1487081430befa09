import type { RateLimit, RedisAddress } from '../../config.ts';
import type { ChangeLock } from '../../mutations/queue.ts';
import type { PersistedDocuments } from '../graphql/documents/persisted-documents.ts';
import type { RateLimiter } from '../limits/rate-limiter.ts';
import type { Logger } from '../observability/log.ts';
import { SharedChangeLock } from './change-lock.ts';
import { documentsKey, prefixFor } from './keys.ts';
import { RedisLink } from './redis-link.ts';
import { type SharedQueries, sharedDocuments, sharedQueries } from './shared-documents.ts';
import { sharedRateLimiter } from './shared-rate-limiter.ts';
import { SharedWriteNews, type WriteNews } from './write-news.ts';

export interface SharedStoreOptions {
  readonly address: RedisAddress;
  /** Milliseconds that an operation waits for Redis. */
  readonly timeoutMs: number;
  /** Gateways to different APIs share nothing. */
  readonly upstreamOrigin: string;
  /** Milliseconds that a write to the API may take. */
  readonly writeTimeoutMs: number;
  /** Another gateway has written, or may have. */
  readonly onWrite: () => void;
  readonly onChange: (isUp: boolean) => void;
  readonly log: Logger;
}

/** The state that gateways with the same Veza API and the same Redis share. No answers of the API are in it. */
export interface SharedStore {
  readonly news: WriteNews;
  readonly lock: ChangeLock;
  readonly documents: PersistedDocuments;
  readonly queries: SharedQueries;
  limiter(limit: RateLimit): RateLimiter;
  close(): Promise<void>;
}

/** Connects in the background: whether Redis is there is found out later, and may change. */
export function openSharedStore(options: SharedStoreOptions): SharedStore {
  const { address, timeoutMs, upstreamOrigin, writeTimeoutMs, onWrite, onChange, log } = options;
  const prefix = prefixFor(upstreamOrigin);
  const link: RedisLink = new RedisLink({
    address,
    timeoutMs,
    log,
    async check(redis) {
      await news.read(redis);
      await news.catchUp();
    },
    onGap: onWrite,
    onChange,
  });
  const news = new SharedWriteNews({ link, key: `${prefix}written`, onWrite, log });
  return {
    news,
    lock: new SharedChangeLock({ link, prefix, writeTimeoutMs, hear: (redis) => news.read(redis) }),
    documents: sharedDocuments(link, documentsKey(upstreamOrigin), log),
    queries: sharedQueries(link, `${prefix}query:`),
    limiter: (limit) => sharedRateLimiter(limit, link, `${prefix}rate:`),
    close: () => link.close(),
  };
}
