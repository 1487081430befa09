import { GraphQLError, getOperationAST, responsePathAsArray } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ChangeQueue } from '../../changes/queue.ts';
import { GatewayError } from '../../errors.ts';
import type { FilterSupport } from '../../filter/support.ts';
import type { UpstreamCall } from '../../loaders/call.ts';
import { createLoaders } from '../../loaders/index.ts';
import { demandOf } from '../../schema/demand.ts';
import { toGraphQLError } from '../../schema/errors.ts';
import type { UpstreamClient } from '../../upstream/client.ts';
import type { OperationState, ServerContext } from '../context.ts';
import { type AmbientKey, authorizationOf } from '../credential.ts';
import { startDeadline } from '../deadline.ts';

export interface LoadersOptions {
  readonly client: UpstreamClient;
  readonly support: FilterSupport;
  readonly queue: ChangeQueue;
  /** Milliseconds for all reads of one operation together. */
  readonly requestTimeoutMs: number;
  readonly ambientKey: AmbientKey | null;
  readonly onUnexpected: (error: unknown) => void;
}

/**
 * Gives each operation loaders of its own, bound to its caller, and adds the failures of its edges to its errors. An
 * operation without a caller ends here, before any call; questions about the schema alone need none.
 */
export function useLoaders({
  client,
  support,
  queue,
  requestTimeoutMs,
  ambientKey,
  onUnexpected,
}: LoadersOptions): Plugin<ServerContext> {
  return {
    onExecute({ args, extendContext, setResultAndStopExecution }) {
      const { document, operationName, variableValues, contextValue, schema } = args;
      const operation: OperationState = { partialErrors: [], upstreamCalls: 0 };
      let authorization: string;
      try {
        authorization = asksOnlyForSchema(args) ? '' : authorizationOf(contextValue.request, ambientKey);
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        const { message, extensions } = toGraphQLError(error, onUnexpected);
        const http = { status: 401, headers: { 'www-authenticate': 'Bearer' } };
        setResultAndStopExecution({ errors: [new GraphQLError(message, { extensions: { ...extensions, http } })] });
        return undefined;
      }
      const deadline = startDeadline(requestTimeoutMs, contextValue.request.signal);
      const caller = {
        authorization,
        signal: deadline.signal,
        onCall: () => {
          operation.upstreamCalls++;
        },
      };
      const call: UpstreamCall = (endpoint, params) => client.call(endpoint, params, caller);
      const demand = demandOf(schema, document, operationName, variableValues ?? {});
      let loaders = createLoaders({ call, support, ...demand });
      const refresh = () => {
        loaders = createLoaders({ call, support, ...demand });
        extendContext({ loaders });
        return loaders;
      };
      extendContext({
        operation,
        loaders,
        changes: { call, queue, refresh, loaders: () => loaders },
        reportPartial(error, info) {
          const { message, extensions } = toGraphQLError(error, onUnexpected);
          operation.partialErrors.push(
            new GraphQLError(message, {
              nodes: info.fieldNodes,
              path: responsePathAsArray(info.path),
              extensions: { ...extensions, partial: true },
            }),
          );
        },
      });
      return {
        onExecuteDone({ result, setResult }) {
          deadline.clear();
          if (operation.partialErrors.length === 0 || Symbol.asyncIterator in result) return;
          setResult({ ...result, errors: [...(result.errors ?? []), ...operation.partialErrors] });
        },
      };
    },
  };
}

function asksOnlyForSchema({
  document,
  operationName,
}: Pick<Parameters<typeof demandOf>, never> & {
  document: Parameters<typeof getOperationAST>[0];
  operationName?: string | null;
}): boolean {
  const selections = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  return selections.every((selection) => selection.kind === 'Field' && selection.name.value.startsWith('__'));
}
