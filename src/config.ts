import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ConfigError } from './config/config-error.ts';
import { type DocumentsSource, documentsOf } from './config/documents.ts';
import {
  blankIsUnset,
  digits,
  isHeaderName,
  isOrigin,
  isSafeUrl,
  listOf,
  onOrOff,
  originOf,
  text,
  wholeNumber,
} from './config/fields.ts';
import { type RateLimit, rateLimitOf } from './config/rate-limit.ts';
import { parseRedisUrl, type RedisAddress, redisUrlForm } from './config/redis-address.ts';
import { checkKey, type ServiceMode, serviceOf } from './config/service.ts';
import { type TracingConfig, tracingOf } from './config/tracing.ts';

export { ConfigError } from './config/config-error.ts';
export type { DocumentsSource } from './config/documents.ts';
export { isLoopback } from './config/loopback.ts';
export type { RateLimit } from './config/rate-limit.ts';
export type { RedisAddress } from './config/redis-address.ts';
export type { ServiceMode } from './config/service.ts';
export type { TracingConfig } from './config/tracing.ts';

/** Everything that can be set, read once at the start. */
export interface Config {
  /** Where the Access Profile API is; null: the embedded sandbox is started and used. */
  readonly upstreamOrigin: string | null;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** For callers without a key of their own, on a loopback address only; in service mode for all. */
  readonly apiKey: string | null;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Whether the GraphiQL page is served. */
  readonly graphiql: boolean;
  /** Where health and metrics are; null: beside GraphQL. */
  readonly adminPort: number | null;
  /** Milliseconds for requests to finish in when the process is told to end. */
  readonly shutdownTimeoutMs: number;
  /** Whether the schema may be asked for. */
  readonly introspection: boolean;
  readonly persistedDocuments: DocumentsSource;
  /** Whether nothing else is answered. */
  readonly persistedDocumentsOnly: boolean;
  /** Origins whose pages may read answers. */
  readonly corsOrigins: readonly string[];
  /** Request headers that those pages may send, besides the usual ones. */
  readonly corsHeaders: readonly string[];
  /** Service mode: who vouches for callers; null: each caller brings a key of the API. */
  readonly service: ServiceMode | null;
  /** Traces by OpenTelemetry's own variables; null: none. */
  readonly tracing: TracingConfig | null;
  /** What is refused before any call to the API. */
  readonly limits: Limits;
  /** What each caller may use up; null: as much as they like. */
  readonly rateLimit: RateLimit | null;
  /** The Redis that gateways share; null: they share nothing. */
  readonly redis: RedisAddress | null;
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
  /** Seconds for which types serve as reference data for further operations of the same caller; 0: not at all. */
  readonly typesTtlSeconds: number;
  /** Memory for profiles that are kept, so as not to decode again what the API repeats byte for byte; 0: none. */
  readonly rowCacheBytes: number;
  /** Whether queries are executed by plans that are made once per document. */
  readonly preparedExecution: boolean;
  /** Whether identical queries of one caller that are under way at the same time are executed once. */
  readonly sharedOperations: boolean;
}

/** How much one request may ask for; each is named after its variable where it refuses. */
export interface Limits {
  /** Bytes of a request's body. */
  readonly MAX_BODY_BYTES: number;
  /** Tokens of a document, and fields of an operation with its fragments written out. */
  readonly MAX_TOKENS: number;
  /** Fields within one another. */
  readonly MAX_DEPTH: number;
  /** Aliases, and repetitions of a field without one. */
  readonly MAX_ALIASES: number;
  readonly MAX_ROOT_FIELDS: number;
  readonly MAX_DIRECTIVES: number;
  /** Lists and objects within one another, in variables and arguments. */
  readonly MAX_INPUT_DEPTH: number;
  /** In calls to the API; `server/limits/cost-model` says how they are counted. */
  readonly MAX_COST: number;
  /** Values of an answer: fields of each object, and elements of lists of scalars. */
  readonly MAX_ANSWER_VALUES: number;
  /** Values of the variables: each scalar, list and object. */
  readonly MAX_INPUT_VALUES: number;
}

