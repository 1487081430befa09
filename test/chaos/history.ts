import type { ProfileRecord, TypeRecord } from '../../src/sandbox/record.ts';
import type { Store } from '../../src/sandbox/store.ts';

/** What an Access Profile API holds at one moment, in order of creation. */
export interface State {
  readonly profiles: ReadonlyMap<string, ProfileRecord>;
  readonly types: ReadonlyMap<string, TypeRecord>;
}

/** Who made a change: a caller of the gateway, or another client of the API. */
export type Author = 'gateway' | 'outsider';

export type Sees = (profile: { readonly id: string; readonly name: string }) => boolean;

interface Version<T> {
  /** Milliseconds by `performance.now()`. */
  readonly at: number;
  /** null: there is none. */
  readonly record: T | null;
  readonly author: Author;
}

export interface Period {
  /** The oldest moment whose profiles an answer may show. */
  readonly from: number;
  /** The oldest moment whose types it may show. */
  readonly typesFrom: number;
  readonly to: number;
}

/** How many states are tried for one answer. */
const maxStates = 200;

/** All versions of all records of a store, from now on. */
export class History {
  readonly #profiles = new Map<string, Version<ProfileRecord>[]>();
  readonly #types = new Map<string, Version<TypeRecord>[]>();
  /** Changes by callers of the gateway that were told to them: when they took effect, and when they were told. */
  readonly #told: { readonly at: number; readonly toldAt: number }[] = [];
  #author: Author = 'gateway';

