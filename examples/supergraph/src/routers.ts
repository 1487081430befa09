import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { buildHTTPExecutor } from '@graphql-tools/executor-http';
import { stitchSchemas } from '@graphql-tools/stitch';
import { buildSchema, graphql } from 'graphql';

export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** Asks through a router, which passes the header `Authorization` on. */
export interface Router {
  ask(query: string, authorization: string): Promise<Answer>;
  close(): Promise<void>;
}

export async function apolloRouter(supergraphSdl: string): Promise<Router> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ url }) =>
      new RemoteGraphQLDataSource({
        ...(url !== undefined && { url }),
        willSendRequest({ request, context }) {
          request.http?.headers.set('authorization', context['authorization'] ?? '');
        },
      }),
  });
  const server = new ApolloServer({ gateway });
  await server.start();
  return {
    async ask(query, authorization) {
      const { body } = await server.executeOperation({ query }, { contextValue: { authorization } });
      if (body.kind !== 'single') throw new Error('The answer comes in parts.');
      return JSON.parse(JSON.stringify(body.singleResult));
    },
    close: () => server.stop(),
  };
}

export async function hiveRouter(supergraph: string): Promise<Router> {
  const runtime = createGatewayRuntime({
    supergraph,
    logging: false,
    maskedErrors: false,
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') ?? '' }),
    },
  });
  return {
    async ask(query, authorization) {
      const response = await runtime.fetch('http://router/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query }),
      });
      return response.json();
    },
    close: async () => runtime[Symbol.asyncDispose](),
  };
}

/** Without a composer: profiles are merged by `nodes`, one request for all rows. */
export async function stitchedRouter(gatewaySchema: string, gatewayUrl: string, ticketsUrl: string): Promise<Router> {
  const schema = stitchSchemas({
    subschemas: [
      {
        schema: buildSchema(gatewaySchema),
        executor: buildHTTPExecutor({
          endpoint: gatewayUrl,
          headers: (request) => ({ authorization: request?.context.authorization }),
        }),
        batch: true,
        merge: {
          AccessProfile: {
            selectionSet: '{ id }',
            fieldName: 'nodes',
            key: ({ id }) => id,
            argsFromKeys: (ids) => ({ ids }),
          },
        },
      },
      {
        schema: buildSchema(`
          type Query { tickets: [Ticket!]! }
          type Ticket { number: ID! accessProfile: AccessProfile }
          type AccessProfile { id: ID! }
        `),
        executor: async (request) => buildHTTPExecutor({ endpoint: ticketsUrl })(request),
      },
    ],
  });
  return {
    ask: async (source, authorization) => graphql({ schema, source, contextValue: { authorization } }),
    close: async () => undefined,
  };
}