/** One row per variable; the flag of the same name is its kebab-case form. */
const settings = z.object({
  VEZA_URL: z.preprocess(blankIsUnset, z.string().transform(originOf).nullable().default(null)),
  VEZA_API_KEY: z.preprocess(
    blankIsUnset,
    z
      .string()
      .regex(/^[\x21-\x7e]+$/, 'must be one line of printable characters, without "Bearer"')
      .nullable()
      .default(null),
  ),
  HOST: z.preprocess(
    blankIsUnset,
    z
      .string()
      .regex(/^[\w.:-]+$/, 'must be a host name or an address, such as 127.0.0.1 or 0.0.0.0')
      .default('127.0.0.1'),
  ),
  PORT: wholeNumber(0, 65_535, 4000),
  LOG_LEVEL: z.preprocess(
    blankIsUnset,
    z.enum(['silent', 'error', 'warn', 'info', 'debug'], 'must be silent, error, warn, info or debug').default('info'),
  ),
  GRAPHIQL: onOrOff('on'),
  UPSTREAM_TIMEOUT_MS: wholeNumber(1, 600_000, 10_000),
  REQUEST_TIMEOUT_MS: wholeNumber(1, 3_600_000, 30_000),
  UPSTREAM_CONCURRENCY: wholeNumber(1, 10_000, 128),
  MAX_PAGES: wholeNumber(1, 1_000_000, 10_000),
  SNAPSHOT_TTL_SECONDS: wholeNumber(0, 86_400, 30),
  SNAPSHOT_MAX_PROFILES: wholeNumber(0, 100_000_000, 200_000),
  TYPES_TTL_SECONDS: wholeNumber(0, 86_400, 60),
  ROW_CACHE_BYTES: wholeNumber(0, 1_000_000_000, 32_000_000),
  PREPARED_EXECUTION: onOrOff('on'),
  SHARED_OPERATIONS: onOrOff('on'),
  INTROSPECTION: onOrOff('on'),
  PERSISTED_DOCUMENTS: text(),
  PERSISTED_DOCUMENTS_ONLY: onOrOff('off'),
  CORS_ORIGINS: listOf(isOrigin, 'must be origins such as https://app.acme.example, divided by commas'),
  CORS_HEADERS: listOf(isHeaderName, 'must be names of headers such as x-team, divided by commas'),
  ADMIN_PORT: z.preprocess(blankIsUnset, digits(0, 65_535).nullable().default(null)),
  SHUTDOWN_TIMEOUT_MS: wholeNumber(0, 3_600_000, 25_000),
  JWT_ISSUER: text(),
  JWT_AUDIENCE: text(),
  JWT_JWKS_URL: z.preprocess(
    blankIsUnset,
    z.string().refine(isSafeUrl, 'must be an https:// URL; http:// only on this machine').nullable().default(null),
  ),
  JWT_MUTATION_CLAIM: z.preprocess(
    blankIsUnset,
    z
      .string()
      .transform((value, context) => {
        const { name, wanted } = /^(?<name>[^=\s]+)=(?<wanted>.+)$/.exec(value)?.groups ?? {};
        if (name !== undefined && wanted !== undefined) return { name, value: wanted };
        context.addIssue({
          code: 'custom',
          message: 'must be a claim and its value, such as roles=access-profile-admin',
        });
        return z.NEVER;
      })
      .nullable()
      .default(null),
  ),
  MAX_BODY_BYTES: wholeNumber(1, 100_000_000, 1_000_000),
  MAX_TOKENS: wholeNumber(1, 100_000, 5000),
  MAX_DEPTH: wholeNumber(1, 100, 15),
  // A hundred profiles by their ids, each under an alias, is a thing to ask.
  MAX_ALIASES: wholeNumber(0, 10_000, 150),
  MAX_ROOT_FIELDS: wholeNumber(1, 1000, 120),
  MAX_DIRECTIVES: wholeNumber(0, 10_000, 50),
  MAX_INPUT_DEPTH: wholeNumber(1, 100, 30),
  MAX_COST: wholeNumber(1, 1_000_000, 1000),
  MAX_ANSWER_VALUES: wholeNumber(1, 100_000_000, 1_000_000),
  MAX_INPUT_VALUES: wholeNumber(1, 1_000_000, 10_000),
  RATE_LIMIT: wholeNumber(0, 100_000_000, 0),
  RATE_LIMIT_WINDOW_SECONDS: wholeNumber(1, 86_400, 60),
  REDIS_URL: z.preprocess(
    blankIsUnset,
    z
      .string()
      .transform((value, context) => {
        const address = parseRedisUrl(value);
        if (address === null) context.addIssue({ code: 'custom', message: redisUrlForm });
        return address ?? z.NEVER;
      })
      .nullable()
      .default(null),
  ),
});

