import { createServer } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { createYoga } from 'graphql-yoga';

/** Types of the gateway that tickets refer to, by the key `id`. */
const referred = [
  'AccessProfileType',
  'AccessProfileVersion',
  'Datasource',
  'Entity',
  'Identity',
  'LifecyclePolicy',
] as const;

export const typeDefs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires"])
  type Query { tickets: [Ticket!]! }
  type Ticket @key(fields: "number") {
    number: ID!
    accessProfile: AccessProfile
    ${referred.map((type) => `about${type}: ${type}`).join('\n    ')}
  }
  type AccessProfile @key(fields: "profileId") {
    profileId: String!
    name: String! @external
    ticketTitle: String @requires(fields: "name")
  }
  ${referred.map((type) => `type ${type} @key(fields: "id", resolvable: false) { id: ID! }`).join('\n  ')}
`;

/** What the tickets are about: ids of the gateway. */
export interface Subjects {
  readonly profileIds: readonly string[];
  readonly ids: Readonly<Record<(typeof referred)[number], string>>;
}

/** A second subgraph, which returns access profiles and extends them by a field that needs their name. */
export async function startTickets({ profileIds, ids }: Subjects) {
  const about = Object.fromEntries(Object.entries(ids).map(([type, id]) => [`about${type}`, { id }]));
  const schema = buildSubgraphSchema({
    typeDefs: parse(typeDefs),
    resolvers: {
      Query: {
        tickets: () => profileIds.map((profileId, number) => ({ number, accessProfile: { profileId }, ...about })),
      },
      AccessProfile: {
        __resolveReference: (reference: object) => reference,
        ticketTitle: ({ name }: { name: string }) => `Ticket for ${name}`,
      },
    },
  });
  const server = createServer(createYoga({ schema, graphqlEndpoint: '/', logging: false }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The subgraph has no port.');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}
