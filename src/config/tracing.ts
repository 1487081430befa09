import { ConfigError } from './config-error.ts';

/** The settings in OpenTelemetry's variables; its OTLP exporter reads its own. */
export interface TracingConfig {
  readonly exporter: 'otlp' | 'console';
  readonly sampler: string;
  /** The share of traces to keep, for samplers that take one. */
  readonly samplerArg: number;
  readonly batches: SpanBatches;
}

/** The batches in which spans are sent. */
export interface SpanBatches {
  /** Milliseconds from one batch to the next. */
  readonly scheduledDelayMillis: number;
  /** Milliseconds that sending a batch may take. */
  readonly exportTimeoutMillis: number;
  /** Spans that wait; further ones are dropped. */
  readonly maxQueueSize: number;
  readonly maxExportBatchSize: number;
}

const samplers = ['always_on', 'always_off', 'traceidratio'].flatMap((name) => [name, `parentbased_${name}`]);

/** https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/: on where an exporter or its address is given. */
export function tracingOf(environment: Readonly<Record<string, string | undefined>>): TracingConfig | null {
  const { OTEL_TRACES_EXPORTER, OTEL_SDK_DISABLED, OTEL_TRACES_SAMPLER, OTEL_TRACES_SAMPLER_ARG } = environment;
  const address = environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || environment['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const exporter = OTEL_TRACES_EXPORTER || (address ? 'otlp' : 'none');
  if (exporter === 'none' || OTEL_SDK_DISABLED?.toLowerCase() === 'true') return null;
  if (exporter !== 'otlp' && exporter !== 'console') {
    throw new ConfigError('OTEL_TRACES_EXPORTER', 'must be otlp, console or none');
  }
  for (const name of ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL']) {
    if ((environment[name] || 'http/protobuf') !== 'http/protobuf')
      throw new ConfigError(name, 'must be http/protobuf');
  }
  const sampler = OTEL_TRACES_SAMPLER || 'parentbased_always_on';
  if (!samplers.includes(sampler))
    throw new ConfigError('OTEL_TRACES_SAMPLER', `must be one of ${samplers.join(', ')}`);
  const samplerArg = Number(OTEL_TRACES_SAMPLER_ARG || 1);
  if (!(samplerArg >= 0 && samplerArg <= 1)) throw new ConfigError('OTEL_TRACES_SAMPLER_ARG', 'must be from 0 to 1');
  return { exporter, sampler, samplerArg, batches: batchesOf(environment) };
}

/** Not read by the library. The defaults are those of the specification. */
function batchesOf(environment: Readonly<Record<string, string | undefined>>): SpanBatches {
  const number = (name: string, least: number, otherwise: number): number => {
    const text = environment[name] || String(otherwise);
    if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
    throw new ConfigError(name, `must be a whole number from ${least} to 999999999`);
  };
  const maxQueueSize = number('OTEL_BSP_MAX_QUEUE_SIZE', 1, 2048);
  const batches = {
    scheduledDelayMillis: number('OTEL_BSP_SCHEDULE_DELAY', 0, 5000),
    exportTimeoutMillis: number('OTEL_BSP_EXPORT_TIMEOUT', 1, 30_000),
    maxQueueSize,
    maxExportBatchSize: number('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 1, Math.min(512, maxQueueSize)),
  };
  if (batches.maxExportBatchSize > maxQueueSize) {
    throw new ConfigError('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 'must not be more than OTEL_BSP_MAX_QUEUE_SIZE');
  }
  return batches;
}
