import { ConfigError } from './config-error.ts';
import { isLoopback } from './loopback.ts';
import type { SettingValues } from './settings.ts';

/** Settings that depend on one another. Each function throws ConfigError where one is missing or does not fit. */

/** The cost that the operations of one caller may have together, counted like `MAX_COST`. */
export interface RateLimit {
  readonly units: number;
  /** From a caller's first operation on; then the count begins anew. */
  readonly windowSeconds: number;
}

/** Null: no limit. */
export function rateLimitOf({ RATE_LIMIT, RATE_LIMIT_WINDOW_SECONDS, MAX_COST }: SettingValues): RateLimit | null {
  if (RATE_LIMIT === 0) return null;
  if (RATE_LIMIT < MAX_COST) {
    // An operation that can never be run would be told to come back again and again.
    throw new ConfigError('RATE_LIMIT', `must be 0 or at least MAX_COST (${MAX_COST}), which one operation may cost`);
  }
  return { units: RATE_LIMIT, windowSeconds: RATE_LIMIT_WINDOW_SECONDS };
}

/** The place of the documents that callers can name by id: a manifest, or Redis; null: there are none. */
export type DocumentsSource = { readonly manifest: string } | 'redis' | null;

export function documentsOf(values: SettingValues): DocumentsSource {
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
    const why = 'documents in Redis (PERSISTED_DOCUMENTS) are those of a tenant';
    throw new ConfigError('VEZA_URL', `must be set too: ${why}`);
  }
  return source;
}

/** Callers show tokens of an identity provider, and the API is called with `VEZA_API_KEY`. */
export interface ServiceMode {
  readonly issuer: string;
  readonly audience: string;
  /** The URL of the provider's public keys. */
  readonly jwksUrl: string;
  /** The claim that permits mutations; null: nobody may run them. */
  readonly mutationClaim: SettingValues['JWT_MUTATION_CLAIM'];
}

/** Null without the settings of service mode. */
export function serviceOf(values: SettingValues): ServiceMode | null {
  const {
    JWT_ISSUER: issuer,
    JWT_AUDIENCE: audience,
    JWT_JWKS_URL: jwksUrl,
    JWT_MUTATION_CLAIM: mutationClaim,
  } = values;
  if (issuer !== null && audience !== null && jwksUrl !== null) return { issuer, audience, jwksUrl, mutationClaim };
  if ([issuer, audience, jwksUrl, mutationClaim].every((value) => value === null)) return null;
  const missing = issuer === null ? 'JWT_ISSUER' : audience === null ? 'JWT_AUDIENCE' : 'JWT_JWKS_URL';
  const why = 'service mode takes JWT_ISSUER, JWT_AUDIENCE and JWT_JWKS_URL together';
  throw new ConfigError(missing, `must be set too: ${why}`);
}

/** The key must not serve everybody who can reach the port. */
export function checkKey({ VEZA_URL, VEZA_API_KEY, HOST }: SettingValues, service: ServiceMode | null): void {
  if (service !== null && VEZA_URL !== null && VEZA_API_KEY === null) {
    throw new ConfigError('VEZA_API_KEY', 'must be set: in service mode (JWT_ISSUER) the API is called with it');
  }
  if (VEZA_API_KEY === null || service !== null || isLoopback(HOST)) return;
  throw new ConfigError(
    'VEZA_API_KEY',
    `everybody who reaches ${HOST} could use it; leave it out, so that callers bring their own keys, listen on 127.0.0.1, or set JWT_ISSUER, JWT_AUDIENCE and JWT_JWKS_URL`,
  );
}
