import { GraphQLIncludeDirective, GraphQLSkipDirective, getDirectiveValues, type SelectionNode } from 'graphql';

/**
 * Whether `@skip` and `@include` include a selection (GraphQL specification §3.13). `variables` must be coerced. Throws
 * GraphQLError if a condition is null.
 */
export function isSelected(node: SelectionNode, variables: { readonly [variable: string]: unknown }): boolean {
  if (!node.directives?.length) return true;
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false
  );
}
