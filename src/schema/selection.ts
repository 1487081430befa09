import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type OperationDefinitionNode,
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

/** The values of the variables that a caller leaves out. */
export function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
    ),
  );
}

type Selection = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues'>;

/** Whether an operation selects a subfield of the resolved field, by the names that lead to it. Follows fragments and directives. */
export function selects(info: Selection, ...path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  const fieldNodes = subfieldsOf(info).filter((node) => node.name.value === name);
  return fieldNodes.length > 0 && selects({ ...info, fieldNodes }, ...rest);
}

/** Whether an operation selects a subfield of the resolved field, or of the field at `path` in it, that is not among `names`. */
export function selectsBeyond(info: Selection, names: readonly string[], ...path: readonly string[]): boolean {
  const [first, ...rest] = path;
  const subfields = subfieldsOf(info);
  if (first === undefined) return subfields.some(({ name }) => !names.includes(name.value));
  const fieldNodes = subfields.filter(({ name }) => name.value === first);
  return fieldNodes.length > 0 && selectsBeyond({ ...info, fieldNodes }, names, ...rest);
}

function subfieldsOf(info: Selection): readonly FieldNode[] {
  return info.fieldNodes.flatMap(({ selectionSet }) => (selectionSet ? fieldsIn(info, selectionSet) : []));
}

function fieldsIn(info: Selection, selectionSet: SelectionSetNode): readonly FieldNode[] {
  return selectionSet.selections.flatMap((selection) => {
    if (!isSelected(selection, info.variableValues)) return [];
    if (selection.kind === 'Field') return [selection];
    const fragment = selection.kind === 'InlineFragment' ? selection : info.fragments[selection.name.value];
    return fragment === undefined ? [] : fieldsIn(info, fragment.selectionSet);
  });
}
