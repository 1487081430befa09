import { GatewayError } from '../../errors.ts';

/** The key that callers without one of their own get, and when. */
export interface AmbientKey {
  readonly authorization: string;
  /** Whether it may be used for a request that was addressed to this host name. */
  readonly servesHost: (hostname: string) => boolean;
  /** Service mode: it is used for everybody whom a token let in; the token is not for the API to see. */
  readonly replacesOwn: boolean;
}

/**
 * The Authorization header to send to the API on behalf of a request: the caller's own, or else the ambient key. Throws
 * GatewayError UNAUTHENTICATED where there is neither, so that no call is made without knowing on whose behalf.
 */
export function authorizationOf(request: Request, ambient: AmbientKey | null): string {
  if (ambient?.replacesOwn) return ambient.authorization;
  const header = request.headers.get('authorization');
  if (header === null || header === '') {
    // The address is looked at as well: a page of another site can reach a loopback port under a name of its own.
    if (ambient?.servesHost(new URL(request.url).hostname)) return ambient.authorization;
    throw unauthenticated('This gateway needs your Access Profile API key');
  }
  const key = /^bearer +([\x21-\x7e]+)$/i.exec(header)?.[1];
  if (key === undefined) throw unauthenticated('The Authorization header can not be used');
  return `Bearer ${key}`;
}

function unauthenticated(problem: string): GatewayError {
  return new GatewayError('UNAUTHENTICATED', `${problem}; send it as "Authorization: Bearer <key>".`);
}
