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

/** The needs of an operation's fields: those that hold for all variables, and those that depend on them. */
interface CollectedNeeds {
  readonly always: FieldNeeds;
  readonly questions: readonly Question[];
}

type Need = keyof FieldNeeds;
type Variables = Readonly<Record<string, unknown>>;
type Question = (variables: Variables) => Need | readonly Need[] | null;

/** By operation, where no variable decides which fields are selected. */
const collected = new WeakMap<OperationDefinitionNode, CollectedNeeds>();

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
  // Not coerced, which takes time for large values: where that fails, nothing is executed.
  const variables = () => ({ ...defaultsOf(operation), ...variableValues });
  try {
    const { always, questions } = collected.get(operation) ?? collect(schema, document, operation, variables);
    if (questions.length === 0) return always;
    const given = variables();
    return withNeeds(
      always,
      questions.flatMap((ask) => ask(given) ?? []),
    );
  } catch (error) {
    // The condition of a directive is null. The executor reports the error at the field.
    if (error instanceof GraphQLError) return nothing;
    throw error;
  }
}

function withNeeds(before: FieldNeeds, added: readonly Need[]): FieldNeeds {
  const needs: Record<Need, boolean> = { ...before };
  for (const each of added) needs[each] = true;
  return needs;
}

function collect(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: () => Variables,
): CollectedNeeds {
  const needs: Need[] = [];
  const questions: Question[] = [];
  let isSettled = true;
  const fragments = fragmentsOf(document);
  const typeInfo = new TypeInfo(schema);
  const leftOut = (node: SelectionNode) => {
    if (!node.directives?.length) return false;
    isSettled = false;
    return !isSelected(node, variables());
  };
  const pending: (typeof operation | FragmentDefinitionNode)[] = [operation];
  const visitor = visitWithTypeInfo(typeInfo, {
    Field(node) {
      if (leftOut(node)) return false;
      const need = typeInfo.getFieldDef()?.extensions.needs;
      if (typeof need === 'function') questions.push((given) => need(argumentsOf(node, given)) ?? null);
      else needs.push(...[need ?? []].flat());
      return undefined;
    },
    // A filter by what people can request.
    ObjectField({ name }) {
      if (name.value === 'requestable') needs.push('requestable');
    },
    VariableDefinition({ type, variable }) {
      if (!mayHoldFilter(type)) return;
      questions.push((given) => (holdsKey(given[variable.name.value], 'requestable') ? 'requestable' : null));
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
  const found = { always: withNeeds(nothing, needs), questions };
  if (isSettled) collected.set(operation, found);
  return found;
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
