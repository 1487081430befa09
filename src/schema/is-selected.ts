import { GraphQLIncludeDirective, GraphQLSkipDirective, getDirectiveValues, type SelectionNode } from 'graphql';

/**
 * Whether `@skip` and `@include` leave a selection in (GraphQL specification §3.13). `variables` are coerced. Throws
 * GraphQLError for a condition that is null.
 */
export function isSelected(node: SelectionNode, variables: { readonly [variable: string]: unknown }): boolean {
  if (!node.directives?.length) return true;
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false
  );
}
