import {
  defaultFieldResolver,
  defaultTypeResolver,
  type ExecutionResult,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  isObjectType,
  locatedError,
  type OperationDefinitionNode,
  OperationTypeNode,
  responsePathAsArray,
} from 'graphql';
import type { AnswerWork } from './answer-work.ts';
import { abandon, gather, isPromise, rethrow, WaitingFields } from './gather.ts';
import type { FieldPlan, SelectionPlan, Shape } from './plan.ts';

type Path = GraphQLResolveInfo['path'];
type Answer = Record<string, unknown>;

/** One execution of a plan. */
export interface RunOptions {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly rootValue: unknown;
  readonly contextValue: unknown;
  /** Coerced. */
  readonly variables: Record<string, unknown>;
  readonly work: AnswerWork;
}

/**
 * Executes an operation by its plan: the answer and the errors that graphql's `execute` gives, of which this follows each step.
 * At once, not as a promise, where every resolver knows its value. Never rejects.
 */
export function run(plan: SelectionPlan, options: RunOptions): ExecutionResult | Promise<ExecutionResult> {
  const execution = new Execution(options);
  const failed = (error: unknown): ExecutionResult => {
    execution.errors.add(asGraphQLError(error), undefined);
    return { errors: execution.errors.all, data: null };
  };
  try {
    const isMutation = options.operation.operation === OperationTypeNode.MUTATION;
    const data = isMutation
      ? execution.selectInTurn(plan, options.rootValue)
      : execution.selectRoot(plan, options.rootValue);
    const answer = (ready: Answer): ExecutionResult =>
      execution.errors.all.length === 0 ? { data: ready } : { errors: execution.errors.all, data: ready };
    return data instanceof Promise ? data.then(answer, failed) : answer(data);
  } catch (error) {
    return failed(error);
  }
}

class Execution {
  readonly errors = new FieldErrors();
  readonly #options: RunOptions;
  /** The arguments of each field, which are the same for all objects that it is resolved of. */
  readonly #arguments: ({ [argument: string]: unknown } | undefined)[] = [];

