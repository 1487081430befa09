import {
  type DocumentNode,
  type ExecutionArgs,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getOperationAST,
  isCompositeType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  valueFromASTUntyped,
} from 'graphql';
import type { FilterSupport } from '../../filter/support.ts';
import { pageSize, scanCalls, sharedReads } from '../../schema/field-cost.ts';
import type { Arguments, FieldCost, SharedRead } from '../../schema/field-options.ts';
import { argumentsOf, defaultsOf, fragmentsOf } from '../../schema/selection.ts';

/** Ids in one call. The call has room for two more, of profiles that are known to exist. */
const idsPerCall = pageSize - 2;
/** Calls beside the first look-up by id of an operation: they find profiles that exist, and ask for these alone. */
const witnessCalls = 3;
/** Calls that try whether an API takes ids. If it does not, the gateway reads the list, and again for ids that are not in it. */
const trialCalls = 3;
/** Objects of a response that cost as much as one call. */
const objectsPerCall = 1000;
/** Sizes of the lists of the introspection types, which have no `extensions` of ours; and of other lists without a cost. */
const introspectionSizes: Readonly<Record<string, number>> = {
  types: 150,
  directives: 8,
  fields: 20,
  inputFields: 10,
  enumValues: 10,
  args: 3,
};
const otherListSize = 5;

type Variables = Readonly<Record<string, unknown>>;

/** A field of an operation that has a cost or returns objects. */
interface CostNode {
  readonly cost: FieldCost;
  /** Objects that the field returns per object, if its cost does not say. */
  readonly size: number;
  readonly args: (variables: Variables) => Arguments;
  /** False if `@skip` or `@include` leaves the field out. */
  readonly isAsked: (variables: Variables) => boolean;
  readonly within: readonly CostNode[];
}

interface Compiled {
  readonly fields: readonly CostNode[];
  readonly defaults: Variables;
  /** The totals, if variables cannot change them. */
  constant: Totals | null;
}

const compiled = new WeakMap<OperationDefinitionNode, Compiled>();

/**
 * Estimates the calls to the Veza API that an operation of a valid document makes; README.md beside this file explains how.
 * Compiles each operation once. `support` knows whether the API finds profiles by id.
 */
export function costOf(
  { schema, document, operationName, variableValues }: ExecutionArgs,
  support: FilterSupport,
): number {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return 0;
  let known = compiled.get(operation);
  if (known === undefined) {
    known = {
      fields: compile(schema, document, root, [operation.selectionSet]),
      defaults: defaultsOf(operation),
      constant: null,
    };
    compiled.set(operation, known);
  }
  const totals = known.constant ?? add(known.fields, { ...known.defaults, ...variableValues });
  if (!operation.variableDefinitions?.length) known.constant = totals;
  return callsOf(totals, support.verdict('id eq') === 'worked');
}

interface SelectedField {
  readonly parent: GraphQLCompositeType;
  readonly node: FieldNode;
  /** All nodes with one response name on one type: the executor merges them into one field. */
  readonly nodes: FieldNode[];
}

