import { fastify } from 'fastify';
import { mercurius } from 'mercurius';
import { type Context, contextFor, resolvers } from './resolvers.ts';
import { typeDefs } from './schema.ts';

declare module 'mercurius' {
  interface MercuriusContext extends Context {}
}

/** Mercurius on Fastify; `--jit` compiles a query from the first time on. */
const app = fastify();
await app.register(mercurius, {
  schema: typeDefs,
  resolvers,
  context: (request) => contextFor(request.headers.authorization, { batch: true }),
  ...(process.argv.includes('--jit') ? { jit: 1 } : {}),
});
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}/graphql\n`);
