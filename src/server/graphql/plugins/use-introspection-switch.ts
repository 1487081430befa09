import {
  type ASTVisitor,
  coerceInputValue,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  isInputType,
  isNonNullType,
  KnownFragmentNamesRule,
  LoneAnonymousOperationRule,
  NoFragmentCyclesRule,
  NoSchemaIntrospectionCustomRule,
  NoUndefinedVariablesRule,
  NoUnusedFragmentsRule,
  NoUnusedVariablesRule,
  type OperationDefinitionNode,
  typeFromAST,
  UniqueArgumentNamesRule,
  UniqueFragmentNamesRule,
  UniqueInputFieldNamesRule,
  UniqueOperationNamesRule,
  UniqueVariableNamesRule,
  type ValidationContext,
  validate,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';

/** The schema of the subgraph is the whole schema as well. */
function NoSubgraphTextRule(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      if (node.name.value !== '_service') return;
      const message = 'Introspection is off, so that the schema of the subgraph is not returned either.';
      context.reportError(new GraphQLError(message, { nodes: node }));
    },
  };
}

/** Rules whose messages hold nothing but what stands in the document. */
const rulesWithoutSchema = [
  KnownFragmentNamesRule,
  LoneAnonymousOperationRule,
  NoFragmentCyclesRule,
  NoSchemaIntrospectionCustomRule,
  NoSubgraphTextRule,
  NoUndefinedVariablesRule,
  NoUnusedFragmentsRule,
  NoUnusedVariablesRule,
  UniqueArgumentNamesRule,
  UniqueFragmentNamesRule,
  UniqueInputFieldNamesRule,
  UniqueOperationNamesRule,
  UniqueVariableNamesRule,
];

/** As graphql has it. */
const maxVariableErrors = 50;

/**
 * While introspection is off, refuses queries of the schema, and keeps names of the schema out of errors about documents and
 * variables: an error says where the mistake is, in the caller's own words.
 */
export function useIntrospectionSwitch(isOn: boolean): Plugin<ServerContext> {
  if (isOn) return {};
  return {
    onValidate({ params: { schema, documentAST }, addValidationRule }) {
      addValidationRule(NoSchemaIntrospectionCustomRule);
      addValidationRule(NoSubgraphTextRule);
      return ({ valid, result, setResult }) => {
        if (valid) return;
        const ofDocument = validate(schema, documentAST, rulesWithoutSchema);
        setResult(ofDocument.length > 0 ? [...ofDocument] : result.map(withoutNames));
      };
    },
    onExecute({ args, setResultAndStopExecution }) {
      const errors = variableErrorsOf(args);
      if (errors.length > 0) setResultAndStopExecution({ errors });
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const errors = variableErrorsOf(args);
      if (errors.length > 0) setResultAndStopExecution({ errors });
    },
  };
}

function variableErrorsOf({ schema, document, operationName, variableValues }: ExecutionArgs): readonly GraphQLError[] {
  const operation = getOperationAST(document, operationName);
  return operation ? variableErrors(schema, operation, variableValues ?? {}) : [];
}

function withoutNames(error: Error): GraphQLError {
  const { nodes, locations } = error instanceof GraphQLError ? error : {};
  const [first] = locations ?? [];
  const where = first === undefined ? '' : ` at line ${first.line}, column ${first.column}`;
  return new GraphQLError(`The document does not fit the schema${where}.`, { nodes: nodes ?? null });
}

/** Mistakes that graphql would refuse, by the name of the variable and the path to the value. */
function variableErrors(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  values: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] {
  const errors: GraphQLError[] = [];
  for (const definition of variableDefinitions) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    const add = (message: string) => {
      if (errors.length === maxVariableErrors) return;
      errors.push(new GraphQLError(message, { nodes: definition, extensions: { code: 'BAD_USER_INPUT' } }));
    };
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (!isInputType(type)) continue;
    if (value === undefined && (definition.defaultValue !== undefined || !isNonNullType(type))) continue;
    if (value === undefined || (value === null && isNonNullType(type))) add(`Variable "$${name}" needs a value.`);
    else {
      coerceInputValue(value, type, (path) =>
        add(`Variable "$${name}" cannot be used at "${[name, ...path].join('.')}".`),
      );
    }
  }
  return errors;
}