  readonly #work: AnswerWork;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#work = options.work;
  }

  select(
    { fields, hasPrototypeKey }: SelectionPlan,
    source: unknown,
    path: Path | undefined,
  ): Answer | Promise<Answer> {
    this.#work.spend(fields.length);
    const answer = newAnswer(hasPrototypeKey);
    let waiting: WaitingFields | null = null;
    try {
      for (const field of fields) {
        const value = this.#field(field, source, path);
        // Also where it is not ready yet: it keeps the place that the document gives it.
        answer[field.responseKey] = value;
        if (!isPromise(value)) continue;
        waiting ??= new WaitingFields();
        waiting.add(field.responseKey, value);
      }
    } catch (error) {
      return rethrow(error, waiting?.values ?? []);
    }
    return waiting === null ? answer : waiting.into(answer);
  }

  /** As `select`, with pauses between the fields where they take long. */
  selectRoot({ fields, hasPrototypeKey }: SelectionPlan, source: unknown): Answer | Promise<Answer> {
    this.#work.spend(fields.length);
    const answer = newAnswer(hasPrototypeKey);
    const put = (values: readonly unknown[]): Answer => {
      for (const [i, { responseKey }] of fields.entries()) answer[responseKey] = values[i];
      return answer;
    };
    const values = gather(fields, (field) => this.#field(field, source, undefined), rethrow, this.#work);
    return isPromise(values) ? values.then(put) : put(values);
  }

  /** Of a mutation, each field waits for the one before (GraphQL specification §6.3). */
  async selectInTurn({ fields, hasPrototypeKey }: SelectionPlan, source: unknown): Promise<Answer> {
    this.#work.spend(fields.length);
    const answer = newAnswer(hasPrototypeKey);
    for (const field of fields) answer[field.responseKey] = await this.#field(field, source, undefined);
    return answer;
  }

  #field(field: FieldPlan, source: unknown, parentPath: Path | undefined): unknown {
    if (field.constant !== null) return field.constant;
    let path: Path | null = null;
    let value: unknown;
    try {
      const isAtHand = field.isPlain && isObject(source);
      if (isAtHand) value = source[field.definition.name];
      if (!isAtHand || typeof value === 'function') {
        path = pathOf(field, parentPath);
        value = this.#resolve(field, source, path);
      }
    } catch (error) {
      return this.#failed(field, field.shape, error, path ?? pathOf(field, parentPath));
    }
    // A plain value needs a path only to say where it is wrong.
    if (path === null && !isPromise(value)) return this.#completed(field, field.shape, value, parentPath, null);
    return this.#awaited(field, field.shape, value, path ?? pathOf(field, parentPath));
  }

  #resolve(field: FieldPlan, source: unknown, path: Path): unknown {
    const resolve = field.resolve ?? defaultFieldResolver;
    return resolve(source, this.#argumentsOf(field), this.#options.contextValue, this.#infoOf(field, path));
  }

  #infoOf({ definition, nodes, parentType }: FieldPlan, path: Path): GraphQLResolveInfo {
    const { schema, operation, fragments, rootValue, variables } = this.#options;
    return {
      fieldName: definition.name,
      fieldNodes: nodes,
      returnType: definition.type,
      parentType,
      path,
      schema,
      fragments,
      rootValue,
      operation,
      variableValues: variables,
    };
  }

  #argumentsOf({ definition, nodes, index }: FieldPlan): { [argument: string]: unknown } {
    if (definition.args.length === 0) return {};
    const known = this.#arguments[index];
    if (known !== undefined) return known;
    const values = getArgumentValues(definition, nodes[0], this.#options.variables);
    this.#arguments[index] = values;
    return values;
  }

  /** Completes a value once it is there. */
  #awaited(field: FieldPlan, shape: Shape, value: unknown, path: Path): unknown {
    if (!isPromise(value)) return this.#completed(field, shape, value, path, path);
    return value.then(
      (resolved) => this.#completed(field, shape, resolved, path, path),
      (error) => this.#failed(field, shape, error, path),
    );
  }

  /** Completes a value; if that fails, the failure takes the place of the nearest value that may be null. */
  #completed(field: FieldPlan, shape: Shape, value: unknown, above: Path | undefined, path: Path | null): unknown {
    try {
      const completed = this.#complete(field, shape, value, path ?? undefined);
      if (!isPromise(completed)) return completed;
      return completed.then(undefined, (error) => this.#failed(field, shape, error, path ?? pathOf(field, above)));
    } catch (error) {
      return this.#failed(field, shape, error, path ?? pathOf(field, above));
    }
  }

  #failed({ nodes }: FieldPlan, shape: Shape, error: unknown, path: Path): null {
    // What ends the operation is told once, where it was asked for, and not at each place that it kept from being made.
    if (path.prev !== undefined && this.#work.isEnd(error)) throw error;
    const located = locatedError(error, nodes, responsePathAsArray(path));
    if (shape.kind === 'nonNull') throw located;
    this.errors.add(located, path);
    return null;
  }

  /** `path` may be absent for what has nothing beneath it. */
  #complete(field: FieldPlan, shape: Shape, value: unknown, path: Path | undefined): unknown {
    if (value instanceof Error) throw value;
    if (shape.kind === 'nonNull') {
      const completed = this.#complete(field, shape.of, value, path);
      if (completed !== null) return completed;
      throw new Error(`Cannot return null for non-nullable field ${field.parentType.name}.${field.definition.name}.`);
    }
    if (value === null || value === undefined) return null;
    if (shape.kind === 'leaf') return serialize(shape.type, value);
    if (shape.kind === 'object') return this.select(shape.plan, value, path);
    if (shape.kind === 'list') return this.#list(field, shape.of, value, path);
    return this.#abstract(field, shape, value, path);
  }

  #abstract(
    field: FieldPlan,
    { type, planFor }: Shape & { readonly kind: 'abstract' },
    value: unknown,
    path: Path | undefined,
  ): unknown {
    const { schema, contextValue } = this.#options;
    const info = this.#infoOf(field, path ?? pathOf(field, undefined));
    const select = (name: string | undefined) => {
      const place = `for field "${info.parentType.name}.${info.fieldName}"`;
      if (name === undefined) throw new GraphQLError(`It can not be told which "${type.name}" a value is ${place}.`);
      const actual = schema.getType(name);
      if (!isObjectType(actual)) {
        const problem = actual === undefined ? 'a type that does not exist' : 'a type that is no object';
        throw new GraphQLError(`Abstract type "${type.name}" was resolved to ${problem}, "${name}", ${place}.`);
      }
      return this.select(planFor(actual), value, path);
    };
    const named = (type.resolveType ?? defaultTypeResolver)(value, contextValue, info, type);
    return isPromise(named) ? named.then(select) : select(named);
  }

  #list(field: FieldPlan, shape: Shape, list: unknown, path: Path | undefined): unknown {
    if (!isIterable(list)) {
      throw new GraphQLError(
        `Expected Iterable, but did not find one for field "${field.parentType.name}.${field.definition.name}".`,
      );
    }
    const isLeaf = (shape.kind === 'nonNull' ? shape.of : shape).kind === 'leaf';
    const start = (item: unknown, key: number) => {
      if (isLeaf) this.#work.spend(1);
      return this.#awaited(field, shape, item, { prev: path, key, typename: undefined });
    };
    return gather(Array.isArray(list) ? list : [...list], start, abandon, this.#work);
  }
}

/** Errors by their place; none is added where an error above has put null already. */
class FieldErrors {
  readonly all: GraphQLError[] = [];
  readonly #paths = new Set<Path | undefined>();

  add(error: GraphQLError, path: Path | undefined): void {
    for (let place = path; place !== undefined; place = place.prev) if (this.#paths.has(place)) return;
    if (this.#paths.has(undefined)) return;
    this.#paths.add(path);
    this.all.push(error);
  }
}

/** Where `__proto__` is a key, a plain object would take its value for a prototype. */
function newAnswer(hasPrototypeKey: boolean): Answer {
  return hasPrototypeKey ? Object.create(null) : {};
}

function serialize(type: GraphQLLeafType, value: unknown): unknown {
  const serialized: unknown = type.serialize(value);
  if (serialized !== null && serialized !== undefined) return serialized;
  throw new Error(`${type.name} can not be made of what was resolved.`);
}

function pathOf({ responseKey, parentType }: FieldPlan, prev: Path | undefined): Path {
  return { prev, key: responseKey, typename: parentType.name };
}

function asGraphQLError(error: unknown): GraphQLError {
  return error instanceof GraphQLError ? error : locatedError(error, undefined);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
