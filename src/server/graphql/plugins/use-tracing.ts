import type { Plugin } from 'graphql-yoga';
import type { RequestSpan, Tracing } from '../../observability/tracing.ts';
import type { ServerContext } from '../context.ts';
import { tracePropagated } from '../operation/propagated-headers.ts';
import type { RequestEnd } from './use-request-end.ts';

/** A span for each request, and one under it for each call to the API. */
export function useTracing(tracing: Tracing): {
  readonly plugin: Plugin<ServerContext>;
  readonly onRequestEnd: (end: RequestEnd, request: Request) => void;
  readonly traceIdOf: (request: Request) => string | undefined;
} {
  const spans = new WeakMap<Request, RequestSpan>();
  return {
    plugin: {
      onRequest({ request }) {
        const span = tracing.start(request);
        spans.set(request, span);
        tracePropagated(request, (endpoint, method) => span.startCall(endpoint, method));
      },
      onParse({ params: { source }, context: { request } }) {
        if (typeof source === 'string') spans.get(request)?.setDocument(source);
      },
    },
    onRequestEnd: (end, request) => spans.get(request)?.end(end),
    traceIdOf: (request) => spans.get(request)?.traceId,
  };
}
