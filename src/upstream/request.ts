import { printExactly } from '../wire/exact-numbers.ts';
import type { Endpoint } from './endpoint.ts';

/** One request, ready to be sent. */
export interface PreparedRequest {
  readonly endpoint: Pick<Endpoint<never, unknown>, 'name' | 'attempt' | 'method' | 'isNeighbour'>;
  /** Path and query. */
  readonly path: string;
  /** JSON text, or null where there is no body. */
  readonly body: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** The request of a call on behalf of a caller, with further headers of theirs. */
export function prepareRequest<Params>(
  endpoint: Endpoint<Params, unknown>,
  params: Params,
  caller: { readonly authorization: string; readonly headers?: Readonly<Record<string, string>> },
): PreparedRequest {
  const body = endpoint.body?.(params);
  return {
    endpoint,
    path: pathOf(endpoint, params),
    body: body === undefined ? null : printExactly(body),
    headers: {
      ...caller.headers,
      accept: 'application/json',
      // Without this header, any encoding would be allowed (RFC 9110 §12.5.3).
      'accept-encoding': 'identity',
      authorization: caller.authorization,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
  };
}

/** Path and query; URLSearchParams writes a space as `+`, which is what the API asks for (API notes §3.3). */
function pathOf<Params>(endpoint: Endpoint<Params, unknown>, params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(endpoint.query?.(params) ?? {})) {
    if (value !== null && value !== undefined) query.append(name, String(value));
  }
  const path = endpoint.path(params);
  return query.size === 0 ? path : `${path}?${query}`;
}