/** The names of all variables, in the order of the README's table. */
export const variableNames: readonly string[] = Object.keys(settings.shape);

/**
 * Reads flags (`--port 4001`) over environment variables (`PORT=4001`) over defaults. Throws ConfigError naming the
 * variable that can't be used, or the flag that doesn't exist.
 */
export function loadConfig(
  argv: readonly string[] = [],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const given = { ...pick(environment), ...pick(parseFlags(argv)) };
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
    typesTtlSeconds: values.TYPES_TTL_SECONDS,
    rowCacheBytes: values.ROW_CACHE_BYTES,
    preparedExecution: values.PREPARED_EXECUTION,
    sharedOperations: values.SHARED_OPERATIONS,
    introspection: values.INTROSPECTION,
    persistedDocuments: documentsOf(values),
    persistedDocumentsOnly: values.PERSISTED_DOCUMENTS_ONLY,
    corsOrigins: values.CORS_ORIGINS,
    corsHeaders: values.CORS_HEADERS,
    adminPort: values.ADMIN_PORT,
    shutdownTimeoutMs: values.SHUTDOWN_TIMEOUT_MS,
    service,
    tracing: tracingOf(environment),
    limits: limitsOf(values),
    rateLimit: rateLimitOf(values),
    redis: values.REDIS_URL,
  });
}

function limitsOf(values: Limits): Limits {
  const { MAX_BODY_BYTES, MAX_TOKENS, MAX_DEPTH, MAX_ALIASES } = values;
  const { MAX_ROOT_FIELDS, MAX_DIRECTIVES, MAX_INPUT_DEPTH, MAX_INPUT_VALUES, MAX_COST, MAX_ANSWER_VALUES } = values;
  return Object.freeze({
    MAX_BODY_BYTES,
    MAX_TOKENS,
    MAX_DEPTH,
    MAX_ALIASES,
    MAX_ROOT_FIELDS,
    MAX_DIRECTIVES,
    MAX_INPUT_DEPTH,
    MAX_INPUT_VALUES,
    MAX_COST,
    MAX_ANSWER_VALUES,
  });
}

/**
 * Tells libraries that this is no workshop, unless somebody says it is. graphql asks once, when it is loaded, and
 * otherwise looks twice at every type.
 */
export function defaultToProduction(): void {
  process.env['NODE_ENV'] ??= 'production';
}

export function flagOf(variable: string): string {
  return variable.toLowerCase().replaceAll('_', '-');
}

function parseFlags(argv: readonly string[]): Record<string, string | undefined> {
  const options = Object.fromEntries(variableNames.map((name) => [flagOf(name), { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ args: [...argv], options, strict: true, allowPositionals: false });
    return Object.fromEntries(
      variableNames.map((name) => {
        const value = values[flagOf(name)];
        return [name, typeof value === 'string' ? value : undefined];
      }),
    );
  } catch (error) {
    throw new ConfigError('arguments', error instanceof Error ? error.message : 'can not be read');
  }
}

function pick(source: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of variableNames) {
    const value = source[name];
    if (value !== undefined) picked[name] = value.trim();
  }
  return picked;
}
