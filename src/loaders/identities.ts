import DataLoader from 'dataloader';
import { UpstreamError } from '../errors.ts';
import type { ActualEntitlement, Identity } from '../model/identity.ts';
import { neighbours } from '../upstream/neighbour-endpoints.ts';
import { readWhole } from '../upstream/paginate.ts';
import type { BatchSchedule, UpstreamCall } from './call.ts';
import { InFlight, refuseTooMany } from './in-parallel.ts';
import { isMissing, isProvenAbsent, notFoundOrNotSupported, notSupported, type OfferedCalls } from './offered-calls.ts';

export interface IdentityLoaderOptions {
  /** `neighbourCall`. */
  readonly call: UpstreamCall;
  readonly offered: OfferedCalls;
  /** Calls that the operation may still make. */
  readonly callsLeft: () => number;
  /** An identity other than this one that the API itself names, to tell a missing identity from a missing operation. */
  readonly otherKnownId: (id: string) => Promise<string | null>;
  readonly maxPages?: number | undefined;
  readonly scheduleBatch?: BatchSchedule | undefined;
}

/** The type of the rows that stand for profiles among the entitlements of an identity (neighbour notes §4). */
const profileEntityType = 'VezaAccessProfile';

/**
 * Identities, each read at most once, in one call each, since the API has no other way: eight at a time. They hold personal
 * data, so they are kept for their operation alone.
 */
export class IdentityLoader {
  readonly #options: IdentityLoaderOptions;
  readonly #loader: DataLoader<string, Identity | null>;
  readonly #actual = new Map<string, Promise<readonly ActualEntitlement[]>>();
  readonly #inFlight = new InFlight();
  readonly #readings = new Map<string, Promise<Identity | null | Error>>();
  #trial: Promise<unknown> | null = null;
  #hasAnswered = false;
  /** Why the operation does not work for this caller; it is not tried again. */
  #failure: Error | null = null;

  constructor(options: IdentityLoaderOptions) {
    this.#options = options;
    const { scheduleBatch } = options;
    this.#loader = new DataLoader((ids) => this.#readBatch(ids), {
      ...(scheduleBatch && { batchScheduleFn: scheduleBatch }),
    });
  }

  /** null for an identity of which it is proven that the API does not return it to this caller. */
  load(id: string): Promise<Identity | null> {
    return this.#loader.load(id);
  }

  /** Those of several that the API returns, in their order. */
  async loadMany(ids: readonly string[]): Promise<readonly (Identity | null)[]> {
    return Promise.all(ids.map((id) => this.load(id)));
  }

  /**
   * What an identity has in target systems, as the access graph says, whoever gave it. Throws UpstreamError where the
   * identity does not say what the API asks for.
   */
  actualEntitlements(identity: Identity): Promise<readonly ActualEntitlement[]> {
    const known = this.#actual.get(identity.identityId) ?? this.#readActual(identity);
    this.#actual.set(identity.identityId, known);
    return known;
  }

  async #readActual({ identityId, policyId, sourceEntityId }: Identity): Promise<readonly ActualEntitlement[]> {
    const endpoint = neighbours.listActualEntitlements;
    if (policyId === null || sourceEntityId === null) {
      const message = `The Veza API does not name the policy and the source record of identity ${identityId}, without which its entitlements can not be listed.`;
      throw new UpstreamError('UPSTREAM_INVALID_RESPONSE', message, {});
    }
    const { call, offered, maxPages } = this.#options;
    const fetch = (pageToken: string | null) => call(endpoint, { policyId, identityId, sourceEntityId, pageToken });
    try {
      const rows = await readWhole(endpoint.attempt, fetch, JSON.stringify, maxPages);
      const each = new Map(rows.map((row) => [JSON.stringify(row), row]));
      return [...each.values()].filter(({ entityType }) => entityType !== profileEntityType);
    } catch (error) {
      // The identity is there, it has just been read.
      if (!isMissing(error) || isProvenAbsent(endpoint, error, offered)) throw error;
      offered.note(endpoint, false);
      throw notSupported(endpoint, error);
    }
  }

  async #readBatch(ids: readonly string[]): Promise<(Identity | null | Error)[]> {
    const { offered, callsLeft } = this.#options;
    // Refused for all of them: the batch fails with what is thrown.
    if (this.#failure === null) refuseTooMany(ids.length, callsLeft(), `${ids.length} identities`);
    const [first] = ids;
    const isKnown = this.#hasAnswered || offered.verdict(neighbours.readIdentity) === true;
    // If the operation may not work, one call of all batches tells.
    if (!isKnown && first !== undefined) {
      this.#trial ??= this.#readOnce(first);
      await this.#trial;
    }
    return Promise.all(ids.map((id) => this.#inFlight.run(() => this.#readOnce(id))));
  }

  #readOnce(id: string): Promise<Identity | null | Error> {
    const reading = this.#readings.get(id) ?? this.#readOne(id);
    this.#readings.set(id, reading);
    return reading;
  }

  /** Never rejects. */
  async #readOne(id: string): Promise<Identity | null | Error> {
    if (this.#failure !== null) return this.#failure;
    try {
      const identity = await this.#read(id);
      this.#hasAnswered = true;
      return identity;
    } catch (error) {
      const failure = error instanceof Error ? error : new Error('unknown failure', { cause: error });
      if (!this.#hasAnswered) this.#failure ??= failure;
      return failure;
    }
  }

  async #read(id: string): Promise<Identity | null> {
    try {
      return await this.#options.call(neighbours.readIdentity, { id });
    } catch (error) {
      if (!isMissing(error)) throw error;
      if (isProvenAbsent(neighbours.readIdentity, error, this.#options.offered)) return null;
      return this.#confirmAbsent(id, error);
    }
  }

  /** Asks for an identity that the API names, to tell a missing identity from a missing operation. */
  async #confirmAbsent(id: string, cause: UpstreamError): Promise<null> {
    const { call, offered, otherKnownId } = this.#options;
    const endpoint = neighbours.readIdentity;
    const known = await otherKnownId(id);
    if (known === null) throw notFoundOrNotSupported(endpoint, cause);
    try {
      await call(endpoint, { id: known });
      return null;
    } catch (error) {
      if (!isMissing(error)) throw error;
      if (isProvenAbsent(endpoint, error, offered)) return null;
      offered.note(endpoint, false);
      throw notSupported(endpoint, error);
    }
  }
}
