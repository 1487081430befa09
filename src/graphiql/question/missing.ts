import { type GraphQLSchema, parse, validate } from 'graphql';

/**
 * Why the served schema can't answer a query, or undefined if it can. A gateway may be older than the page's questions, or be set
 * up without mutations: the page asks the schema instead of keeping a list.
 */
export function whyNotAnswerable(schema: GraphQLSchema, query: string): string | undefined {
  return validate(schema, parse(query), undefined, { maxErrors: 1 })[0]?.message;
}
