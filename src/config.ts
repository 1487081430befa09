import { z } from 'zod';
import { ConfigError } from './config/config-error.ts';
import { type DocumentsSource, documentsOf } from './config/documents.ts';
import { parseFlags } from './config/flags.ts';
import { nearestTo } from './config/nearest.ts';
import { type RateLimit, rateLimitOf } from './config/rate-limit.ts';
import type { RedisAddress } from './config/redis-address.ts';
import { readSeparationRules } from './config/separation-rules.ts';
import { checkKey, type ServiceMode, serviceOf } from './config/service.ts';
import { limitSettings, settingDocs, settings } from './config/settings.ts';
import { type TracingConfig, tracingOf } from './config/tracing.ts';
import type { SeparationRule } from './model/separation-rule.ts';

export { ConfigError } from './config/config-error.ts';
export type { DocumentsSource } from './config/documents.ts';
export { checkFlags, flagOf, parseFlags } from './config/flags.ts';
export { isLoopback } from './config/loopback.ts';
export { nearestTo } from './config/nearest.ts';
export type { RateLimit } from './config/rate-limit.ts';
export type { RedisAddress } from './config/redis-address.ts';
export type { ServiceMode } from './config/service.ts';
export { printSettings, settingDocs } from './config/settings.ts';
export type { TracingConfig } from './config/tracing.ts';

/** Everything that can be set, read once at the start. */
export interface Config {
  /** The origin of the Veza API; null: the embedded sandbox is started and used. */
  readonly upstreamOrigin: string | null;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** For callers without a key of their own, on a loopback address only; in service mode for all. */
  readonly apiKey: string | null;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Whether the GraphiQL page is served. */
  readonly graphiql: boolean;
  /** The port of health and metrics; null: beside GraphQL. */
  readonly adminPort: number | null;
  /** Milliseconds for requests to finish in when the process is told to end. */
  readonly shutdownTimeoutMs: number;
  /** Whether the schema may be asked for. */
  readonly introspection: boolean;
  readonly persistedDocuments: DocumentsSource;
  /** Whether nothing else is answered. */
  readonly persistedDocumentsOnly: boolean;
  /** Whether a document that comes with its hash is kept under it. */
  readonly automaticPersistedQueries: boolean;
  /** Origins whose pages may read answers. */
  readonly corsOrigins: readonly string[];
  /** Request headers that those pages may send, besides the usual ones. */
  readonly corsHeaders: readonly string[];
  /** Service mode: who vouches for callers; null: each caller brings a key of the API. */
  readonly service: ServiceMode | null;
  /** Traces by OpenTelemetry's own variables; null: none. */
  readonly tracing: TracingConfig | null;
  /** Rules of separation of duties; none without a file of them. */
  readonly separationRules: readonly SeparationRule[];
  /** Limits that are checked before any call to the API. */
  readonly limits: Limits;
  /** The rate limit of each caller; null: none. */
  readonly rateLimit: RateLimit | null;
  /** The Redis that gateways share; null: they share nothing. */
  readonly redis: RedisAddress | null;
  /** Milliseconds that an operation waits for Redis. */
  readonly redisTimeoutMs: number;
  /** Milliseconds that one call to the API may take. */
  readonly upstreamTimeoutMs: number;
  /** Milliseconds that one GraphQL operation may take, with all its reads. */
  readonly requestTimeoutMs: number;
  /** Calls to the API under way at once. */
  readonly upstreamConcurrency: number;
  /** Pages of one list that are read before the API is taken for endless. */
  readonly maxPages: number;
  /** Seconds for which a reading of all profiles serves further questions of the same caller; 0: not at all. */
  readonly snapshotTtlSeconds: number;
  /** Profiles that are kept in memory for that, of all callers together. */
  readonly snapshotMaxProfiles: number;
  /** Subscriptions: milliseconds between two scans, and how many may be open. */
  readonly watch: { readonly intervalMs: number; readonly maxPerCaller: number; readonly maxStreams: number };
  /** Seconds for which types serve as reference data for further operations of the same caller; 0: not at all. */
  readonly typesTtlSeconds: number;
  /** Memory for profiles that are kept, so as not to decode again what the API repeats byte for byte; 0: none. */
  readonly rowCacheBytes: number;
  /** Whether queries are executed by plans that are made once per document. */
  readonly preparedExecution: boolean;
  /** Whether identical queries of one caller that are under way at the same time are executed once. */
  readonly sharedOperations: boolean;
}

