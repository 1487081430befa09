import {
  type DocumentNode,
  type ExecutionArgs,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  TypeInfo,
  type TypeNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import type { FieldNeeds } from '../loaders/index.ts';
import { argumentsOf, defaultsOf, fragmentsOf, isSelected } from './selection.ts';

/** Needs by operation, if they do not depend on variables. */
const settled = new WeakMap<OperationDefinitionNode, FieldNeeds>();

const nothing: FieldNeeds = {
  extraInfo: false,
  followsEdges: false,
  wantsWhole: false,
  requestable: false,
  datasources: false,
  policies: false,
};

/**
 * Collects the needs of an operation. Follows fragments and ignores fields that directives leave out. Returns no needs if
 * a condition is null, since the field that has it is not executed then.
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
        // Not coerced, which takes time for large values: where that fails, nothing is executed.
        return { ...defaultsOf(operation), ...variableValues };
      },
    });
    if (!asked.variables) settled.set(operation, needs);
    return needs;
  } catch (error) {
    // The condition of a directive is null. The executor reports the error at the field.
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
  const needs: Record<keyof FieldNeeds, boolean> = { ...nothing };
  const fragments = fragmentsOf(document);
  const typeInfo = new TypeInfo(schema);
  // Reads variables only for nodes with directives: needs that do not depend on variables are cached.
  const leftOut = (node: SelectionNode) => Boolean(node.directives?.length) && !isSelected(node, given.variables);
  const pending: (typeof operation | FragmentDefinitionNode)[] = [operation];
  const visitor = visitWithTypeInfo(typeInfo, {
    Field(node) {
      if (leftOut(node)) return false;
      const need = typeInfo.getFieldDef()?.extensions.needs;
      const found =
        typeof need === 'function' ? need(node.arguments?.length ? argumentsOf(node, given.variables) : {}) : need;
      for (const each of found ? [found].flat() : []) needs[each] = true;
      return undefined;
    },
    // A filter by what people can request.
    ObjectField({ name }) {
      if (name.value === 'requestable') needs.requestable = true;
    },
    VariableDefinition({ type, variable }) {
      if (mayHoldFilter(type) && holdsKey(given.variables[variable.name.value], 'requestable'))
        needs.requestable = true;
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

/** Whether a variable of this type may hold a filter. Others are not read for it. */
function mayHoldFilter(type: TypeNode): boolean {
  if (type.kind !== Kind.NAMED_TYPE) return mayHoldFilter(type.type);
  return /^AccessProfile(Filter|Selection)$|^LabelAccessProfilesInput$/.test(type.name.value);
}

function holdsKey(value: unknown, key: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, key) || Object.values(value).some((each) => holdsKey(each, key));
}
