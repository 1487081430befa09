import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env.js';

/** Types documents by schema.graphql. A `DateTime` is text: nine fractional digits do not fit into a JavaScript `Date`. */
export const graphql = initGraphQLTada<{
  introspection: typeof introspection;
  scalars: { ID: string; DateTime: string; StringMap: Record<string, string> };
}>();
export { readFragment } from 'gql.tada';