function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  root: GraphQLCompositeType,
  selections: readonly SelectionSetNode[],
): readonly CostNode[] {
  const fragments = fragmentsOf(document);

  function collect(parent: GraphQLCompositeType, selection: SelectionNode, found: Map<string, SelectedField>): void {
    if (selection.kind === Kind.FIELD) {
      const key = `${parent.name}.${(selection.alias ?? selection.name).value}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { parent, node: selection, nodes: [selection] });
      else known.nodes.push(selection);
      return;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
    const type = isCompositeType(condition) ? condition : parent;
    for (const each of fragment?.selectionSet.selections ?? []) collect(type, each, found);
  }

  function nodesOf(parent: GraphQLCompositeType, sets: readonly SelectionSetNode[]): readonly CostNode[] {
    const found = new Map<string, SelectedField>();
    for (const selection of sets.flatMap((set) => set.selections)) collect(parent, selection, found);
    return [...found.values()].flatMap((field) => nodeOf(field) ?? []);
  }

  function nodeOf({ parent, node, nodes }: SelectedField): CostNode | null {
    const field = fieldOf(schema, parent, node.name.value);
    const returned = field && getNamedType(field.type);
    const cost = field?.extensions.cost;
    if (field === undefined || (cost === undefined && !isCompositeType(returned))) return null;
    return {
      cost: cost ?? {},
      size: isListType(getNullableType(field.type)) ? (introspectionSizes[field.name] ?? otherListSize) : 1,
      args: node.arguments?.length ? (variables) => argumentsOf(node, variables) : () => ({}),
      isAsked: nodes.length === 1 ? isAskedOf(node) : () => true,
      within: isCompositeType(returned)
        ? nodesOf(
            returned,
            nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
          )
        : [],
    };
  }

  return nodesOf(root, selections);
}

/** Sums that only the whole operation gives. */
interface Totals {
  calls: number;
  objects: number;
  readonly once: Set<SharedRead>;
  /** Profiles that are loaded by id, per depth: those of one depth are one batch. */
  readonly byId: number[];
  /** Those of them that the caller names. */
  readonly named: number[];
}

function add(fields: readonly CostNode[], variables: Variables): Totals {
  const totals: Totals = { calls: 0, objects: 0, once: new Set(), byId: [], named: [] };
  addFields(fields, variables, { count: 1, rows: 0, depth: 0, restOfList: 0 }, totals);
  return totals;
}

/** The objects that a selection applies to. */
interface Around {
  readonly count: number;
  /** Rows of the connection, and calls that read the rest of its list. */
  readonly rows: number;
  readonly restOfList: number;
  readonly depth: number;
}

function addFields(
  fields: readonly CostNode[],
  variables: Variables,
  { count, rows, depth, restOfList }: Around,
  totals: Totals,
): void {
  const readsAll = fields.some(({ cost, isAsked }) => cost.readsWholeList && isAsked(variables));
  if (readsAll) totals.calls += count * restOfList;
  let forObject = 0;
  for (const { cost, size, args, isAsked, within } of fields) {
    if (!isAsked(variables)) continue;
    forObject = Math.max(forObject, cost.object ?? 0);
    const given = args(variables);
    totals.calls += count * (cost.each?.(given) ?? 0);
    for (const shared of [cost.once ?? [], cost.onceFor?.(given) ?? []].flat()) {
      totals.once.add(shared);
      // A scan is compared with the counts of types.
      if (shared === 'scan') totals.once.add('types');
    }
    if (cost.profilesById !== undefined) {
      const ids = count * cost.profilesById(given);
      totals.byId[depth] = (totals.byId[depth] ?? 0) + ids;
      if (cost.namesIds) totals.named[depth] = (totals.named[depth] ?? 0) + ids;
    }
    const objects = count * (cost.isRows ? rows : (cost.size?.(given) ?? size));
    totals.objects += objects;
    const around = { rows: cost.rows?.(given) ?? 0, restOfList: cost.restOfList?.(given) ?? 0 };
    addFields(within, variables, { count: objects, depth: depth + 1, ...around }, totals);
  }
  totals.calls += count * forObject;
}

function callsOf({ calls, objects, once, byId, named }: Totals, takesIds: boolean): number {
  const shared = [...once].reduce((sum, what) => sum + sharedReads[what], 0);
  return Math.ceil(calls) + lookUps(byId, named, takesIds) + shared + Math.floor(objects / objectsPerCall);
}

/** The gateway asks for each id, and once more, beside a profile that is known to exist, if the reply lacks it. */
function lookUps(byId: readonly number[], named: readonly number[], takesIds: boolean): number {
  if (byId.length === 0) return 0;
  const chains = (ids: number) => 2 * Math.ceil(ids / idsPerCall);
  const all = byId.reduce((sum, ids, depth) => {
    const given = named[depth] ?? 0;
    // Profiles name one another, and the estimated tenant has no more of them than a scan reads. A caller can name any number.
    return sum + Math.max(chains(given), Math.min(chains(ids), 2 * scanCalls));
  }, 0);
  return all + witnessCalls + (takesIds ? 0 : trialCalls + scanCalls + sharedReads.types);
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

function isAskedOf({ directives = [] }: SelectionNode): (variables: Variables) => boolean {
  const conditions = directives.flatMap(({ name, arguments: [argument] = [] }) =>
    argument !== undefined && (name.value === 'skip' || name.value === 'include')
      ? [{ isSkip: name.value === 'skip', value: argument.value }]
      : [],
  );
  if (conditions.length === 0) return () => true;
  return (variables) => conditions.every(({ isSkip, value }) => valueFromASTUntyped(value, variables) !== isSkip);
}
