import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { ServiceMode } from '../../config.ts';
import { GatewayError } from '../../errors.ts';
import type { Logger } from '../observability/log.ts';
import { ProviderKeys } from './provider-keys.ts';

/** The caller, in service mode. */
export interface TokenHolder {
  /** The `sub` of the token, for the log. */
  readonly subject: string | null;
  /** The same person or machine in every token. Those without a `sub` count as one. */
  readonly identity: string;
  readonly mayChange: boolean;
  /** In milliseconds since 1970. */
  readonly expiresAt: number | null;
}

/** Reads the Authorization header of a request. Throws GatewayError UNAUTHENTICATED, or UPSTREAM_UNAVAILABLE without keys. */
export type TokenReader = (header: string | null) => Promise<TokenHolder>;

/** Signatures by key pairs only: `none` is no signature, and a secret that we shared could be used by others in our name. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const clockToleranceSeconds = 30;

/** Failures of the token; whatever else goes wrong is on our side or the provider's. */
const ofToken = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
];

/** Tokens of one identity provider. Its keys are fetched at the first need, cached, and renewed as it rotates them. */
export function createTokenReader(
  { issuer, audience, jwksUrl, mutationClaim }: ServiceMode,
  log: Logger,
  now?: () => number,
): TokenReader {
  const keys = new ProviderKeys(new URL(jwksUrl), now);
  const verify = async (token: string): Promise<JWTPayload> => {
    let failure: unknown = new errors.JWKSNoMatchingKey();
    for await (const key of keys.fitting(token)) {
      try {
        const options = {
          issuer,
          audience,
          algorithms,
          clockTolerance: clockToleranceSeconds,
          requiredClaims: ['exp'],
        };
        return (await jwtVerify(token, key, options)).payload;
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
        failure = error;
      }
    }
    throw failure;
  };
  return async (header) => {
    const token = /^bearer +([\w.~+/=-]+)$/i.exec(header ?? '')?.[1];
    if (token === undefined) throw unauthenticated('This gateway needs a token of your identity provider');
    try {
      const payload = await verify(token);
      const { sub } = payload;
      return {
        subject: typeof sub === 'string' ? sub.slice(0, 200) : null,
        identity: JSON.stringify([issuer, sub ?? null]),
        expiresAt: payload.exp === undefined ? null : payload.exp * 1000,
        mayChange: mutationClaim !== null && hasClaim(payload, mutationClaim),
      };
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw unauthenticated('The token has expired', error);
      if (ofToken.some((kind) => error instanceof kind)) throw unauthenticated('The token is not accepted', error);
      log.warn({ problem: error instanceof Error ? error.name : 'unknown' }, 'the keys of JWT_JWKS_URL cannot be read');
      throw new GatewayError(
        'UPSTREAM_UNAVAILABLE',
        'The keys of the identity provider cannot be read, so that no token can be checked; try again later.',
        { cause: error },
      );
    }
  };
}

function hasClaim(payload: JWTPayload, { name, value }: NonNullable<ServiceMode['mutationClaim']>): boolean {
  const claim = Object.hasOwn(payload, name) ? payload[name] : valueAt(payload, name.split('.'));
  if (Array.isArray(claim)) return claim.includes(value);
  return typeof claim === 'string' && (claim === value || claim.split(' ').includes(value));
}

function valueAt(payload: object, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? new Map(Object.entries(at)).get(key)
        : undefined,
    payload,
  );
}

function unauthenticated(problem: string, cause?: unknown): GatewayError {
  return new GatewayError('UNAUTHENTICATED', `${problem}; send a valid one as "Authorization: Bearer <token>".`, {
    cause,
  });
}
