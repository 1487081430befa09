import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { type CachedClient, fetchThrough, type Send } from './cached-client.ts';
import { textOf } from './documents.ts';

/** Apollo Client with the cache policies that docs/guide.md gives. */
export function apolloClient(send: Send, headers: Readonly<Record<string, string>>): CachedClient {
  const client = new ApolloClient({
    link: new HttpLink({ uri: 'http://gateway/graphql', headers, fetch: fetchThrough(send) }),
    cache: new InMemoryCache({
      typePolicies: {
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
