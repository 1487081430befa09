import { createHash } from 'node:crypto';
import { context, type Span, SpanKind, SpanStatusCode, type TextMapGetter, trace } from '@opentelemetry/api';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ConsoleSpanExporter,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { packageVersion } from '../../config/package-version.ts';
import type { TracingConfig } from '../../config.ts';
import type { CallSpan } from '../../upstream/client.ts';
import type { RequestEnd } from '../graphql/plugins/use-request-end.ts';
import type { Logger } from './log.ts';

/** One request in a trace. */
export interface RequestSpan {
  readonly traceId: string;
  /** Says by its hash which document is asked. Its text may hold what a user typed. */
  setDocument(text: string): void;
  /** Begins a span for a call that is made for it. */
  startCall(endpoint: string, method: string): CallSpan;
  end(end: RequestEnd): void;
}

export interface Tracing {
  /** Begins a span, under that of the caller where its headers name one. */
  start(request: Pick<Request, 'headers' | 'method' | 'url'>): RequestSpan;
  /** Sends what is left. */
  close(): Promise<void>;
}

const fromHeaders: TextMapGetter<Headers> = {
  keys: (headers) => [...headers.keys()],
  get: (headers, name) => headers.get(name) ?? undefined,
};

/** Methods that may become the name of a span; any other is `_OTHER`. */
const knownMethods = new Set(['GET', 'POST', 'OPTIONS', 'HEAD', 'PUT', 'PATCH', 'DELETE']);

/**
 * Traces by OpenTelemetry and its semantic conventions. Spans hold no query string, variables or document: they can hold names of
 * people. This module is loaded only where its standard variables ask for it. */
export function startTracing(
  { exporter, sampler, samplerArg, batches }: TracingConfig,
  upstreamOrigin: string,
  log: Logger,
): Tracing {
  setGlobalErrorHandler((error) => log.warn({ err: error }, 'traces'));
  const provider = new TracerProvider({
    sampler: samplerOf(sampler, samplerArg),
    resource: resourceFromAttributes({ 'service.name': 'access-profile-gateway', 'service.version': packageVersion() })
      .merge(defaultResourceWithoutName())
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: exporter === 'console' ? new ConsoleSpanExporter() : new OTLPTraceExporter(),
        ...batches,
      }),
    ],
  });
  const tracer = provider.getTracer('access-profile-gateway');
  const propagator = new W3CTraceContextPropagator();
  const { hostname, port, protocol: scheme } = new URL(upstreamOrigin);
  const ofApi = { 'server.address': hostname, 'server.port': Number(port) || (scheme === 'https:' ? 443 : 80) };
  return {
    start({ headers, method: given, url }) {
      const parent = propagator.extract(context.active(), headers, fromHeaders);
      const method = knownMethods.has(given) ? given : '_OTHER';
      const { pathname, protocol } = new URL(url);
      const isRoute = pathname === '/graphql';
      const attributes = {
        'http.request.method': method,
        'url.path': pathname,
        'url.scheme': protocol.slice(0, -1),
        ...(isRoute && { 'http.route': pathname }),
      };
      const name = `${method === '_OTHER' ? 'HTTP' : method}${isRoute ? ` ${pathname}` : ''}`;
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
      const inside = trace.setSpan(parent, span);
      return {
        traceId: span.spanContext().traceId,
        setDocument(text) {
          if (span.isRecording())
            span.setAttribute('graphql.document.hash', `sha256:${createHash('sha256').update(text).digest('hex')}`);
        },
        startCall(endpoint, callMethod) {
          const call = tracer.startSpan(
            endpoint,
            { kind: SpanKind.CLIENT, attributes: { ...ofApi, 'http.request.method': callMethod } },
            inside,
          );
          return {
            headers: { traceparent: traceparentOf(call) },
            end({ status, isAbandoned, connectFailure }) {
              if (status !== null) call.setAttribute('http.response.status_code', status);
              if (isAbandoned) call.setAttribute('gateway.cancelled', true);
              else if (status === null || status >= 400) {
                call.setAttribute('error.type', status === null ? reasonOf(connectFailure) : String(status));
                call.setStatus({ code: SpanStatusCode.ERROR });
              }
              call.end();
            },
          };
        },
        end({ operation, kind, status, codes, requestId, upstreamCalls }) {
          if (kind !== null) span.updateName(operation === null ? kind : `${kind} ${operation}`);
          span.setAttributes({
            ...(kind === null ? {} : { 'graphql.operation.type': kind }),
            ...(operation === null ? {} : { 'graphql.operation.name': operation }),
            'http.response.status_code': status,
            'gateway.request_id': requestId,
            'gateway.upstream_calls': upstreamCalls,
            'gateway.codes': [...codes],
          });
          const failure = codes.find((code) => code !== 'CANCELLED') ?? (status >= 500 ? String(status) : null);
          if (failure !== null) {
            span.setAttribute('error.type', failure);
            span.setStatus({ code: SpanStatusCode.ERROR });
          }
          span.end();
        },
      };
    },
    close: () => provider.shutdown(),
  };
}

/** The library's description of itself, without its guess of a service name. */
function defaultResourceWithoutName() {
  const { 'service.name': _guess, ...attributes } = defaultResource().attributes;
  return resourceFromAttributes(attributes);
}

/** The code of a failure to connect, whose host is no part of a type; what else ends without a reply. */
function reasonOf(connectFailure: string | undefined): string {
  return connectFailure?.split(' ', 1)[0] ?? 'no_reply';
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

function samplerOf(name: string, ratio: number): Sampler {
  const root = name.includes('always_off')
    ? new AlwaysOffSampler()
    : name.includes('traceidratio')
      ? new TraceIdRatioBasedSampler(ratio)
      : new AlwaysOnSampler();
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}
