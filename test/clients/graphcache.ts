import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { isAbstractType, isObjectType } from 'graphql';
import { schema } from '../../src/schema/index.ts';
import { type DocumentName, textOf, type Variables } from './documents.ts';

/** A client with a cache of its own. Each answer is the data of the operation. */
interface CachedClient {
  /** What the cache says of data or policies that it can't use. */
  readonly complaints: readonly string[];
  /** Asks the gateway, and puts the answer into the cache. */
  ask(name: DocumentName, variables: Variables): Promise<unknown>;
  /** Reads the cache alone; null where something is not in it. */
  cached(name: DocumentName, variables: Variables): Promise<unknown>;
}

/** Sends a request to the gateway as `fetch` does. */
type Send = (request: Request) => Promise<Response>;

function fetchThrough(send: Send): typeof fetch {
  return (url, init) => send(new Request(url, init));
}

/** Types without an id of their own: they are parts of what they stand in. */
const embedded = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !('id' in type.getFields()) && !type.name.startsWith('__'))
  .map(({ name }) => [name, () => null] as const);

const possibleTypes = Object.fromEntries(
  Object.values(schema.getTypeMap())
    .filter(isAbstractType)
    .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
);

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
        possibleTypes,
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
