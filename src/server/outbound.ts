import type { UpstreamCallEnd } from '../upstream/client.ts';
import { requestIdOf } from './request-id.ts';

/** What goes along with the calls that are made for a request. */
export interface Outbound {
  /** Headers besides Authorization: an id for the log, and where the calls belong in a trace. Nothing else is passed on. */
  readonly headers: Readonly<Record<string, string>>;
  /** Hears of each call once it has ended. */
  readonly onCall?: (call: UpstreamCallEnd) => void;
}

/** A header of W3C Trace Context, version 00 or one that begins like it. */
const traceparent = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}(?:-[\x21-\x7e]{1,100})?$/;

const traced = new WeakMap<Request, Outbound>();

/** The request's own trace is passed on as it came, unless a span of ours stands in between. */
export function outboundOf(request: Request): Outbound {
  const known = traced.get(request);
  if (known !== undefined) return known;
  const given = request.headers.get('traceparent') ?? '';
  return outbound(request, traceparent.test(given) ? given : null);
}

/** From now on, calls made for the request belong under this span. */
export function traceOutbound(request: Request, parent: string, onCall: (call: UpstreamCallEnd) => void): void {
  traced.set(request, { ...outbound(request, parent), onCall });
}

function outbound(request: Request, parent: string | null): Outbound {
  return { headers: { 'x-request-id': requestIdOf(request), ...(parent === null ? {} : { traceparent: parent }) } };
}
