import { createHash } from 'node:crypto';
import { type AmbientKey, authorizationOf } from './credential.ts';

const holders = new WeakMap<Request, TokenExpiry>();

interface TokenExpiry {
  readonly holder: string;
  readonly expiresAt: number | null;
}

/** From now on the request counts as one of this holder of a token, whose key the API sees being another matter. */
export function holdsToken(request: Request, holder: string, expiresAt: number | null): void {
  holders.set(request, { holder, expiresAt });
}

/** When the token of a request expires, in milliseconds since 1970; null: it has none. */
export function expiryOf(request: Request): number | null {
  return holders.get(request)?.expiresAt ?? null;
}

/**
 * Who asks, as a digest under which operations can be counted: the holder of a token in service mode, else the key that
 * the API is called with. Neither can be told from it. Throws GatewayError UNAUTHENTICATED where there is nobody.
 */
export function callerOf(request: Request, ambient: AmbientKey | null): string {
  const holder = holders.get(request)?.holder;
  const identity = holder === undefined ? `key ${authorizationOf(request, ambient)}` : `holder ${holder}`;
  return createHash('sha256').update(identity).digest('hex');
}
