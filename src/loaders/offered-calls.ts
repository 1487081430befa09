import { LRUCache } from 'lru-cache';
import { UpstreamError } from '../errors.ts';
import type { Endpoint } from '../upstream/endpoint.ts';
import type { UpstreamCall } from './call.ts';

/** Milliseconds for which the gateway remembers whether the API has an operation: a tenant may get it, or lose it. */
const ttl = 10 * 60 * 1000;

/** Whether the tenant's API has an operation, as far as its answers to any caller have shown. */
export class OfferedCalls {
  readonly #offered = new LRUCache<string, boolean>({ max: 100, ttl });

  /** null: no answer has shown it. */
  verdict(endpoint: { readonly name: string }): boolean | null {
    return this.#offered.get(endpoint.name) ?? null;
  }

  note(endpoint: { readonly name: string }, isOffered: boolean): void {
    this.#offered.set(endpoint.name, isOffered);
  }
}

/** Statuses of an operation that the API does not have, whatever it is asked about. */
const notThere = new Set([405, 501]);
/** Statuses of a missing path, or of a missing thing. */
const missing = new Set([404, 410]);

/**
 * Calls to operations that a tenant may lack. An operation that is known to be missing is not called. Throws UpstreamError:
 * NOT_SUPPORTED where the API does not have it. A missing thing stays NOT_FOUND: see `isProvenAbsent`.
 */
export function neighbourCall(call: UpstreamCall, offered: OfferedCalls): UpstreamCall {
  return async (endpoint, params) => {
    if (offered.verdict(endpoint) === false) throw notSupported(endpoint, null);
    try {
      const result = await call(endpoint, params);
      offered.note(endpoint, true);
      return result;
    } catch (error) {
      const status = error instanceof UpstreamError ? error.upstream.status : null;
      const isList = endpoint.subject === undefined;
      if (status === null || !(notThere.has(status) || (isList && missing.has(status)))) throw error;
      offered.note(endpoint, false);
      throw notSupported(endpoint, error);
    }
  };
}

/** Whether an error says that one thing is missing, or else the whole operation. */
export function isMissing(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && error.upstream.status !== null && missing.has(error.upstream.status);
}

/**
 * Whether a 404 is about the thing that was asked for: its body says so, or the operation has answered before. Otherwise the
 * API may have no such operation.
 */
export function isProvenAbsent(
  endpoint: Endpoint<never, unknown>,
  error: UpstreamError,
  offered: OfferedCalls,
): boolean {
  return error.upstream.namesResource || offered.verdict(endpoint) === true;
}

/** The error for an operation that the API does not have. */
export function notSupported({ attempt }: { readonly attempt: string }, cause: unknown): UpstreamError {
  const message = `The Veza API of this tenant has no call to ${attempt}. The gateway asks again in a few minutes.`;
  return new UpstreamError('NOT_SUPPORTED', message, { wasSent: cause !== null }, cause === null ? {} : { cause });
}

/** The error for a 404 that does not tell whether the thing or the operation is missing. */
export function notFoundOrNotSupported({ attempt }: { readonly attempt: string }, cause: UpstreamError): UpstreamError {
  const message = `The gateway asked the Veza API to ${attempt} and got 404: it does not exist, is not visible to this key, or this tenant's API has no such call.`;
  return new UpstreamError('NOT_FOUND', message, cause.upstream, { cause });
}
