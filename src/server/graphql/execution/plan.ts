import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLIncludeDirective,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  typeFromAST,
} from 'graphql';
import { isSelected } from '../../../schema/selection.ts';

/** The fields selected on objects of one type, worked out once for all of them. */
export interface SelectionPlan {
  readonly fields: readonly FieldPlan[];
  /** Whether one of them answers under `__proto__`. */
  readonly hasPrototypeKey: boolean;
  /** How many fields there are in all, with those of all objects beneath. */
  readonly size: number;
}

/** Fields of a plan, with those of each type that a value may have: more than MAX_TOKENS lets through, unless that was raised. */
const maxFields = 20_000;

export interface FieldPlan {
  readonly responseKey: string;
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  /** All places of the document that select it. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  /** null: a property of that name. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | null;
  readonly shape: Shape;
  /** A scalar or enum that is a property of that name, without arguments. */
  readonly isPlain: boolean;
  /** Its value without asking anybody: `__typename`. */
  readonly constant: string | null;
  /** Which it is among all fields of the plan. */
  readonly index: number;
}

/** How a value of a type is completed (GraphQL specification §6.4.3). */
export type Shape =
  | { readonly kind: 'nonNull'; readonly of: Shape }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'leaf'; readonly type: GraphQLLeafType }
  | { readonly kind: 'object'; readonly plan: SelectionPlan }
  | {
      readonly kind: 'abstract';
      readonly type: GraphQLAbstractType;
      /** What is selected where the value is of that type. */
      readonly planFor: (type: GraphQLObjectType) => SelectionPlan;
    };

export interface PlanSource {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Coerced; only those in `@skip` and `@include` have a say. */
  readonly variables: { readonly [variable: string]: unknown };
}

/** Raised for what a plan is not made for; the document is then executed by graphql. */
export class NotPlannable extends Error {
  override readonly name = 'NotPlannable';
}

/** Raised for an operation that asks for too many fields. */
export class PlanTooLarge extends Error {
  override readonly name = 'PlanTooLarge';
}

/** Plans what is selected of the root. Throws NotPlannable or PlanTooLarge. */
export function planSelection(
  source: PlanSource,
  type: GraphQLObjectType,
  selections: SelectionSetNode,
): SelectionPlan {
  return new Planner(source).plan(type, [selections]);
}

class Planner {
  readonly #source: PlanSource;
  #fields = 0;

  constructor(source: PlanSource) {
    this.#source = source;
  }

  plan(type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]): SelectionPlan {
    const collected = new Map<string, [FieldNode, ...FieldNode[]]>();
    const visited = new Set<string>();
    for (const each of selectionSets) this.#collect(type, each, collected, visited);
    const before = this.#fields;
    const fields = [...collected].map(([responseKey, nodes]) => this.#field(type, responseKey, nodes));
    return { fields, hasPrototypeKey: collected.has('__proto__'), size: this.#fields - before };
  }

  #field(parentType: GraphQLObjectType, responseKey: string, nodes: readonly [FieldNode, ...FieldNode[]]): FieldPlan {
    const name = nodes[0].name.value;
    const isTypeName = name === TypeNameMetaFieldDef.name;
    const definition = this.#metaField(parentType, name) ?? parentType.getFields()[name];
    if (definition === undefined) throw new NotPlannable(name);
    if (this.#fields >= maxFields) throw new PlanTooLarge(`An operation has more than ${maxFields} fields`);
    const shape = this.#shape(definition.type, nodes);
    const isLeaf = (shape.kind === 'nonNull' ? shape.of : shape).kind === 'leaf';
    return {
      responseKey,
      parentType,
      definition,
      nodes,
      resolve: definition.resolve ?? null,
      shape,
      isPlain: isLeaf && !definition.resolve && definition.args.length === 0,
      constant: isTypeName ? parentType.name : null,
      index: this.#fields++,
    };
  }

  #metaField(parentType: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
    const isRoot = parentType === this.#source.schema.getQueryType();
    const ofRoot = isRoot ? [SchemaMetaFieldDef, TypeMetaFieldDef] : [];
    return [TypeNameMetaFieldDef, ...ofRoot].find((field) => field.name === name);
  }

  #shape(type: GraphQLOutputType, nodes: readonly FieldNode[]): Shape {
    if (isNonNullType(type)) return { kind: 'nonNull', of: this.#shape(type.ofType, nodes) };
    if (isListType(type)) return { kind: 'list', of: this.#shape(type.ofType, nodes) };
    if (isLeafType(type)) return { kind: 'leaf', type };
    const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (isAbstractType(type)) return this.#abstract(type, selectionSets);
    // Whether a value is of its type would have to be asked.
    if (type.isTypeOf) throw new NotPlannable(type.name);
    return { kind: 'object', plan: this.plan(type, selectionSets) };
  }

  #abstract(type: GraphQLAbstractType, selectionSets: readonly SelectionSetNode[]): Shape {
    const plans = new Map<GraphQLObjectType, SelectionPlan>();
    for (const each of this.#source.schema.getPossibleTypes(type)) {
      if (each.isTypeOf) throw new NotPlannable(each.name);
      plans.set(each, this.plan(each, selectionSets));
    }
    return {
      kind: 'abstract',
      type,
      planFor(actual) {
        const plan = plans.get(actual);
        if (plan !== undefined) return plan;
        throw new GraphQLError(`Runtime Object type "${actual.name}" is not a possible type for "${type.name}".`);
      },
    };
  }

  /** GraphQL specification §6.3.2, CollectFields. */
  #collect(
    type: GraphQLObjectType,
    { selections }: SelectionSetNode,
    collected: Map<string, [FieldNode, ...FieldNode[]]>,
    visited: Set<string>,
  ): void {
    for (const selection of selections) {
      if (!this.#isIncluded(selection)) continue;
      if (selection.kind === 'Field') {
        const key = selection.alias?.value ?? selection.name.value;
        const before = collected.get(key);
        if (before === undefined) collected.set(key, [selection]);
        else before.push(selection);
        continue;
      }
      if (selection.kind === 'FragmentSpread') {
        if (visited.has(selection.name.value)) continue;
        visited.add(selection.name.value);
      }
      const fragment = selection.kind === 'InlineFragment' ? selection : this.#source.fragments[selection.name.value];
      if (fragment !== undefined && this.#applies(fragment.typeCondition, type)) {
        this.#collect(type, fragment.selectionSet, collected, visited);
      }
    }
  }

  #applies(condition: FragmentDefinitionNode['typeCondition'] | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined) return true;
    const conditional = typeFromAST(this.#source.schema, condition);
    if (conditional === type) return true;
    return isAbstractType(conditional) && this.#source.schema.isSubType(conditional, type);
  }

  #isIncluded(node: SelectionNode): boolean {
    if (node.directives?.every(isCondition) === false) throw new NotPlannable('directive');
    return isSelected(node, this.#source.variables);
  }
}

/** Whether a directive only says if something is selected. */
export function isCondition({ name }: DirectiveNode): boolean {
  return name.value === GraphQLSkipDirective.name || name.value === GraphQLIncludeDirective.name;
}
