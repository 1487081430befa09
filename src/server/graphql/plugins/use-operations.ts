import { type ExecutionArgs, execute, GraphQLError, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { GatewayError } from '../../../errors.ts';
import { toGraphQLError } from '../../../schema/errors.ts';
import { type AmbientKey, authorizationOf, callerOf, holderOf } from '../../auth/caller.ts';
import type { ServerContext } from '../context.ts';
import { createPreparedExecutor } from '../execution/prepared.ts';
import { asksOnlyForSchema } from '../operation/asks-only-for-schema.ts';
import { cancelled } from '../operation/deadline.ts';
import { propagatedHeadersOf } from '../operation/propagated-headers.ts';
import { type OperationOptions, runOperation } from '../operation/run-operation.ts';
import { runSubscription } from '../operation/run-subscription.ts';
import { SharedOperations } from '../operation/shared-operations.ts';
import { reuseOf } from '../operation/shared-reads.ts';
import { takesEvents } from './use-event-stream.ts';

export interface UseOperationsOptions extends Omit<OperationOptions, 'executor'> {
  readonly onUnexpected: (error: unknown) => void;
  /** Whether operations are executed by plans that are made once per document. */
  readonly preparedExecution: boolean;
  readonly ambientKey: AmbientKey | null;
  /** Whether identical queries of one caller are executed once. */
  readonly sharedOperations: boolean;
}

/**
 * Executes operations on behalf of their callers. One without a caller ends here, before any call; questions about the
 * schema alone need none.
 */
export function useOperations({
  ambientKey,
  sharedOperations,
  preparedExecution,
  ...given
}: UseOperationsOptions): Plugin<ServerContext> {
  const options = {
    ...given,
    executor: preparedExecution ? createPreparedExecutor() : (args: ExecutionArgs) => execute(args),
  };
  const { writeNews, snapshots, onUnexpected } = options;
  const shared = new SharedOperations();
  /** The caller's authorization, or the error of a request without one. */
  const authorizationIn = (request: Request): string | GraphQLError => {
    try {
      return authorizationOf(request, ambientKey);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      const { message, extensions } = toGraphQLError(error, onUnexpected);
      const http = { status: 401, headers: { 'www-authenticate': 'Bearer' } };
      return new GraphQLError(message, { extensions: { ...extensions, http } });
    }
  };
  return {
    onSubscribe({ args, extendContext, setSubscribeFn, setResultAndStopExecution }) {
      const { request } = args.contextValue;
      const authorization = authorizationIn(request);
      if (typeof authorization !== 'string' || !takesEvents(request)) {
        setResultAndStopExecution({ errors: [typeof authorization === 'string' ? noEvents() : authorization] });
        return;
      }
      const { operation, reports } = newOperation();
      extendContext({ operation });
      const subscriber = {
        authorization,
        signal: request.signal,
        owner: callerOf(request, ambientKey),
        lastEventId: request.headers.get('last-event-id'),
        expiresAt: holderOf(request)?.expiresAt ?? null,
        reuse: 'shared',
        propagated: propagatedHeadersOf(request),
        ...reports,
      } as const;
      setSubscribeFn(() => runSubscription(args, subscriber, options));
    },
    async onExecute({ args, extendContext, setExecuteFn, setResultAndStopExecution }) {
      const { request } = args.contextValue;
      const authorization = asksOnlyForSchema(args) ? '' : authorizationIn(request);
      if (typeof authorization !== 'string') {
        setResultAndStopExecution({ errors: [authorization] });
        return;
      }
      const { operation, reports } = newOperation();
      extendContext({ operation });
      // While writes of others may go unheard, what was read before may be of before them, and what is being read too.
      const isDeaf = writeNews !== null && authorization !== '' && !(await writeNews.hear());
      if (isDeaf) options.client.noteWrite();
      const reuse = isDeaf ? 'private' : reuseOf(request.headers.get('cache-control'));
      const run = (signal: AbortSignal) =>
        runOperation(
          args,
          {
            authorization,
            signal,
            reuse,
            propagated: propagatedHeadersOf(request),
            ...reports,
          },
          options,
        );
      const isQuery = getOperationAST(args.document, args.operationName)?.operation === 'query';
      if (!isQuery || !sharedOperations || reuse !== 'shared') {
        setExecuteFn(() => run(request.signal));
        return;
      }
      const by = {
        authorizations: [request.headers.get('authorization'), authorization],
        generation: snapshots.generationFor(authorization),
      } as const;
      setExecuteFn(() =>
        shared.join(args, by, request.signal, run).catch((error: unknown) => {
          if (!request.signal.aborted) throw error;
          return { errors: [toGraphQLError(cancelled(), onUnexpected)] };
        }),
      );
    },
  };
}

/** The facts that the plugins report at the end of an operation, and the callbacks that gather them. */
function newOperation() {
  const operation = { upstreamCalls: 0, mutationFailures: new Set<string>(), connectFailures: new Set<string>() };
  const reports = {
    onCall: () => {
      operation.upstreamCalls++;
    },
    onMutationFailure: (typeName: string) => void operation.mutationFailures.add(typeName),
    onConnectFailure: (reason: string) => void operation.connectFailures.add(reason),
  };
  return { operation, reports };
}

function noEvents(): GraphQLError {
  return new GraphQLError('A subscription is answered with events: send "Accept: text/event-stream".', {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 406 } },
  });
}
