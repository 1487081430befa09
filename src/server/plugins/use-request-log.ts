import { randomUUID } from 'node:crypto';
import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';
import type { Logger } from '../log.ts';

interface Entry {
  readonly id: string;
  readonly startedAt: number;
  operation: string | null;
  kind: string | null;
  codes: readonly string[];
  upstreamCalls: number;
}

/** One line for each request: what was asked by name, how it ended, how long it took and what it cost the API. */
export function useRequestLog(log: Logger): Plugin<ServerContext> {
  const entries = new WeakMap<Request, Entry>();
  return {
    onRequest({ request }) {
      entries.set(request, {
        id: randomUUID(),
        startedAt: performance.now(),
        operation: null,
        kind: null,
        codes: [],
        upstreamCalls: 0,
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
          entry.upstreamCalls = args.contextValue.operation?.upstreamCalls ?? 0;
        },
      };
    },
    onResultProcess({ request, result }) {
      const entry = entries.get(request);
      if (entry === undefined || Array.isArray(result) || !('errors' in result)) return;
      entry.codes = [
        ...new Set((result.errors ?? []).map(({ extensions }) => String(extensions?.['code'] ?? 'UNKNOWN'))),
      ];
    },
    onResponse({ request, response }) {
      const entry = entries.get(request);
      if (entry === undefined) return;
      const { id, operation, kind, codes, upstreamCalls } = entry;
      const durationMs = Math.round((performance.now() - entry.startedAt) * 10) / 10;
      log.info(
        { requestId: id, operation, kind, status: response.status, codes, durationMs, upstreamCalls },
        'request',
      );
    },
  };
}
