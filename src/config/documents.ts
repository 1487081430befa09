import { ConfigError } from './config-error.ts';
import type { RedisAddress } from './redis-address.ts';

/** Where the documents are that callers can name by id: in a manifest, or in Redis; null: nowhere. */
export type DocumentsSource = { readonly manifest: string } | 'redis' | null;

/** Throws ConfigError where a setting is missing that goes with them. */
export function documentsOf(values: {
  readonly PERSISTED_DOCUMENTS: string | null;
  readonly PERSISTED_DOCUMENTS_ONLY: boolean;
  readonly REDIS_URL: RedisAddress | null;
  readonly VEZA_URL: string | null;
}): DocumentsSource {
  const { PERSISTED_DOCUMENTS: source, PERSISTED_DOCUMENTS_ONLY, REDIS_URL, VEZA_URL } = values;
  if (source === null) {
    if (!PERSISTED_DOCUMENTS_ONLY) return null;
    throw new ConfigError('PERSISTED_DOCUMENTS', 'must be set too: PERSISTED_DOCUMENTS_ONLY answers what it holds');
  }
  if (source !== 'redis') return { manifest: source };
  if (REDIS_URL === null) {
    throw new ConfigError('REDIS_URL', 'must be set too: PERSISTED_DOCUMENTS=redis says that they are there');
  }
  if (VEZA_URL === null) {
    // The embedded sandbox is another one with each start.
    throw new ConfigError(
      'VEZA_URL',
      'must be set too: documents in Redis (PERSISTED_DOCUMENTS) are those of a tenant',
    );
  }
  return source;
}
