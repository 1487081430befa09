import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { getNullableType, isAbstractType, isListType, isObjectType } from 'graphql';
import { schema } from '../../src/schema/index.ts';
import { type CachedClient, fetchThrough, type Send } from './cached-client.ts';
import { textOf } from './documents.ts';

const types = Object.values(schema.getTypeMap());

const abstractTypes = types
  .filter(isAbstractType)
  .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)] as const);

/** A list is replaced as a whole, and Apollo need not warn of that. */
const wholeLists = types.filter(isObjectType).map((type) => {
  const lists = Object.values(type.getFields()).filter((field) => isListType(getNullableType(field.type)));
  return [type.name, { fields: Object.fromEntries(lists.map(({ name }) => [name, { merge: false }])) }] as const;
});

/** Apollo Client with the cache policies that docs/guide.md gives. */
export function apolloClient(send: Send, headers: Readonly<Record<string, string>>): CachedClient {
  const client = new ApolloClient({
    link: new HttpLink({ uri: 'http://gateway/graphql', headers, fetch: fetchThrough(send) }),
    cache: new InMemoryCache({
      possibleTypes: Object.fromEntries(abstractTypes),
      typePolicies: {
        ...Object.fromEntries(wholeLists),
        Query: {
          fields: {
            accessProfile: {
              read: (_, { args, toReference }) => toReference({ __typename: 'AccessProfile', id: args?.['id'] }),
            },
          },
        },
      },
    }),
  });
  return {
    complaints: [],
    async ask(name, variables) {
      const document = gql(textOf(name));
      const isMutation = textOf(name).startsWith('mutation');
      const { data, error } = isMutation
        ? await client.mutate({ mutation: document, variables })
        : await client.query({ query: document, variables, fetchPolicy: 'network-only' });
      if (error) throw error;
      return data;
    },
    cached: async (name, variables) => client.cache.readQuery({ query: gql(textOf(name)), variables }),
  };
}
