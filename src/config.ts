import { z } from 'zod';
import { ConfigError } from './config/config-error.ts';
import { flagOf, parseFlags } from './config/flags.ts';
import { nearestTo } from './config/nearest.ts';
import { checkKey, documentsOf, rateLimitOf, serviceOf } from './config/related-settings.ts';
import { readSeparationRules } from './config/separation-rules.ts';
import { limitSettings, type SettingValues, settingDocs, settings } from './config/settings.ts';
import { tracingOf } from './config/tracing.ts';

export { ConfigError } from './config/config-error.ts';
export { flagOf, parseFlags } from './config/flags.ts';
export { isLoopback } from './config/loopback.ts';
export { nearestTo } from './config/nearest.ts';
export type { RedisAddress } from './config/redis-address.ts';
export type { DocumentsSource, RateLimit, ServiceMode } from './config/related-settings.ts';
export { printSettings, settingDocs } from './config/settings.ts';
export type { TracingConfig } from './config/tracing.ts';

/** Everything that can be set, read once at the start. The table of settings says what each value means. */
export type Config = ReturnType<typeof loadConfig>;

/** Limits of one request, by the setting that a refusal names. */
export type Limits = Pick<SettingValues, keyof typeof limitSettings>;

/** The names of all variables, in the order of the README's table. */
export const variableNames: readonly string[] = settingDocs.map(({ name }) => name);

/**
 * Reads flags (`--port 4001`) over environment variables (`PORT=4001`) over defaults. Throws ConfigError naming the
 * variable that can't be used, or the flag that doesn't exist.
 */
export function loadConfig(
  argv: readonly string[] = [],
  environment: Readonly<Record<string, string | undefined>> = process.env,
) {
  const flags = parseFlags(argv, Object.fromEntries(variableNames.map((name) => [flagOf(name), 'string' as const])));
  const given = { ...pick((name) => environment[name]), ...pick((name) => flags[flagOf(name)]?.at(-1)) };
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(String(issue?.path[0] ?? 'configuration'), issue?.message ?? 'cannot be used');
  }
  const values = parsed.data;
  const service = serviceOf(values);
  checkKey(values, service);
  return Object.freeze({
    /** Null: the embedded sandbox is started and used. */
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

/** Environment variables that are no setting but differ from one by one letter, with that setting. */
export function misspeltSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): readonly (readonly [given: string, meant: string])[] {
  return Object.keys(environment).flatMap((given) => {
    // Short names are too often those of other programs.
    const meant = given.includes('_') && !variableNames.includes(given) ? nearestTo(given, variableNames, 1) : null;
    return meant === null ? [] : [[given, meant] as const];
  });
}

/** Sets NODE_ENV to production unless it is set. graphql reads it once, when it is loaded, and else checks every type twice. */
export function defaultToProduction(): void {
  process.env['NODE_ENV'] ??= 'production';
}

function pick(textOf: (name: string) => string | undefined): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of variableNames) {
    const value = textOf(name);
    if (value !== undefined) picked[name] = value.trim();
  }
  return picked;
}
