import { randomUUID } from 'node:crypto';
import type { RateLimit } from '../../config.ts';
import { LocalRateLimiter } from '../limits/rate-limit/local-limiter.ts';
import { SharedRateLimiter } from '../limits/rate-limit/shared-limiter.ts';
import type { Logger } from '../observability/log.ts';
import { documentsKey, prefixFor } from './keys.ts';
import { RedisLink } from './redis-link.ts';
import { SharedDocuments } from './shared-documents.ts';
import type { WriteNews } from './write-news.ts';

export interface SharedStoreOptions {
  /** Where Redis is, with what it takes to be let in. */
  readonly url: string;
  /** The API: gateways to different ones share nothing. */
  readonly upstreamOrigin: string;
  /** Something has been written, or may have been while nobody was listening. */
  readonly onWrite: () => void;
  readonly onChange: (isUp: boolean) => void;
  readonly log: Logger;
}

/** What gateway processes with the same API and the same Redis have in common. None of it is an answer of the API. */
export interface SharedStore extends WriteNews {
  limiter(limit: RateLimit): SharedRateLimiter;
  readonly documents: SharedDocuments;
  close(): Promise<void>;
}

/** Connects in the background: whether Redis is there is found out later, and may change. */
export function openSharedStore({ url, upstreamOrigin, onWrite, onChange, log }: SharedStoreOptions): SharedStore {
  const prefix = prefixFor(upstreamOrigin);
  const channel = `${prefix}writes`;
  const self = randomUUID();
  // Writes by their order: the last one, that of which the others know, and that of which they could not be told.
  let last = 0;
  let told = 0;
  let owed = 0;
  const announceWrite = async (): Promise<void> => {
    const write = ++last;
    try {
      await link.run((client) => client.publish(channel, self));
      told = Math.max(told, write);
    } catch {
      if (owed <= told) log.warn('other processes hear of a write only once Redis (REDIS_URL) is back');
      owed = Math.max(owed, write);
    }
  };
  const link = new RedisLink({
    url,
    channel,
    log,
    onMessage: (sender) => {
      if (sender !== self) onWrite();
    },
    onChange(isUp) {
      onChange(isUp);
      onWrite();
      if (isUp && owed > told) void announceWrite();
    },
  });
  return {
    limiter: (limit) => new SharedRateLimiter(limit, link, `${prefix}rate:`, new LocalRateLimiter(limit)),
    documents: new SharedDocuments(link, documentsKey(upstreamOrigin), log),
    get isListening() {
      return link.isListening;
    },
    announceWrite,
    close: () => link.close(),
  };
}
