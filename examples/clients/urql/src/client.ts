import { createHash } from 'node:crypto';
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { persistedExchange } from '@urql/exchange-persisted';
import { introspection } from './graphql-env.js';

/** Objects without an id are parts of what they stand in. */
const embedded = introspection.__schema.types.flatMap((type) =>
  type.kind === 'OBJECT' && !type.fields.some(({ name }) => name === 'id') ? [[type.name, () => null] as const] : [],
);

/** Interfaces and unions with their types: without them, `... on Error` in the result of a mutation is guessed, and wrongly. */
const possibleTypes = Object.fromEntries(
  introspection.__schema.types.flatMap((type) =>
    'possibleTypes' in type ? [[type.name, type.possibleTypes.map(({ name }) => name)]] : [],
  ),
);

/** urql with its normalized cache, as docs/guide.md advises, and with automatic persisted queries. */
export function newClient(url: string, fetch: typeof globalThis.fetch, headers: Record<string, string> = {}): Client {
  return new Client({
    url,
    fetch,
    fetchOptions: { headers },
    preferGetMethod: false,
    exchanges: [
      cacheExchange({
        possibleTypes,
        keys: Object.fromEntries(embedded),
        // A profile that was read before is found by its id, without a request.
        resolvers: { Query: { accessProfile: (_, { id }) => ({ __typename: 'AccessProfile', id: String(id) }) } },
      }),
      // Sends the hash of a document; and the document too, after the gateway has said that it does not know the hash.
      persistedExchange({
        preferGetForPersistedQueries: false,
        generateHash: async (text) => createHash('sha256').update(text).digest('hex'),
      }),
      fetchExchange,
    ],
  });
}
