import type { CallSpan } from '../../../upstream/client.ts';
import { requestIdOf } from '../../http/request-id.ts';

/** Begins the span of a call to that endpoint, by that method. */
export type CallSpans = (endpoint: string, method: string) => CallSpan;

/** Headers that are sent with the calls for a request. */
export interface PropagatedHeaders {
  /** Headers besides Authorization: an id for the log, and where the calls belong in a trace. Nothing else is passed on. */
  readonly headers: Readonly<Record<string, string>>;
  /** Begins the span of a call, which then says itself where it belongs. */
  readonly startSpan?: CallSpans;
}

/** A header of W3C Trace Context, version 00 or one that begins like it. */
const traceparent = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}(?:-[\x21-\x7e]{1,100})?$/;

const traced = new WeakMap<Request, PropagatedHeaders>();

/** The request's own trace is passed on as it came, unless spans of ours stand in between. */
export function propagatedHeadersOf(request: Request): PropagatedHeaders {
  const known = traced.get(request);
  if (known !== undefined) return known;
  const given = request.headers.get('traceparent') ?? '';
  return propagated(request, traceparent.test(given) ? given : null);
}

/** The id of the trace that a request says to be part of. */
export function traceIdIn({ headers }: Request): string | undefined {
  const given = headers.get('traceparent') ?? '';
  return traceparent.test(given) ? given.slice(3, 35) : undefined;
}

/** From now on, each call made for the request has a span of its own. */
export function tracePropagated(request: Request, startSpan: CallSpans): void {
  traced.set(request, { ...propagated(request, null), startSpan });
}

function propagated(request: Request, parent: string | null): PropagatedHeaders {
  return { headers: { 'x-request-id': requestIdOf(request), ...(parent === null ? {} : { traceparent: parent }) } };
}
