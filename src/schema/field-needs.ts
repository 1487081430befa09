import {
  type DocumentNode,
  type ExecutionArgs,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { isSelected } from './is-selected.ts';

/** What an operation will need of the API, known before the first call. */
export interface FieldNeeds {
  /** Some entitlement is asked for what only `entity_extra_info` brings. */
  readonly extraInfo: boolean;
  /** Some profile is asked for its parents or children. */
  readonly followsEdges: boolean;
  /** Something is asked of all profiles together. */
  readonly wantsWhole: boolean;
}

const extraInfoFields = new Set(['entityName', 'nativeId', 'providerId', 'providerExternalId']);
const edgeFields = new Set([
  ...['inheritsFrom', 'inheritedBy', 'missingParentIds'],
  ...['ancestors', 'descendants', 'effectiveEntitlements', 'inheritancePath'],
]);
const wholeFields = new Set(['inheritanceGraph', 'accessProfilesGranting', 'inheritanceFindings', 'entity']);

/** The demands that no variable has a say in. */
const settled = new WeakMap<OperationDefinitionNode, FieldNeeds>();

const nothing: FieldNeeds = { extraInfo: false, followsEdges: false, wantsWhole: false };

/**
 * Reads off an operation what it selects, through its fragments and without what its directives leave out. Nothing, where
 * its variables can't be used: it will not be executed.
 */
export function fieldNeedsOf({ schema, document, operationName, variableValues }: ExecutionArgs): FieldNeeds {
  const operation = getOperationAST(document, operationName);
  if (!operation) return nothing;
  const known = settled.get(operation);
  if (known !== undefined) return known;
  const asked = { variables: false };
  try {
    const needs = readFieldNeeds(schema, document, operation, {
      get variables() {
        asked.variables = true;
        // Only where a directive asks for them: large ones take some time.
        return getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {}).coerced ?? {};
      },
    });
    if (!asked.variables) settled.set(operation, needs);
    return needs;
  } catch (error) {
    // A condition that is null, which is an error of the field that it stands at.
    if (error instanceof GraphQLError) return nothing;
    throw error;
  }
}

function readFieldNeeds(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: { readonly variables: Readonly<Record<string, unknown>> },
): FieldNeeds {
  const needs = { extraInfo: false, followsEdges: false, wantsWhole: false };
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const typeInfo = new TypeInfo(schema);
  // Variables are only asked for where a directive may: what they have no say in is settled for good.
  const leftOut = (node: SelectionNode) => Boolean(node.directives?.length) && !isSelected(node, given.variables);
  const hasRoots = (node: FieldNode) => {
    const roots = node.arguments?.find(({ name }) => name.value === 'roots')?.value;
    const isGiven =
      roots?.kind === Kind.VARIABLE
        ? given.variables[roots.name.value]
        : roots?.kind === Kind.LIST || roots?.kind === Kind.STRING;
    return Boolean(isGiven);
  };
  const pending: (typeof operation | FragmentDefinitionNode)[] = [operation];
  const visitor = visitWithTypeInfo(typeInfo, {
    Field(node) {
      if (leftOut(node)) return false;
      const parent = getNamedType(typeInfo.getParentType())?.name;
      if ((parent === 'Entitlement' || parent === 'Entity') && extraInfoFields.has(node.name.value))
        needs.extraInfo = true;
      if (parent?.startsWith('AccessProfile') && edgeFields.has(node.name.value)) needs.followsEdges = true;
      if (parent === 'Query' && wholeFields.has(node.name.value) && !hasRoots(node)) needs.wantsWhole = true;
      return undefined;
    },
    InlineFragment: (node) => (leftOut(node) ? false : undefined),
    FragmentSpread(node) {
      const fragment = fragments.get(node.name.value);
      if (fragment !== undefined && !leftOut(node)) {
        fragments.delete(node.name.value);
        pending.push(fragment);
      }
    },
  });
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) visit(next, visitor);
  return needs;
}
