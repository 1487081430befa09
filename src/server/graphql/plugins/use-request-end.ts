import type { ServerResponse } from 'node:http';
import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { requestIdOf } from '../../http/request-id.ts';
import type { ServerContext } from '../context.ts';
import type { NodeContext } from './use-parameters.ts';

/** Facts about a request that has been answered. */
export interface RequestEnd {
  readonly requestId: string;
  /** The trace that it is part of; absent where there is none. */
  readonly traceId?: string | undefined;
  /** The name of its operation; null where it has none, or was not understood. */
  readonly operation: string | null;
  readonly kind: string | null;
  readonly status: number;
  /** Codes of its errors, then the type names of mutation results that are failures, such as ConflictError; each once. */
  readonly codes: readonly string[];
  readonly durationMs: number;
  readonly upstreamCalls: number;
  /** Why the gateway could not connect to the API, each reason once; absent where it could. */
  readonly connectFailures?: readonly string[];
  /** Why HTTP itself could not be read. */
  readonly problem?: string;
}

interface Entry {
  readonly startedAt: number;
  operation: string | null;
  kind: string | null;
  codes: readonly string[];
  upstreamCalls: number;
  mutationFailures: ReadonlySet<string>;
  connectFailures?: readonly string[];
}

/** Tells how each request ended, and gives every answer the id of its request. */
export function useRequestEnd(onEnd: (end: RequestEnd, request: Request) => void): Plugin<ServerContext, NodeContext> {
  const entries = new WeakMap<Request, Entry>();
  return {
    onRequest({ request }) {
      entries.set(request, {
        startedAt: performance.now(),
        operation: null,
        kind: null,
        codes: [],
        upstreamCalls: 0,
        mutationFailures: new Set(),
      });
    },
    onExecute({ args }) {
      const entry = entries.get(args.contextValue.request);
      const operation = getOperationAST(args.document, args.operationName);
      if (entry === undefined || !operation) return undefined;
      entry.operation = operation.name?.value.slice(0, 100) ?? null;
      entry.kind = operation.operation;
      return {
        onExecuteDone() {
          const { upstreamCalls, mutationFailures, connectFailures } = args.contextValue.operation ?? {};
          entry.upstreamCalls = upstreamCalls ?? 0;
          entry.mutationFailures = mutationFailures ?? entry.mutationFailures;
          if (connectFailures !== undefined && connectFailures.size > 0) entry.connectFailures = [...connectFailures];
        },
      };
    },
    onSubscribe({ args }) {
      const entry = entries.get(args.contextValue.request);
      if (entry === undefined) return;
      entry.operation = getOperationAST(args.document, args.operationName)?.name?.value.slice(0, 100) ?? null;
      entry.kind = 'subscription';
    },
    onResultProcess({ request, result }) {
      const entry = entries.get(request);
      if (entry === undefined || Array.isArray(result)) return;
      const errors = 'errors' in result ? (result.errors ?? []) : [];
      const codes = errors.map(({ extensions }) => String(extensions?.['code'] ?? 'UNKNOWN'));
      entry.codes = [...new Set([...codes, ...entry.mutationFailures])];
    },
    onResponse({ request, response, serverContext }) {
      const entry = entries.get(request);
      if (entry === undefined) return;
      const requestId = requestIdOf(request);
      response.headers.set('x-request-id', requestId);
      const { startedAt, mutationFailures: _counted, ...rest } = entry;
      const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
      const end: RequestEnd = { requestId, ...rest, status: response.status, durationMs };
      // The usual end of a subscription is that its client leaves.
      const isStream = entry.kind === 'subscription';
      whenSent(serverContext?.res, (isComplete) => onEnd(isComplete || isStream ? end : cancelledAs(end), request));
    },
  };
}

/** Tells whether all of an answer was sent, once that is known. Without a socket, nothing can be lost. */
function whenSent(response: ServerResponse | undefined, tell: (isComplete: boolean) => void): void {
  if (response === undefined) tell(true);
  else if (response.destroyed) tell(response.writableFinished);
  else {
    const onEnd = () => {
      response.off('finish', onEnd);
      response.off('close', onEnd);
      tell(response.writableFinished);
    };
    response.once('finish', onEnd);
    response.once('close', onEnd);
  }
}

/** The caller left before the answer was sent: how it would have ended matters less. */
function cancelledAs(end: RequestEnd): RequestEnd {
  return { ...end, codes: ['CANCELLED', ...end.codes.filter((code) => code !== 'CANCELLED')] };
}
