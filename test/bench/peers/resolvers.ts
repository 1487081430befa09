import DataLoader from 'dataloader';
import { Api, type PageArguments, type Profile } from './rest.ts';

/** What the resolvers of one request share. */
export interface Context {
  readonly api: Api;
  readonly parents: (ids: readonly string[]) => Promise<readonly (Profile | null)[]>;
}

/** With a loader, the parents of all rows come in one call; without, those of each row in a call of its own. */
export function contextFor(authorization: string | undefined, { batch }: { batch: boolean }): Context {
  const api = new Api(authorization);
  if (!batch) return { api, parents: (ids) => api.byIds(ids) };
  const loader = new DataLoader<string, Profile | null>((ids) => api.byIds(ids));
  return { api, parents: (ids) => Promise.all(ids.map((id) => loader.load(id))) };
}

/** For servers that execute resolvers as graphql-js does. */
export const resolvers = {
  Query: {
    accessProfiles: (_: unknown, page: PageArguments, { api }: Context) => api.list(page),
  },
  AccessProfile: {
    type: async ({ profile_type }: Profile, _: unknown, { api }: Context) => (await api.types()).get(profile_type),
    inheritsFrom: async ({ access_profiles_inherited }: Profile, _: unknown, { parents }: Context) =>
      (await parents(access_profiles_inherited)).filter((parent) => parent !== null),
  },
};
