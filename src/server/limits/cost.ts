import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  valueFromASTUntyped,
} from 'graphql';
import type { FilterSupport } from '../../filter/support.ts';
import {
  type Arguments,
  type FieldCost,
  fieldCosts,
  objectsPerCall,
  otherListSize,
  pageSize,
  scanAndCountCalls,
  scanCalls,
  trialCalls,
  witnessCalls,
} from './cost-model.ts';

/** Ids in one call; two more have room in it that are known to exist. */
const idsPerCall = pageSize - 2;

type Variables = Readonly<Record<string, unknown>>;

/** A field of an operation that costs something, or holds fields that do. */
interface CostNode {
  readonly cost: FieldCost;
  /** For each object that it is asked of, where the model does not say. */
  readonly size: number;
  /** Whether its objects are the rows of the connection around it. */
  readonly isRows: boolean;
  readonly args: (variables: Variables) => Arguments;
  /** False where `@skip` or `@include` leaves it out. */
  readonly isAsked: (variables: Variables) => boolean;
  readonly within: readonly CostNode[];
}

interface Compiled {
  readonly fields: readonly CostNode[];
  readonly defaults: Variables;
  /** The totals, where variables can not change them. */
  constant: Totals | null;
}

const compiled = new WeakMap<OperationDefinitionNode, Compiled>();

/**
 * What an operation of a valid document may cost, in calls to the API; how that is counted is in the README beside this
 * file. Documents are looked at once, then only their numbers are worked out. `takesIds`: the API is known to find profiles by id.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Variables,
  takesIds: boolean,
): number {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return 0;
  let known = compiled.get(operation);
  if (known === undefined) {
    known = {
      fields: compile(schema, document, root, operation.selectionSet),
      defaults: defaultsOf(operation),
      constant: null,
    };
    compiled.set(operation, known);
  }
  const totals = known.constant ?? add(known.fields, { ...known.defaults, ...variables });
  if (operation.variableDefinitions === undefined || operation.variableDefinitions.length === 0)
    known.constant = totals;
  return callsOf(totals, takesIds);
}

function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  root: GraphQLCompositeType,
  selections: SelectionSetNode,
): readonly CostNode[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }

  /** The fields of some selections; those that answer under one name of one type are one field, as in the execution. */
  function collect(
    type: GraphQLCompositeType,
    sets: readonly SelectionSetNode[],
    groups: Map<string, { type: GraphQLCompositeType; nodes: FieldNode[] }>,
  ): typeof groups {
    for (const { selections: each } of sets) {
      for (const selection of each) {
        if (selection.kind === Kind.FIELD) {
          const key = `${type.name}.${(selection.alias ?? selection.name).value}`;
          const group = groups.get(key);
          if (group === undefined) groups.set(key, { type, nodes: [selection] });
          else group.nodes.push(selection);
          continue;
        }
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (fragment === undefined) continue;
        const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
        collect(isCompositeType(condition) ? condition : type, [fragment.selectionSet], groups);
      }
    }
    return groups;
  }

  function fieldsOf(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): readonly CostNode[] {
    return [...collect(type, sets, new Map()).values()].flatMap(({ type: parent, nodes }) => {
      const [node] = nodes;
      if (node === undefined) return [];
      const field = fieldOf(schema, parent, node.name.value);
      if (field === undefined) return [];
      const name = `${parent.name}.${field.name}`;
      const returned = getNamedType(field.type);
      const sub = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      const within = isCompositeType(returned) ? fieldsOf(returned, sub) : [];
      const cost = Object.hasOwn(fieldCosts, name) ? fieldCosts[name] : undefined;
      if (cost === undefined && !isCompositeType(returned)) return [];
      const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
      return {
        cost: cost ?? {},
        size: isList ? otherListSize : 1,
        isRows: isList && parent.name.endsWith('Connection'),
        args: argumentsOf(node),
        isAsked: nodes.length === 1 ? isAskedOf(node) : () => true,
        within,
      };
    });
  }

  return fieldsOf(root, [selections]);
}

/** What only the whole operation knows. */
interface Totals {
  calls: number;
  objects: number;
  readonly once: Set<NonNullable<FieldCost['once']>>;
  /** Profiles that are read by id, for each depth: those of one depth are read together. */
  readonly byId: number[];
  /** Those of them that the caller names. */
  readonly named: number[];
}

function add(fields: readonly CostNode[], variables: Variables): Totals {
  const totals: Totals = { calls: 0, objects: 0, once: new Set(), byId: [], named: [] };
  addFields(fields, variables, { count: 1, rows: 0, depth: 0 }, totals);
  return totals;
}

function callsOf({ calls, objects, once, byId, named }: Totals, takesIds: boolean): number {
  const shared = [...once].reduce((sum, what) => sum + (what === 'scan' ? scanAndCountCalls : 1), 0);
  return Math.ceil(calls) + lookUps(byId, named, takesIds) + shared + Math.floor(objects / objectsPerCall);
}

/** Each id is asked for, and once more, beside one that is known to exist, where nothing came. */
function lookUps(byId: readonly number[], named: readonly number[], takesIds: boolean): number {
  if (byId.length === 0) return 0;
  const chains = (ids: number) => 2 * Math.ceil(ids / idsPerCall);
  const all = byId.reduce((sum, ids, depth) => {
    const given = named[depth] ?? 0;
    // Profiles name one another: no tenant is taken to have more of them than a scan brings. A caller may name any number.
    return sum + Math.max(chains(given), Math.min(chains(ids), 2 * scanCalls));
  }, 0);
  return all + witnessCalls + (takesIds ? 0 : trialCalls + scanAndCountCalls);
}

function addFields(
  fields: readonly CostNode[],
  variables: Variables,
  parent: { readonly count: number; readonly rows: number; readonly depth: number },
  totals: Totals,
): void {
  for (const { cost, size, isRows, args, isAsked, within } of fields) {
    if (!isAsked(variables)) continue;
    const given = args(variables);
    const { count, rows, depth } = parent;
    totals.calls += count * (cost.each?.(given) ?? 0);
    if (cost.once !== undefined) totals.once.add(cost.once);
    if (cost.profilesById !== undefined) {
      const ids = count * cost.profilesById(given);
      totals.byId[depth] = (totals.byId[depth] ?? 0) + ids;
      if (cost.namesIds) totals.named[depth] = (totals.named[depth] ?? 0) + ids;
    }
    const objects = count * (isRows ? rows : (cost.size?.(given) ?? size));
    totals.objects += objects;
    addFields(within, variables, { count: objects, rows: cost.rows?.(given) ?? 0, depth: depth + 1 }, totals);
  }
}

function fieldOf(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return 'getFields' in type ? type.getFields()[name] : undefined;
}

function argumentsOf({ arguments: nodes = [] }: FieldNode): (variables: Variables) => Arguments {
  if (nodes.length === 0) return () => ({});
  return (variables) =>
    Object.fromEntries(nodes.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]));
}

function isAskedOf({ directives = [] }: SelectionNode): (variables: Variables) => boolean {
  const conditions = directives.flatMap(({ name, arguments: [argument] = [] }) =>
    argument !== undefined && (name.value === 'skip' || name.value === 'include')
      ? [{ isSkip: name.value === 'skip', value: argument.value }]
      : [],
  );
  if (conditions.length === 0) return () => true;
  return (variables) => conditions.every(({ isSkip, value }) => valueFromASTUntyped(value, variables) !== isSkip);
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
    ),
  );
}

/** Whether an API is known to find profiles by id. */
export function takesIds(support: FilterSupport): boolean {
  return support.verdict('id eq') === 'worked';
}
