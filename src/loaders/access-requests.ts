import type { AccessRequest } from '../model/neighbours.ts';
import { neighbours } from '../upstream/neighbour-endpoints.ts';
import type { UpstreamCall } from './call.ts';
import { isMissing, isProvenAbsent, notFoundOrNotSupported, type OfferedCalls } from './offered-calls.ts';

/** Access requests, each read at most once: the API has no list of them. */
export class AccessRequestLoader {
  readonly #call: UpstreamCall;
  readonly #offered: OfferedCalls;
  readonly #requests = new Map<string, Promise<AccessRequest | null>>();

  /** `call`: `neighbourCall`. */
  constructor(call: UpstreamCall, offered: OfferedCalls) {
    this.#call = call;
    this.#offered = offered;
  }

  /** null for a request of which it is proven that the API does not return it to this caller. */
  load(id: string): Promise<AccessRequest | null> {
    const request = this.#requests.get(id) ?? this.#read(id);
    this.#requests.set(id, request);
    return request;
  }

  async #read(id: string): Promise<AccessRequest | null> {
    const endpoint = neighbours.readAccessRequest;
    try {
      return await this.#call(endpoint, { id });
    } catch (error) {
      if (!isMissing(error)) throw error;
      if (isProvenAbsent(endpoint, error, this.#offered)) return null;
      // Nothing names a request that is there for certain.
      throw notFoundOrNotSupported(endpoint, error);
    }
  }
}
