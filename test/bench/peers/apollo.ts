import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { type Context, contextFor, resolvers } from './resolvers.ts';
import { typeDefs } from './schema.ts';

/** Apollo Server as its documentation starts it. */
const batch = !process.argv.includes('--no-dataloader');
const server = new ApolloServer<Context>({ typeDefs, resolvers });
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: '127.0.0.1' },
  context: async ({ req }) => contextFor(req.headers.authorization, { batch }),
});
process.stdout.write(`${url}graphql\n`);
