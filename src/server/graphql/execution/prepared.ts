import {
  type DocumentNode,
  type ExecutionArgs,
  execute,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { fragmentsOf } from '../../../schema/selection.ts';
import { refusal } from '../../limits/refusal.ts';
import { AnswerWork } from './answer-work.ts';
import { isCondition, NotPlannable, PlanTooLarge, planSelection, type SelectionPlan } from './plan.ts';
import { run } from './run.ts';

/** Plans of one operation, which differ in what its directives leave out. */
const maxPlans = 8;
/** Memory of all plans together, in bytes: about. A short document can select thousands of fields through its fragments. */
const maxBytes = 32 * 1024 * 1024;
/** Measured memory of a field of a plan, and of a character of the document that is kept with it. */
const bytesOfField = 1024;
const bytesOfCharacter = 60;
/** As graphql has it. */
const maxVariableErrors = 50;

interface Prepared {
  readonly schema: GraphQLSchema;
  readonly root: GraphQLObjectType;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  /** The variables that decide on what is selected. */
  readonly conditions: readonly string[];
  /** By the values of those; null: not to be planned. */
  readonly plans: Map<string, SelectionPlan | null>;
}

/** Executes an operation; what its answer takes is counted by `work`. */
export type Executor = (args: ExecutionArgs, work?: AnswerWork) => ReturnType<typeof execute>;

/**
 * An executor that does as graphql's `execute` does, and with the same result, but works out only once per operation what is
 * selected of which type. What is wrong with a request as such, and what no plan can be made for, is left to `execute`.
 */
export function createPreparedExecutor(): Executor {
  // Documents come out of a cache, so that their operations are the same objects each time.
  const kept = new LRUCache<OperationDefinitionNode, Prepared>({ maxSize: maxBytes });
  return (args, work = new AnswerWork()) => {
    const { schema, document, operationName, rootValue, contextValue, variableValues } = args;
    const operation = getOperationAST(document, operationName);
    if (!operation || args.fieldResolver || args.typeResolver) return execute(args);
    const known = kept.get(operation);
    const preparation = known?.schema === schema ? known : prepare(schema, document, operation);
    if (preparation === null) return execute(args);
    const definitions = operation.variableDefinitions ?? [];
    const variables = getVariableValues(schema, definitions, variableValues ?? {}, { maxErrors: maxVariableErrors });
    if (variables.coerced === undefined) return execute(args);
    let plan: SelectionPlan | null;
    try {
      plan = planFor(preparation, operation, variables.coerced, () =>
        kept.set(operation, preparation, { size: bytesOf(document, preparation) }),
      );
    } catch (error) {
      if (error instanceof PlanTooLarge) return { errors: [refusal('MAX_TOKENS', error.message)] };
      throw error;
    }
    if (plan === null) return execute(args);
    const { fragments } = preparation;
    return run(plan, { schema, operation, fragments, rootValue, contextValue, variables: variables.coerced, work });
  };
}

function prepare(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Prepared | null {
  const root = schema.getRootType(operation.operation);
  if (!root) return null;
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const [name, fragment] of fragmentsOf(document)) fragments[name] = fragment;
  return { schema, root, fragments, conditions: conditionsOf(document), plans: new Map() };
}

function conditionsOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node) {
      if (!isCondition(node)) return;
      for (const { value } of node.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

function planFor(
  { schema, root, fragments, conditions, plans }: Prepared,
  operation: OperationDefinitionNode,
  variables: { readonly [variable: string]: unknown },
  onPlanned: () => void,
): SelectionPlan | null {
  const key = conditions.map((name) => String(variables[name])).join();
  const known = plans.get(key);
  if (known !== undefined) return known;
  const [oldest] = plans.keys();
  if (plans.size >= maxPlans && oldest !== undefined) plans.delete(oldest);
  const plan = planOrNull(() => planSelection({ schema, fragments, variables }, root, operation.selectionSet));
  plans.set(key, plan);
  onPlanned();
  return plan;
}

function bytesOf({ loc }: DocumentNode, { plans }: Prepared): number {
  const fields = [...plans.values()].reduce((sum, plan) => sum + (plan?.size ?? 0), 1);
  return (loc?.source.body.length ?? 0) * bytesOfCharacter + fields * bytesOfField;
}

function planOrNull(make: () => SelectionPlan): SelectionPlan | null {
  try {
    return make();
  } catch (error) {
    // Such as a condition without a value: graphql says at which place of the answer.
    if (error instanceof NotPlannable || error instanceof GraphQLError) return null;
    throw error;
  }
}
