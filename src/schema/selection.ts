import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

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

/** The fragments of a document by name. */
export function fragmentsOf({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/** The arguments of a field as the caller wrote them, not validated. */
export function argumentsOf({ arguments: nodes = [] }: FieldNode, variables: Variables): Variables {
  return Object.fromEntries(nodes.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]));
}

/** Whether an operation selects a direct subfield of the resolved field, following fragments and directives. */
export function selects(info: GraphQLResolveInfo, fieldName: string): boolean {
  return info.fieldNodes.some((node) => node.selectionSet !== undefined && holds(info, node.selectionSet, fieldName));
}

function holds(info: GraphQLResolveInfo, selectionSet: SelectionSetNode, fieldName: string): boolean {
  return selectionSet.selections.some((selection) => {
    if (!isSelected(selection, info.variableValues)) return false;
    if (selection.kind === 'Field') return selection.name.value === fieldName;
    const fragment = selection.kind === 'InlineFragment' ? selection : info.fragments[selection.name.value];
    return fragment !== undefined && holds(info, fragment.selectionSet, fieldName);
  });
}
