import { createHash } from 'node:crypto';
import { GatewayError } from '../../errors.ts';
import type { TokenHolder } from './token.ts';

/** The configured key, which serves callers without a key of their own. */
export interface AmbientKey {
  readonly authorization: string;
  /** Whether the key may serve a request that was addressed to this host name. */
  readonly servesHost: (hostname: string) => boolean;
  /** Service mode: the key serves every caller with a valid token; the Veza API never gets the token. */
  readonly replacesOwn: boolean;
}

/**
 * The Authorization header for the Veza API: the caller's own, or else the configured key. Throws GatewayError UNAUTHENTICATED if
 * there is neither, so that every call is made for a known caller.
 */
export function authorizationOf(request: Request, ambient: AmbientKey | null): string {
  if (ambient?.replacesOwn) return ambient.authorization;
  const header = request.headers.get('authorization');
  if (header === null || header === '') {
    // Check the host name as well: a page of another site can reach a loopback port under a name of its own.
    if (ambient?.servesHost(new URL(request.url).hostname)) return ambient.authorization;
    throw unauthenticated('This gateway needs your Veza API key');
  }
  const key = /^bearer +([\x21-\x7e]+)$/i.exec(header)?.[1];
  if (key === undefined) throw unauthenticated('The Authorization header has no bearer token');
  return `Bearer ${key}`;
}

function unauthenticated(problem: string): GatewayError {
  return new GatewayError('UNAUTHENTICATED', `${problem}; send it as "Authorization: Bearer <key>".`);
}

const holders = new WeakMap<Request, TokenHolder>();

/** Counts a request for the holder of its token from now on, whichever key the Veza API gets. */
export function noteHolder(request: Request, holder: TokenHolder): void {
  holders.set(request, holder);
}

/** The holder of the token of a request; undefined outside service mode. */
export function holderOf(request: Request): TokenHolder | undefined {
  return holders.get(request);
}

/**
 * The caller of a request, as a digest under which operations are counted: the holder of a token in service mode, else the key for
 * the Veza API. The digest reveals neither. Throws GatewayError UNAUTHENTICATED if there is no caller.
 */
export function callerOf(request: Request, ambient: AmbientKey | null): string {
  const holder = holders.get(request);
  const identity = holder === undefined ? `key ${authorizationOf(request, ambient)}` : `holder ${holder.identity}`;
  return createHash('sha256').update(identity).digest('hex');
}
