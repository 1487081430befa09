import type { Datasource, LifecyclePolicy } from '../model/neighbours.ts';
import type { Page } from '../model/page.ts';
import type { ProfileType } from '../model/profile-type.ts';
import type { Endpoint } from '../upstream/endpoint.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { neighbours } from '../upstream/neighbour-endpoints.ts';
import { readWhole } from '../upstream/paginate.ts';
import type { MaybePromise, UpstreamCall } from './call.ts';
import type { CachedList, WholeList } from './reference-cache.ts';

/** A list that is read whole: its things are few, and the API offers no filter for them. */
export interface ReferenceSource<T> {
  readonly list: Endpoint<{ readonly pageToken: string | null }, Page<T>>;
  readonly idOf: (value: T) => string;
}

export interface ReferenceListOptions<T> {
  readonly source: ReferenceSource<T>;
  readonly call: UpstreamCall;
  readonly maxPages?: number | undefined;
  /** The list that the caller's operations share; null: none. */
  readonly kept?: CachedList<T> | null;
}

/** Things that others name by id, such as types and data sources: all of them are read at the first need of one. */
export class ReferenceList<T> {
  readonly #options: ReferenceListOptions<T>;
  #list: WholeList<T> | null = null;
  #reading: Promise<WholeList<T>> | null = null;
  /** The list that another operation of the caller has read; null: none that may be used, undefined: not looked for yet. */
  #reference: WholeList<T> | null | undefined;

  constructor(options: ReferenceListOptions<T>) {
    this.#options = options;
  }

  /** As the API has it now; null for an id that it does not return to this caller. */
  load(id: string): MaybePromise<T | null> {
    return this.#list === null ? this.#read().then((list) => this.#in(list, id)) : this.#in(this.#list, id);
  }

  /**
   * The thing that something names, as it was read for this operation, or else for one shortly before. One that is not
   * among those may be new, and is read once.
   */
  reference(id: string): MaybePromise<T | null> {
    const shared = this.#shared();
    if (shared?.lacking.has(id)) return null;
    return shared?.byId.get(id) ?? this.load(id);
  }

  /** Every one, in the API's order. */
  all(): MaybePromise<readonly T[]> {
    return this.#list === null ? this.#read().then(valuesOf) : valuesOf(this.#list);
  }

  /** Every one, as it was read for this operation, or else for one shortly before. */
  references(): MaybePromise<readonly T[]> {
    const shared = this.#shared();
    return shared === null ? this.all() : valuesOf(shared);
  }

  /** Every one as it was at some time before now: to count by, and not to be shown. */
  async past(): Promise<WholeList<T>> {
    return this.#reading ?? this.#options.kept?.peek() ?? this.#read();
  }

  /** Whether `past` takes no further call. */
  get isAtHand(): boolean {
    return this.#reading !== null || (this.#options.kept?.peek() ?? null) !== null;
  }

  /** Every one as it is now, whatever the operation has read before. */
  async readNow(): Promise<WholeList<T>> {
    const { source, call, maxPages } = this.#options;
    const readAt = performance.now();
    const fetch = (pageToken: string | null) => call(source.list, { pageToken });
    const rows = await readWhole(source.list.attempt, fetch, source.idOf, maxPages);
    return { byId: new Map(rows.map((row) => [source.idOf(row), row])), lacking: new Set(), readAt };
  }

  /** Begins to read what will be needed, beside what is read first. A failure is told to those who ask. */
  begin(): void {
    if (this.#list === null && this.#shared() === null) this.#read().catch(() => undefined);
  }

  /** One answer shows one state: what this operation reads itself comes first. */
  #shared(): WholeList<T> | null {
    if (this.#list !== null || this.#reading !== null) return this.#list;
    this.#reference ??= this.#options.kept?.find() ?? null;
    return this.#reference;
  }

  #in({ byId, lacking }: WholeList<T>, id: string): T | null {
    const found = byId.get(id) ?? null;
    if (found === null) lacking.add(id);
    return found;
  }

  #read(): Promise<WholeList<T>> {
    this.#reading ??= this.#readAll();
    return this.#reading;
  }

  async #readAll(): Promise<WholeList<T>> {
    this.#list = await this.readNow();
    this.#options.kept?.keep(this.#list);
    return this.#list;
  }
}

function valuesOf<T>({ byId }: WholeList<T>): readonly T[] {
  return [...byId.values()];
}

export const typeSource: ReferenceSource<ProfileType> = {
  list: endpoints.listProfileTypes,
  idOf: ({ typeId }) => typeId,
};

export const datasourceSource: ReferenceSource<Datasource> = {
  list: neighbours.listDatasources,
  idOf: ({ datasourceId }) => datasourceId,
};

export const policySource: ReferenceSource<LifecyclePolicy> = {
  list: neighbours.listPolicies,
  idOf: ({ policyId }) => policyId,
};
