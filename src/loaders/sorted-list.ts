import { eventLoop } from '../event-loop.ts';
import type { Condition } from '../filter/condition.ts';
import { type ProfileOrder, placeOf, SortedPage, type SortPlace, type TypeName } from '../filter/order.ts';
import type { Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import type { Matches, ProfileLister } from './profile-list.ts';
import type { ReferenceList } from './reference-list.ts';

export interface SortRequest {
  readonly condition: Condition;
  readonly order: readonly ProfileOrder[];
  readonly first: number;
  readonly after: SortPlace | null;
}

export interface SortedList extends Matches {
  /** A page of all that match. */
  readonly rows: readonly { readonly row: Profile; readonly place: SortPlace }[];
  readonly hasNext: boolean;
}

/** Sorted lists of profiles. The API's own order is not documented, so a sorted list is made of all profiles that match. */
export class ProfileSorter {
  readonly #lister: ProfileLister;
  readonly #types: ReferenceList<ProfileType>;
  readonly #signal: AbortSignal | undefined;

  constructor(lister: ProfileLister, types: ReferenceList<ProfileType>, signal?: AbortSignal) {
    this.#lister = lister;
    this.#types = types;
    this.#signal = signal;
  }

  /** Throws UpstreamError, also where a value that decides the order can't be read. */
  async list({ condition, order, first, after }: SortRequest): Promise<SortedList> {
    const matches = await this.#lister.everyMatch(condition);
    const typeName = order.some(({ field }) => field === 'TYPE') ? await this.#namesOf(matches.profiles) : () => null;
    const page = new SortedPage<Profile>(order, first, after);
    for (const profile of matches.profiles) {
      page.add(profile, placeOf(profile, order, typeName));
      if (eventLoop.isHeld) await eventLoop.yield(this.#signal);
    }
    return { ...matches, rows: page.rows, hasNext: page.hasNext };
  }

  async #namesOf(profiles: readonly Profile[]): Promise<TypeName> {
    const ids = [...new Set(profiles.map(({ typeId }) => typeId))].filter((id) => id !== null);
    const types = await Promise.all(ids.map((id) => this.#types.reference(id)));
    const names = new Map(types.map((type, i) => [ids[i], type?.name ?? null]));
    return (typeId) => names.get(typeId) ?? null;
  }
}
