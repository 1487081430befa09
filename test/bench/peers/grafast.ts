import { createServer } from 'node:http';
import { context, type FieldArgs, get, lambda, loadMany, loadOne, makeGrafastSchema, type Step } from 'grafast';
import { grafserv } from 'grafserv/node';
import { Api, type PageArguments, type Profile } from './rest.ts';
import { typeDefs } from './schema.ts';

/** Grafast behind its own server. Types hang on nothing but the caller, so the plan reads them beside the list. */
declare global {
  namespace Grafast {
    interface Context {
      readonly api: Api;
    }
  }
}

const shared = () => context().get('api');

const listLoader = {
  shared,
  load: (pages: readonly PageArguments[], { shared: api }: { shared: Api }) =>
    Promise.all(pages.map((page) => api.list(page))),
};

const parentsLoader = {
  shared,
  async load(lists: readonly (readonly string[])[], { shared: api }: { shared: Api }) {
    const profiles = await api.byIds([...new Set(lists.flat())]);
    const known = new Map(profiles.flatMap((profile) => (profile === null ? [] : [[profile.id, profile]])));
    return lists.map((ids) => ids.flatMap((id) => known.get(id) ?? []));
  },
};

const schema = makeGrafastSchema({
  typeDefs,
  objects: {
    Query: {
      plans: {
        accessProfiles: (_: Step, args: FieldArgs) =>
          loadOne({ first: args.getRaw('first'), after: args.getRaw('after') }, listLoader),
      },
    },
    AccessProfile: {
      plans: {
        type: ($profile: Step<Profile>) =>
          lambda(
            [
              loadOne(shared(), (apis: readonly Api[]) => Promise.all(apis.map((api) => api.types()))),
              get($profile, 'profile_type'),
            ],
            ([types, id]) => types.get(id) ?? null,
            true,
          ),
        inheritsFrom: ($profile: Step<Profile>) => loadMany(get($profile, 'access_profiles_inherited'), parentsLoader),
      },
    },
  },
});

const preset = {
  grafserv: { graphqlPath: '/graphql', graphiql: false },
  grafast: {
    context: ({ node }: Partial<Grafast.RequestContext>) => ({ api: new Api(node?.req.headers.authorization) }),
  },
};

const server = createServer();
await grafserv({ preset, schema }).addTo(server);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/graphql\n`);
});