/** How much one request may ask for, by the setting that a refusal names. */
export type Limits = Readonly<Pick<z.output<typeof settings>, keyof typeof limitSettings>>;

/** The names of all variables, in the order of the README's table. */
export const variableNames: readonly string[] = settingDocs.map(({ name }) => name);

/**
 * Reads flags (`--port 4001`) over environment variables (`PORT=4001`) over defaults. Throws ConfigError naming the
 * variable that can't be used, or the flag that doesn't exist.
 */
export function loadConfig(
  argv: readonly string[] = [],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const given = { ...pick(environment), ...pick(parseFlags(argv, variableNames)) };
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(String(issue?.path[0] ?? 'configuration'), issue?.message ?? 'can not be used');
  }
  const values = parsed.data;
  const service = serviceOf(values);
  checkKey(values, service);
  return Object.freeze({
    upstreamOrigin: values.VEZA_URL,
    host: values.HOST,
    port: values.PORT,
    apiKey: values.VEZA_API_KEY,
    logLevel: values.LOG_LEVEL,
    graphiql: values.GRAPHIQL,
    upstreamTimeoutMs: values.UPSTREAM_TIMEOUT_MS,
    requestTimeoutMs: values.REQUEST_TIMEOUT_MS,
    upstreamConcurrency: values.UPSTREAM_CONCURRENCY,
    maxPages: values.MAX_PAGES,
    snapshotTtlSeconds: values.SNAPSHOT_TTL_SECONDS,
    snapshotMaxProfiles: values.SNAPSHOT_MAX_PROFILES,
    watch: {
      intervalMs: values.WATCH_INTERVAL_SECONDS * 1000,
      maxPerCaller: values.MAX_STREAMS_PER_CALLER,
      maxStreams: values.MAX_STREAMS,
    },
    typesTtlSeconds: values.TYPES_TTL_SECONDS,
    rowCacheBytes: values.ROW_CACHE_BYTES,
    preparedExecution: values.PREPARED_EXECUTION,
    sharedOperations: values.SHARED_OPERATIONS,
    introspection: values.INTROSPECTION,
    persistedDocuments: documentsOf(values),
    persistedDocumentsOnly: values.PERSISTED_DOCUMENTS_ONLY,
    automaticPersistedQueries: values.AUTOMATIC_PERSISTED_QUERIES,
    corsOrigins: values.CORS_ORIGINS,
    corsHeaders: values.CORS_HEADERS,
    adminPort: values.ADMIN_PORT,
    shutdownTimeoutMs: values.SHUTDOWN_TIMEOUT_MS,
    service,
    tracing: tracingOf(environment),
    separationRules: values.SEPARATION_RULES === null ? [] : readSeparationRules(values.SEPARATION_RULES),
    limits: Object.freeze(z.object(limitSettings).parse(given)),
    rateLimit: rateLimitOf(values),
    redis: values.REDIS_URL,
    redisTimeoutMs: values.REDIS_TIMEOUT_MS,
  });
}

/** Environment variables that nobody reads and that differ from a setting by one letter, with that setting. */
export function misspeltSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): readonly (readonly [given: string, meant: string])[] {
  return Object.keys(environment).flatMap((given) => {
    // Short names, and those without a word of ours before them, are too often somebody else's.
    const meant = given.includes('_') && !variableNames.includes(given) ? nearestTo(given, variableNames, 1) : null;
    return meant === null ? [] : [[given, meant] as const];
  });
}

/** Sets NODE_ENV to production unless it is set. graphql reads it once, when it is loaded, and else checks every type twice. */
export function defaultToProduction(): void {
  process.env['NODE_ENV'] ??= 'production';
}

function pick(source: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of variableNames) {
    const value = source[name];
    if (value !== undefined) picked[name] = value.trim();
  }
  return picked;
}
