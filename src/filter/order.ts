import { type Profile, profileStates } from '../model/profile.ts';
import { codePointKey, foldCase } from '../scim/fold-case.ts';
import { instantKey } from '../scim/instant.ts';

export type OrderField = 'NAME' | 'STATE' | 'TYPE' | 'CREATED_AT' | 'UPDATED_AT';

/** By what a list is sorted, one after the other. */
export interface ProfileOrder {
  readonly field: OrderField;
  readonly isDescending: boolean;
}

/** A key that `<` orders values by; null: there is no value. */
export type SortKey = string | number | null;

/** The place of a profile in a sorted list, whether or not it is in it. */
export interface SortPlace {
  /** One for each order. */
  readonly keys: readonly SortKey[];
  readonly id: string;
}

/** The name of a type; null: none that the caller sees. */
export type TypeName = (typeId: string) => string | null;

/** Characters of a name that are compared, so that they fit into a cursor. */
const maxKeyLength = 800;

const keyReaders: Readonly<Record<OrderField, (profile: Profile, typeName: TypeName) => SortKey>> = {
  NAME: ({ name }) => textKey(name),
  STATE: ({ state }) => profileStates.indexOf(state),
  TYPE: ({ typeId }, typeName) => (typeId === null ? null : textKey(typeName(typeId))),
  CREATED_AT: ({ createdAt }) => timeKey(createdAt),
  UPDATED_AT: ({ updatedAt }) => timeKey(updatedAt),
};

/** Case-folded, by code point: the same order in each locale. */
function textKey(text: string | null): SortKey {
  return text === null ? null : codePointKey(foldCase(text)).slice(0, maxKeyLength);
}

function timeKey(time: string | null): SortKey {
  return time === null ? null : (instantKey(time) ?? null);
}

/** The place of a profile. Throws UpstreamError where a value that decides it can't be read. */
export function placeOf(profile: Profile, order: readonly ProfileOrder[], typeName: TypeName): SortPlace {
  return { keys: order.map(({ field }) => keyReaders[field](profile, typeName)), id: profile.profileId };
}

/** Negative where `a` comes before `b`. Ties go by id, ascending; what has no value comes last, whatever the direction. */
export function comparePlaces(a: SortPlace, b: SortPlace, order: readonly ProfileOrder[]): number {
  let i = 0;
  for (const { isDescending } of order) {
    const left = a.keys[i] ?? null;
    const right = b.keys[i] ?? null;
    i++;
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right === isDescending ? 1 : -1;
  }
  if (a.id === b.id) return 0;
  return codePointKey(a.id) < codePointKey(b.id) ? -1 : 1;
}

/**
 * The first rows of a sorted list behind a place, whatever order rows are added in: they alone are kept, so that a page of a
 * long list costs one comparison for most rows and no sort of them all.
 */
export class SortedPage<Row> {
  readonly #order: readonly ProfileOrder[];
  readonly #first: number;
  readonly #after: SortPlace | null;
  /** One more than the page has, which tells that it goes on. */
  readonly #kept: { readonly row: Row; readonly place: SortPlace }[] = [];

  constructor(order: readonly ProfileOrder[], first: number, after: SortPlace | null) {
    this.#order = order;
    this.#first = first;
    this.#after = after;
  }

  add(row: Row, place: SortPlace): void {
    if (this.#after !== null && comparePlaces(place, this.#after, this.#order) <= 0) return;
    const kept = this.#kept;
    const last = kept.at(-1);
    const isFull = kept.length > this.#first;
    if (isFull && last !== undefined && comparePlaces(place, last.place, this.#order) > 0) return;
    kept.splice(this.#indexFor(place), 0, { row, place });
    if (isFull) kept.pop();
  }

  get rows(): readonly { readonly row: Row; readonly place: SortPlace }[] {
    return this.#kept.slice(0, this.#first);
  }

  get hasNext(): boolean {
    return this.#kept.length > this.#first;
  }

  #indexFor(place: SortPlace): number {
    let [low, high] = [0, this.#kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = this.#kept[middle];
      if (at !== undefined && comparePlaces(at.place, place, this.#order) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
