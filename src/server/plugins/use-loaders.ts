import { GraphQLError, getOperationAST, responsePathAsArray } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ChangeQueue } from '../../changes/queue.ts';
import { GatewayError } from '../../errors.ts';
import type { FilterSupport } from '../../filter/support.ts';
import type { UpstreamCall } from '../../loaders/call.ts';
import { createLoaders, type Loaders } from '../../loaders/index.ts';
import type { TypeStore } from '../../loaders/kept-types.ts';
import type { SnapshotStore } from '../../loaders/snapshots.ts';
import { Budget } from '../../schema/budget.ts';
import { demandOf } from '../../schema/demand.ts';
import { toGraphQLError } from '../../schema/errors.ts';
import type { UpstreamClient } from '../../upstream/client.ts';
import { callerSnapshots } from '../caller-snapshots.ts';
import { callerTypes } from '../caller-types.ts';
import type { OperationState, ServerContext } from '../context.ts';
import { type AmbientKey, authorizationOf } from '../credential.ts';
import { startDeadline } from '../deadline.ts';
import { outboundOf } from '../outbound.ts';
import { reuseOf } from '../reuse.ts';

export interface LoadersOptions {
  readonly client: UpstreamClient;
  readonly support: FilterSupport;
  readonly snapshots: SnapshotStore;
  readonly types: TypeStore;
  readonly queue: ChangeQueue;
  /** Milliseconds for all reads of one operation together. */
  readonly requestTimeoutMs: number;
  /** Pages of one list after which the API is taken for endless. */
  readonly maxPages: number;
  readonly ambientKey: AmbientKey | null;
  /** Hears how many profiles are looked up together. */
  readonly onBatch?: ((size: number) => void) | undefined;
  readonly onUnexpected: (error: unknown) => void;
}

/**
 * Gives each operation loaders of its own, bound to its caller, and adds the failures of its edges to its errors. An
 * operation without a caller ends here, before any call; questions about the schema alone need none.
 */
export function useLoaders({
  client,
  support,
  snapshots,
  types,
  queue,
  requestTimeoutMs,
  maxPages,
  ambientKey,
  onBatch,
  onUnexpected,
}: LoadersOptions): Plugin<ServerContext> {
  return {
    onExecute({ args, extendContext, setResultAndStopExecution }) {
      const { document, operationName, variableValues, contextValue, schema } = args;
      const operation: OperationState = { partialErrors: [], upstreamCalls: 0, oldestReading: null };
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
      const { headers, startSpan } = outboundOf(contextValue.request);
      const caller = {
        authorization,
        headers,
        signal: deadline.signal,
        startSpan,
        onCall: () => {
          operation.upstreamCalls++;
        },
      };
      const callUnder =
        (signal: AbortSignal | undefined): UpstreamCall =>
        (endpoint, params) =>
          client.call(endpoint, params, { ...caller, ...(signal && { signal }) });
      const call: UpstreamCall = async (endpoint, params) => {
        if (endpoint.method === 'GET') return client.call(endpoint, params, caller);
        // Before, for what is read meanwhile may be of either side; and after, for what began meanwhile.
        snapshots.drop();
        return client.call(endpoint, params, caller).finally(() => snapshots.drop());
      };
      const demand = demandOf(schema, document, operationName, variableValues ?? {});
      const reuse = reuseOf(contextValue.request.headers.get('cache-control'));
      const onReused = ({ asOf }: { readonly asOf: number }) => {
        operation.oldestReading = Math.min(operation.oldestReading ?? asOf, asOf);
      };
      const shared = callerSnapshots(snapshots, {
        authorization,
        reuse,
        signal: deadline.signal,
        callUnder,
        onReused,
      });
      // What a change is checked against is read for it.
      const mayShareTypes = getOperationAST(document, operationName)?.operation === 'query';
      const load = (): Loaders =>
        createLoaders({
          call,
          support,
          snapshots: shared,
          keptTypes: mayShareTypes ? callerTypes(types, { authorization, reuse, onReused }) : null,
          maxPages,
          onBatch,
          ...demand,
        });
      let loaders = load();
      const refresh = () => {
        loaders = load();
        extendContext({ loaders });
        return loaders;
      };
      extendContext({
        operation,
        loaders,
        budget: new Budget(),
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
          if (Symbol.asyncIterator in result) return;
          const { partialErrors, oldestReading } = operation;
          // The age of what was kept from another operation, as HTTP puts it.
          const age = oldestReading === null ? null : Math.max(0, Math.floor((Date.now() - oldestReading) / 1000));
          if (partialErrors.length === 0 && age === null) return;
          setResult({
            ...result,
            ...(partialErrors.length > 0 && { errors: [...(result.errors ?? []), ...partialErrors] }),
            ...(age !== null && { extensions: { ...result.extensions, http: { headers: { age: String(age) } } } }),
          });
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
