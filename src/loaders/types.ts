import type { ProfileType } from '../model/profile-type.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { paginate } from '../upstream/paginate.ts';
import type { MaybePromise, UpstreamCall } from './call.ts';

/** Access profile types: few, and without a filter in the API, so all of them are read at the first need of one. */
export class TypeLoader {
  readonly #call: UpstreamCall;
  readonly #maxPages: number | undefined;
  #byId: ReadonlyMap<string, ProfileType> | null = null;
  #reading: Promise<ReadonlyMap<string, ProfileType>> | null = null;

  constructor(call: UpstreamCall, maxPages?: number) {
    this.#call = call;
    this.#maxPages = maxPages;
  }

  /** null for an id that the API does not return to this caller. */
  load(id: string): MaybePromise<ProfileType | null> {
    if (this.#byId !== null) return this.#byId.get(id) ?? null;
    return this.#read().then((types) => types.get(id) ?? null);
  }

  /** Every type, in the API's order. */
  all(): MaybePromise<readonly ProfileType[]> {
    if (this.#byId !== null) return [...this.#byId.values()];
    return this.#read().then((types) => [...types.values()]);
  }

  #read(): Promise<ReadonlyMap<string, ProfileType>> {
    this.#reading ??= this.#readAll();
    return this.#reading;
  }

  async #readAll(): Promise<ReadonlyMap<string, ProfileType>> {
    const types = new Map<string, ProfileType>();
    const fetch = (pageToken: string | null) => this.#call(endpoints.listProfileTypes, { pageToken });
    for await (const page of paginate(endpoints.listProfileTypes.attempt, fetch, null, this.#maxPages)) {
      for (const type of page.values) types.set(type.typeId, type);
    }
    this.#byId = types;
    return types;
  }
}
