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
import type { TracingConfig } from '../../config.ts';
import type { CallSpan } from '../../upstream/client.ts';
import type { RequestEnd } from '../graphql/plugins/use-request-end.ts';
import type { Logger } from './log.ts';

/** One request in a trace. */
export interface RequestSpan {
  /** Begins a span for a call that is made for it. */
  startCall(endpoint: string): CallSpan;
  end(end: RequestEnd): void;
}

export interface Tracing {
  /** Begins a span, under that of the caller where its headers name one. */
  start(headers: Headers): RequestSpan;
  /** Sends what is left. */
  close(): Promise<void>;
}

const fromHeaders: TextMapGetter<Headers> = {
  keys: (headers) => [...headers.keys()],
  get: (headers, name) => headers.get(name) ?? undefined,
};

/** Traces by OpenTelemetry. This module is loaded only where its standard variables ask for it. */
export function startTracing({ exporter, sampler, samplerArg, batches }: TracingConfig, log: Logger): Tracing {
  setGlobalErrorHandler((error) => log.warn({ err: error }, 'traces'));
  const provider = new TracerProvider({
    sampler: samplerOf(sampler, samplerArg),
    resource: resourceFromAttributes({ 'service.name': 'access-profile-gateway' })
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
  return {
    start(headers) {
      const parent = propagator.extract(context.active(), headers, fromHeaders);
      const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, parent);
      const inside = trace.setSpan(parent, span);
      return {
        startCall(endpoint) {
          const call = tracer.startSpan(endpoint, { kind: SpanKind.CLIENT }, inside);
          return {
            headers: { traceparent: traceparentOf(call) },
            end({ status, isAbandoned }) {
              call.setAttribute('http.response.status_code', status ?? 0);
              if (isAbandoned) call.setAttribute('gateway.cancelled', true);
              else if (status === null || status >= 400) call.setStatus({ code: SpanStatusCode.ERROR });
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
          if (codes.length > 0 || status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    close: () => provider.shutdown(),
  };
}

/** What the library says of itself; its name for the service is a guess. */
function defaultResourceWithoutName() {
  const { 'service.name': _guess, ...attributes } = defaultResource().attributes;
  return resourceFromAttributes(attributes);
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