  constructor(store: Store, onProfile: (id: string, before: ProfileRecord | null, now: ProfileRecord | null) => void) {
    const start = { at: Number.NEGATIVE_INFINITY, author: 'outsider' } as const;
    for (const record of store.profiles()) this.#profiles.set(record.id, [{ ...start, record }]);
    for (const record of store.types()) this.#types.set(record.id, [{ ...start, record }]);
    store.watch({
      profile: (id, now) => {
        const before = this.profile(id);
        this.#add(this.#profiles, id, now);
        if (this.#author === 'gateway') onProfile(id, before, now);
      },
      type: (type) => this.#add(this.#types, type.id, type),
    });
  }

  #add<T>(versions: Map<string, Version<T>[]>, id: string, record: T | null): void {
    const added = { at: performance.now(), record, author: this.#author };
    const known = versions.get(id);
    if (known === undefined) versions.set(id, [added]);
    else known.push(added);
  }

  /** Lets another client of the API do its work. */
  asOutsider(work: () => void): void {
    this.#author = 'outsider';
    work();
    this.#author = 'gateway';
  }

  /** Drops profiles that were deleted before a time, and versions that were replaced before it. */
  forgetBefore(time: number): void {
    for (const [id, versions] of this.#profiles) {
      const kept = versions.slice(Math.max(0, indexAt(versions, time)));
      if (kept.length === 1 && kept[0]?.record === null) this.#profiles.delete(id);
      else if (kept.length < versions.length) this.#profiles.set(id, kept);
    }
    this.#told.splice(0, this.#told.filter(({ toldAt }) => toldAt < time).length - 1);
  }

  /** The profile as it is; null if there is none. */
  profile(id: string): ProfileRecord | null {
    return this.#profiles.get(id)?.at(-1)?.record ?? null;
  }

  /** The id of the profile of a name that is its alone; null if there is none. */
  idOf(name: string): string | null {
    for (const [id, versions] of this.#profiles) if (versions.at(-1)?.record?.name === name) return id;
    return null;
  }

  /** The versions of a profile from a moment on: the one of then, and all later ones. */
  versionsOf(id: string, from: number, to = Number.POSITIVE_INFINITY): readonly Version<ProfileRecord>[] {
    return during(this.#profiles.get(id) ?? [], from, to);
  }

  /** Notes that a caller was told of the changes that the gateway made to a profile in a period. */
  tell(id: string, from: number): void {
    const toldAt = performance.now();
    for (const { at, author } of this.versionsOf(id, from)) {
      if (author === 'gateway' && at >= from) this.#told.push({ at, toldAt });
    }
  }

  /** When the last change took effect that a caller of the gateway was told of before a moment. */
  lastToldBefore(moment: number): number {
    const known = this.#told.filter(({ toldAt }) => toldAt <= moment).map(({ at }) => at);
    return Math.max(Number.NEGATIVE_INFINITY, ...known);
  }

  /** What somebody can see now. */
  now(sees: Sees): State {
    return { profiles: stateAt(this.#seenBy(sees), Infinity), types: stateAt(this.#types, Infinity) };
  }

  #seenBy(sees: Sees): ReadonlyMap<string, readonly Version<ProfileRecord>[]> {
    return new Map(
      [...this.#profiles].filter(([, versions]) => versions.some(({ record }) => record !== null && sees(record))),
    );
  }

  /**
   * What an answer may show, where each record was read at some moment of a period: first the states of the moments, the latest
   * first, then those that mix moments. Returns whether that was everything.
   */
  *states(sees: Sees, { from, typesFrom, to }: Period): Generator<State, boolean> {
    const seen = this.#seenBy(sees);
    const profiles = choicesOf(seen, from, to);
    const types = choicesOf(this.#types, typesFrom, to);
    const moments = new Set([to, from, ...profiles.moments, ...types.moments]);
    for (const moment of [...moments].sort((a, b) => b - a)) {
      yield {
        profiles: stateAt(seen, Math.max(moment, from)),
        types: stateAt(this.#types, Math.max(moment, typesFrom)),
      };
    }
    const mixes = [...profiles.records.values(), ...types.records.values()].reduce(
      (all, { length }) => all * length,
      1,
    );
    for (let mix = 0; mix < Math.min(mixes, maxStates); mix++) {
      const [profilesOfMix, rest] = pick(profiles.records, mix);
      yield { profiles: profilesOfMix, types: pick(types.records, rest)[0] };
    }
    return mixes <= maxStates;
  }
}

interface Choices<T> {
  /** For each id what it may have been; null: not there. */
  readonly records: ReadonlyMap<string, readonly (T | null)[]>;
  /** When any of them changed. */
  readonly moments: readonly number[];
}

function choicesOf<T>(all: ReadonlyMap<string, readonly Version<T>[]>, from: number, to: number): Choices<T> {
  const records = new Map<string, readonly (T | null)[]>();
  const moments: number[] = [];
  for (const [id, versions] of all) {
    const found = during(versions, from, to);
    const [first] = found;
    if (first === undefined) continue;
    moments.push(...found.map(({ at }) => at).filter((at) => at > from));
    // What was made in the period was not there before.
    records.set(id, [...(first.at > from ? [null] : []), ...found.map(({ record }) => record)]);
  }
  return { records, moments };
}

/** One of the mixes, by its number; and what is left of the number for other records. */
function pick<T>(records: Choices<T>['records'], mix: number): readonly [Map<string, T>, number] {
  const state = new Map<string, T>();
  let rest = mix;
  for (const [id, choices] of records) {
    const record = choices[rest % choices.length] ?? null;
    rest = Math.floor(rest / choices.length);
    if (record !== null) state.set(id, record);
  }
  return [state, rest];
}

function stateAt<T>(versions: ReadonlyMap<string, readonly Version<T>[]>, moment: number): Map<string, T> {
  const state = new Map<string, T>();
  for (const [id, each] of versions) {
    const record = each[indexAt(each, moment)]?.record ?? null;
    if (record !== null) state.set(id, record);
  }
  return state;
}

function during<T>(versions: readonly Version<T>[], from: number, to: number): readonly Version<T>[] {
  return versions.slice(Math.max(0, indexAt(versions, from))).filter(({ at }) => at <= to);
}

/** The place of the version that was there at a moment; -1 if there was none. */
function indexAt<T>(versions: readonly Version<T>[], moment: number): number {
  return versions.findLastIndex(({ at }) => at <= moment);
}
