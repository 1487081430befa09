import { Pool } from 'undici';

const base = '/api/private/lifecycle_management';
const largestPage = 100;

export interface Profile {
  readonly id: string;
  readonly name: string;
  readonly profile_type: string;
  readonly access_profiles_inherited: readonly string[];
}

export interface ProfileType {
  readonly id: string;
  readonly name: string;
}

interface Page<T> {
  readonly values: readonly T[];
  readonly has_more: boolean;
  readonly next_page_token: string;
}

export type Types = ReadonlyMap<string, ProfileType>;

/** The arguments of the list in GraphQL. A cursor is the API's own page token. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** As many connections as the gateway has, so that no candidate waits for one where another does not. */
const upstream = new Pool(process.env['VEZA_URL'] ?? '', { connections: 128 });

/** The REST API as one caller reaches it in one request; the same for each peer that runs on Node. */
export class Api {
  readonly #authorization: string;
  #types: Promise<Types> | null = null;

  constructor(authorization: string | undefined) {
    this.#authorization = authorization ?? '';
  }

  async list({ first, after }: PageArguments) {
    const page = await this.#profiles({ page_size: String(first ?? 50), ...(after ? { page_token: after } : {}) });
    return {
      nodes: page.values,
      pageInfo: { hasNextPage: page.has_more, endCursor: page.has_more ? page.next_page_token : null },
    };
  }

  /** In the order of the ids; null for those that the API does not return. */
  async byIds(ids: readonly string[]): Promise<(Profile | null)[]> {
    const calls: Promise<Page<Profile>>[] = [];
    // A hundred ids are a page, and a URL of 6 KB.
    for (let start = 0; start < ids.length; start += largestPage) {
      const chunk = ids.slice(start, start + largestPage);
      const filter = chunk.map((id) => `id eq "${id}"`).join(' or ');
      calls.push(this.#profiles({ filter, page_size: String(chunk.length) }));
    }
    const found = new Map((await Promise.all(calls)).flatMap(({ values }) => values.map((each) => [each.id, each])));
    return ids.map((id) => found.get(id) ?? null);
  }

  /** There are few types and one call lists them all: at most one in each request. */
  types(): Promise<Types> {
    this.#types ??= this.#get<Page<ProfileType>>('access_profiles_types').then(
      ({ values }) => new Map(values.map((type) => [type.id, type])),
    );
    return this.#types;
  }

  #profiles(parameters: Record<string, string>): Promise<Page<Profile>> {
    return this.#get(`access_profiles?${new URLSearchParams(parameters)}`);
  }

  async #get<T>(path: string): Promise<T> {
    const { statusCode, body } = await upstream.request({
      method: 'GET',
      path: `${base}/${path}`,
      headers: { authorization: this.#authorization },
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`the API answered ${statusCode}`);
    return JSON.parse(text);
  }
}
