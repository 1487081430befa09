import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { isObjectType } from 'graphql';
import { schema } from '../../src/schema/index.ts';
import { type CachedClient, fetchThrough, type Send } from './cached-client.ts';
import { textOf } from './documents.ts';

/** Types without an id of their own: they are parts of what they stand in. */
const embedded = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !('id' in type.getFields()) && !type.name.startsWith('__'))
  .map(({ name }) => [name, () => null] as const);

/** urql with its normalized cache, with the keys that docs/guide.md gives. */
export function graphcacheClient(send: Send, headers: Readonly<Record<string, string>>): CachedClient {
  const complaints: string[] = [];
  const client = new Client({
    url: 'http://gateway/graphql',
    preferGetMethod: false,
    fetch: fetchThrough(send),
    fetchOptions: { headers },
    exchanges: [
      cacheExchange({
        keys: Object.fromEntries(embedded),
        resolvers: {
          Query: { accessProfile: (_, { id }) => ({ __typename: 'AccessProfile', id: String(id) }) },
        },
        logger: (_severity, message) => complaints.push(message),
      }),
      fetchExchange,
    ],
  });
  return {
    complaints,
    async ask(name, variables) {
      const text = textOf(name);
      const { data, error } = text.startsWith('mutation')
        ? await client.mutation(text, variables).toPromise()
        : await client.query(text, variables, { requestPolicy: 'network-only' }).toPromise();
      if (error) throw error;
      return data;
    },
    async cached(name, variables) {
      const { data = null } = await client.query(textOf(name), variables, { requestPolicy: 'cache-only' }).toPromise();
      return data;
    },
  };
}
