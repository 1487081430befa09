import { InMemoryCache } from '@apollo/client';
import { introspection } from './graphql-env.js';

/** Interfaces and unions with their types, so that fragments on them match. */
const possibleTypes = Object.fromEntries(
  introspection.__schema.types.flatMap((type) =>
    'possibleTypes' in type ? [[type.name, type.possibleTypes.map(({ name }) => name)]] : [],
  ),
);

/** The cache as docs/guide.md advises. */
export function newCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Query: {
        fields: {
          // A profile that was read before is found by its id, without a request.
          accessProfile: {
            read: (_, { args, toReference }) => toReference({ __typename: 'AccessProfile', id: args?.['id'] }),
          },
        },
      },
    },
  });
}
