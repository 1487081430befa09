import type { World, WorldProfile } from '../../../src/sandbox/world.ts';

/** Whether the API's filters take ids, or refuse what is not documented. */
export type Api = 'takes ids' | 'refuses ids';

/** Calls to the API, and how many of them in a row. */
export interface Cost {
  readonly calls: number;
  readonly rounds: number;
}

const largestPage = 100;

/** What the API can't do with less, worked out from the world that it holds and from nothing that the gateway does. */
export class Least {
  readonly #profiles: readonly WorldProfile[];
  readonly #places: ReadonlyMap<string, number>;

  constructor({ profiles }: World) {
    this.#profiles = profiles;
    this.#places = new Map(profiles.map(({ id }, place) => [id, place]));
  }

  get profiles(): readonly WorldProfile[] {
    return this.#profiles;
  }

  /** One after another, as each page names the next. */
  pages(rows: number): Cost {
    const calls = Math.max(1, Math.ceil(rows / largestPage));
    return { calls, rounds: calls };
  }

  /** All pages of a list that the API filters, all but the last of them twice: nothing else shows that no row moved between them. */
  wholeList(rows: number): Cost {
    const { calls } = this.pages(rows);
    return { calls: 2 * calls - 1, rounds: 2 * calls - 1 };
  }

  /** The pages of a list that the API filters, up to the row that fills the answer. */
  pagesOf(
    inList: (profile: WorldProfile) => boolean,
    inAnswer: (profile: WorldProfile) => boolean,
    first: number,
  ): Cost {
    const list = this.#profiles.filter(inList);
    const last = list.filter(inAnswer)[first - 1];
    return last === undefined ? this.wholeList(list.length) : this.pages(list.indexOf(last) + 1);
  }

  /** Profiles by id: side by side in batches, or the list up to the last of them. */
  byId(api: Api, ids: readonly string[]): Cost {
    if (api === 'takes ids') return { calls: Math.ceil(ids.length / largestPage), rounds: Math.min(1, ids.length) };
    return this.pages(1 + Math.max(...ids.map((id) => this.#places.get(id) ?? this.#profiles.length)));
  }

  /** A list from its start with profiles that it refers to. Where ids are refused, both come out of one reading. */
  listWith(api: Api, rows: readonly WorldProfile[], referred: readonly string[]): Cost {
    const listed = new Set(rows.map(({ id }) => id));
    const missing = [...new Set(referred)].filter((id) => !listed.has(id));
    if (api === 'refuses ids') return this.byId(api, [...listed, ...missing]);
    return inTurn({ calls: 1, rounds: 1 }, this.byId(api, missing));
  }

  /** One profile and all that it inherits, level by level: the ids of a level stand in the level before. */
  upward(api: Api, id: string): Cost {
    const reached = new Set([id]);
    let level: readonly string[] = [id];
    let cost = this.byId(api, level);
    while (level.length > 0) {
      const parents = level.flatMap((each) => this.#profiles[this.#places.get(each) ?? -1]?.inherits ?? []);
      level = [...new Set(parents)].filter((each) => !reached.has(each));
      for (const each of level) reached.add(each);
      cost = inTurn(cost, this.byId('takes ids', level));
    }
    return api === 'takes ids' ? cost : this.byId(api, [...reached]);
  }
}

/** One after the other. */
export function inTurn(one: Cost, other: Cost): Cost {
  return { calls: one.calls + other.calls, rounds: one.rounds + other.rounds };
}
