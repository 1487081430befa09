import type { CallSpan } from '../../upstream/client.ts';
import { requestIdOf } from '../request-id.ts';

/** What goes along with the calls that are made for a request. */
export interface Outbound {
  /** Headers besides Authorization: an id for the log, and where the calls belong in a trace. Nothing else is passed on. */
  readonly headers: Readonly<Record<string, string>>;
  /** Begins the span of a call, which then says itself where it belongs. */
  readonly startSpan?: (endpoint: string) => CallSpan;
}

/** A header of W3C Trace Context, version 00 or one that begins like it. */
const traceparent = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}(?:-[\x21-\x7e]{1,100})?$/;

const traced = new WeakMap<Request, Outbound>();

/** The request's own trace is passed on as it came, unless spans of ours stand in between. */
export function outboundOf(request: Request): Outbound {
  const known = traced.get(request);
  if (known !== undefined) return known;
  const given = request.headers.get('traceparent') ?? '';
  return outbound(request, traceparent.test(given) ? given : null);
}

/** From now on, each call made for the request has a span of its own. */
export function traceOutbound(request: Request, startSpan: (endpoint: string) => CallSpan): void {
  traced.set(request, { ...outbound(request, null), startSpan });
}

function outbound(request: Request, parent: string | null): Outbound {
  return { headers: { 'x-request-id': requestIdOf(request), ...(parent === null ? {} : { traceparent: parent }) } };
}
