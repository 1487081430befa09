import { createServer } from 'node:http';
import { createGatewayRuntime, type GatewayContext } from '@graphql-hive/gateway-runtime';
import rest from '@graphql-mesh/transport-rest';
import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import type { Profile, ProfileType, Types } from './rest.ts';

/** Hive Gateway over the REST subgraph that hive-compose.ts describes, joined by additional resolvers, in batches. */
interface Asked {
  readonly root: unknown;
  readonly args: object;
  readonly context: Context;
  readonly info: GraphQLResolveInfo;
  readonly selectionSet: string;
}

interface Context extends GatewayContext {
  readonly veza: {
    readonly Query: {
      accessProfiles(asked: Asked): Promise<{ readonly nodes: readonly Profile[] }>;
      types(asked: Asked): Promise<{ readonly values: readonly ProfileType[] }>;
    };
  };
}

const largestPage = 100;

function typesOf(context: Context, info: GraphQLResolveInfo): Promise<Types> {
  return context.veza.Query.types({ root: {}, args: {}, context, info, selectionSet: '{ values { id name } }' }).then(
    ({ values }) => new Map(values.map((type) => [type.id, type])),
  );
}

function parentLoader(context: Context, info: GraphQLResolveInfo): DataLoader<string, Profile | null> {
  const load = async (ids: readonly string[]) => {
    const { nodes } = await context.veza.Query.accessProfiles({
      root: {},
      args: { filter: ids.map((id) => `id eq "${id}"`).join(' or '), first: ids.length },
      context,
      info,
      selectionSet: '{ nodes { id name profile_type access_profiles_inherited } }',
    });
    const found = new Map(nodes.map((profile) => [profile.id, profile]));
    return ids.map((id) => found.get(id) ?? null);
  };
  return new DataLoader(load, { maxBatchSize: largestPage });
}

/** What the resolvers of one request share, made when the first of them needs it. */
function once<T extends object>(make: (context: Context, info: GraphQLResolveInfo) => T) {
  const made = new WeakMap<Context, T>();
  return (context: Context, info: GraphQLResolveInfo): T => {
    const value = made.get(context) ?? make(context, info);
    made.set(context, value);
    return value;
  };
}

const types = once(typesOf);
const parents = once(parentLoader);

const gateway = createGatewayRuntime<Context>({
  supergraph: process.argv[2] ?? '',
  transports: { rest },
  transportEntries: { veza: { location: `${process.env['VEZA_URL']}/api/private/lifecycle_management` } },
  logging: false,
  landingPage: false,
  graphiql: false,
  additionalResolvers: {
    AccessProfileConnection: {
      pageInfo: {
        selectionSet: '{ has_more next_page_token }',
        resolve: (page: { has_more: boolean; next_page_token: string }) => ({
          hasNextPage: page.has_more,
          endCursor: page.has_more ? page.next_page_token : null,
        }),
      },
    },
    AccessProfile: {
      type: {
        selectionSet: '{ profile_type }',
        resolve: async ({ profile_type }: Profile, _: unknown, context: Context, info: GraphQLResolveInfo) =>
          (await types(context, info)).get(profile_type) ?? null,
      },
      inheritsFrom: {
        selectionSet: '{ access_profiles_inherited }',
        resolve: async (profile: Profile, _: unknown, context: Context, info: GraphQLResolveInfo) => {
          const loader = parents(context, info);
          const found = await Promise.all(profile.access_profiles_inherited.map((id) => loader.load(id)));
          return found.filter((parent) => parent !== null);
        },
      },
    },
  },
});

const server = createServer(gateway);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/graphql\n`);
});
