import type { ProfileType } from '../model/profile-type.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { paginate } from '../upstream/paginate.ts';
import type { MaybePromise, UpstreamCall } from './call.ts';
import type { CachedTypes, TypeList } from './type-cache.ts';

/** Access profile types: few, and without a filter in the API, so all of them are read at the first need of one. */
export class TypeLoader {
  readonly #call: UpstreamCall;
  readonly #maxPages: number | undefined;
  readonly #kept: CachedTypes | null;
  #byId: ReadonlyMap<string, ProfileType> | null = null;
  #reading: Promise<TypeList> | null = null;
  /** What another operation of the caller has read; null: nothing that may be used, undefined: not looked for yet. */
  #reference: ReadonlyMap<string, ProfileType> | null | undefined;

  /** `kept`: what the caller's operations share; null: nothing. */
  constructor(call: UpstreamCall, maxPages?: number, kept: CachedTypes | null = null) {
    this.#call = call;
    this.#maxPages = maxPages;
    this.#kept = kept;
  }

  /** As the API has it now; null for an id that it does not return to this caller. */
  load(id: string): MaybePromise<ProfileType | null> {
    if (this.#byId !== null) return this.#byId.get(id) ?? null;
    return this.#read().then(({ types }) => types.get(id) ?? null);
  }

  /**
   * The type that something names, as it was read for this operation, or else for one shortly before. One that is not
   * among those may be new, and is read.
   */
  reference(id: string): MaybePromise<ProfileType | null> {
    // One answer shows one state: what this operation reads itself comes first.
    if (this.#byId !== null || this.#reading !== null) return this.load(id);
    this.#reference ??= this.#kept?.find()?.types ?? null;
    return this.#reference?.get(id) ?? this.load(id);
  }

  /** Every type, in the API's order. */
  all(): MaybePromise<readonly ProfileType[]> {
    if (this.#byId !== null) return [...this.#byId.values()];
    return this.#read().then(({ types }) => [...types.values()]);
  }

  /** Every type as it was at some time before now: to count profiles by, and not to be shown. */
  async past(): Promise<TypeList> {
    return this.#reading ?? this.#kept?.peek() ?? this.#read();
  }

  /** Every type as it is now, whatever the operation has read before. */
  async readNow(): Promise<TypeList> {
    const readAt = performance.now();
    const types = new Map<string, ProfileType>();
    const fetch = (pageToken: string | null) => this.#call(endpoints.listProfileTypes, { pageToken });
    for await (const page of paginate(endpoints.listProfileTypes.attempt, fetch, null, this.#maxPages)) {
      for (const type of page.values) types.set(type.typeId, type);
    }
    return { types, readAt, endedAt: performance.now() };
  }

  #read(): Promise<TypeList> {
    this.#reading ??= this.#readAll();
    return this.#reading;
  }

  async #readAll(): Promise<TypeList> {
    const list = await this.readNow();
    this.#byId = list.types;
    this.#kept?.keep(list);
    return list;
  }
}
