import { ConfigError } from './config-error.ts';

/** What OpenTelemetry's variables say; those of its OTLP exporter are read by itself. */
export interface TracingConfig {
  readonly exporter: 'otlp' | 'console';
  readonly sampler: string;
  /** The share of traces to keep, for samplers that take one. */
  readonly samplerArg: number;
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
  const sampler = OTEL_TRACES_SAMPLER || 'parentbased_always_on';
  if (!samplers.includes(sampler))
    throw new ConfigError('OTEL_TRACES_SAMPLER', `must be one of ${samplers.join(', ')}`);
  const samplerArg = Number(OTEL_TRACES_SAMPLER_ARG || 1);
  if (!(samplerArg >= 0 && samplerArg <= 1)) throw new ConfigError('OTEL_TRACES_SAMPLER_ARG', 'must be from 0 to 1');
  return { exporter, sampler, samplerArg };
}
