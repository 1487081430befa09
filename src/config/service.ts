import { ConfigError } from './config-error.ts';
import { isLoopback } from './loopback.ts';

/** Callers show tokens of an identity provider, and the API is called with `apiKey`. */
export interface ServiceMode {
  readonly issuer: string;
  readonly audience: string;
  /** The URL of the provider's public keys. */
  readonly jwksUrl: string;
  /** Who may run mutations; null: nobody. */
  readonly mutationClaim: { readonly name: string; readonly value: string } | null;
}

/** The settings of service mode, which are given together or not at all. */
interface ServiceValues {
  readonly JWT_ISSUER: string | null;
  readonly JWT_AUDIENCE: string | null;
  readonly JWT_JWKS_URL: string | null;
  readonly JWT_MUTATION_CLAIM: ServiceMode['mutationClaim'];
}

/** Service mode, or null without its settings. Throws ConfigError where some of them are missing. */
export function serviceOf(values: ServiceValues): ServiceMode | null {
  const {
    JWT_ISSUER: issuer,
    JWT_AUDIENCE: audience,
    JWT_JWKS_URL: jwksUrl,
    JWT_MUTATION_CLAIM: mutationClaim,
  } = values;
  if (issuer !== null && audience !== null && jwksUrl !== null) return { issuer, audience, jwksUrl, mutationClaim };
  const given = Object.entries({ issuer, audience, jwksUrl, mutationClaim }).some(([, value]) => value !== null);
  if (!given) return null;
  const missing = issuer === null ? 'JWT_ISSUER' : audience === null ? 'JWT_AUDIENCE' : 'JWT_JWKS_URL';
  throw new ConfigError(
    missing,
    'must be set too: service mode takes JWT_ISSUER, JWT_AUDIENCE and JWT_JWKS_URL together',
  );
}

/** The key must not end up serving whoever can reach the port. Throws ConfigError. */
export function checkKey(
  values: { readonly VEZA_URL: string | null; readonly VEZA_API_KEY: string | null; readonly HOST: string },
  service: ServiceMode | null,
): void {
  const { VEZA_URL, VEZA_API_KEY, HOST } = values;
  if (service !== null && VEZA_URL !== null && VEZA_API_KEY === null) {
    throw new ConfigError('VEZA_API_KEY', 'must be set: in service mode (JWT_ISSUER) the API is called with it');
  }
  if (VEZA_API_KEY === null || service !== null || isLoopback(HOST)) return;
  throw new ConfigError(
    'VEZA_API_KEY',
    `everybody who reaches ${HOST} could use it; leave it out, so that callers bring their own keys, listen on 127.0.0.1, or set JWT_ISSUER, JWT_AUDIENCE and JWT_JWKS_URL`,
  );
}
