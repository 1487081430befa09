import { z } from 'zod';
import { claim, isHeaderName, isOrigin, isSafeUrl, list, onOrOff, origin, wholeNumber } from './parsers.ts';
import { redisAddress } from './redis-address.ts';

/** A setting as the table of settings and `--help` describe it. */
interface Documented {
  /** The default as it is written, or what stands for it. */
  readonly otherwise: string;
  /** Markdown, one line, without `|`. */
  readonly about: string;
}

const documented = z.registry<Documented>();

const blankIsUnset = (value: unknown): unknown => (value === '' ? undefined : value);

/** A setting that has a default, written as a user would write it. */
function setting<Value>(parse: z.ZodType<Value, string>, otherwise: string, about: string) {
  return z
    .preprocess(blankIsUnset, parse.prefault(otherwise))
    .register(documented, { otherwise: otherwise === '' ? 'none' : `\`${otherwise}\``, about });
}

/** A setting that is null where it is not given. */
function optional<Value>(parse: z.ZodType<Value, string>, about: string, otherwise = 'none') {
  return z.preprocess(blankIsUnset, parse.nullable().default(null)).register(documented, { otherwise, about });
}

/** Limits of one request. A refusal names the setting. */
export const limitSettings = {
  MAX_BODY_BYTES: setting(
    wholeNumber(1, 100_000_000),
    '1000000',
    'Maximum bytes of a request body. A larger one is answered with 413.',
  ),
  MAX_TOKENS: setting(
    wholeNumber(1, 100_000),
    '5000',
    'Maximum tokens of a document, and maximum fields of an operation with its fragments written out.',
  ),
  MAX_DEPTH: setting(wholeNumber(1, 100), '15', 'Maximum nesting of fields.'),
  // A hundred profiles by their ids, each under an alias, must pass.
  MAX_ALIASES: setting(wholeNumber(0, 10_000), '150', 'Maximum aliases and repeated fields of an operation.'),
  MAX_ROOT_FIELDS: setting(wholeNumber(1, 1000), '120', 'Maximum fields of `Query` or `Mutation` in one operation.'),
  MAX_DIRECTIVES: setting(wholeNumber(0, 10_000), '50', 'Maximum directives of a document.'),
  MAX_INPUT_DEPTH: setting(
    wholeNumber(1, 100),
    '30',
    'Maximum nesting of lists and objects in variables and arguments.',
  ),
  MAX_COST: setting(
    wholeNumber(1, 1_000_000),
    '1000',
    'Maximum cost of an operation, in calls to the Veza API ([how cost is counted](../src/server/limits/README.md)).',
  ),
  MAX_ANSWER_VALUES: setting(
    wholeNumber(1, 100_000_000),
    '1000000',
    'Maximum values of an answer: fields of each object and elements of lists. A larger answer fails with `ANSWER_LIMIT`.',
  ),
  MAX_INPUT_VALUES: setting(
    wholeNumber(1, 1_000_000),
    '5000',
    'Maximum values in variables and arguments: each scalar, list and object.',
  ),
};

/**
 * Every setting, in the order of the table in the docs. A new one is added here and nowhere else: its environment
 * variable, its flag (`--kebab-case`), its field in `Config`, its row in the docs and in `--help` follow.
 */
export const settings = z.object({
  VEZA_URL: optional(
    origin,
    'The tenant: `acme.vezacloud.com` or `https://acme.vezacloud.com`.',
    'the embedded sandbox',
  ),
  VEZA_API_KEY: optional(
    z.string().regex(/^[\x21-\x7e]+$/, 'must be one line of printable characters, without "Bearer"'),
    'The key for callers without a key of their own. Only used on a loopback `HOST`, or for all callers in service mode.',
  ),
  HOST: setting(
    z.string().regex(/^[\w.:-]+$/, 'must be a host name or an address, such as 127.0.0.1 or 0.0.0.0'),
    '127.0.0.1',
    'The address to listen on.',
  ),
  PORT: setting(wholeNumber(0, 65_535), '4000', 'The port to listen on. 0 takes a free one.'),
  LOG_LEVEL: setting(
    z.enum(['silent', 'error', 'warn', 'info', 'debug'], 'must be silent, error, warn, info or debug'),
    'info',
    '`silent`, `error`, `warn`, `info` or `debug`. `info` writes one JSON line per request, without keys, variables or answers.',
  ),
  GRAPHIQL: setting(onOrOff, 'on', '`off` does not serve the GraphiQL page.'),
  UPSTREAM_TIMEOUT_MS: setting(
    wholeNumber(1, 600_000),
    '10000',
    'Milliseconds that one call to the Veza API may take.',
  ),
  REQUEST_TIMEOUT_MS: setting(
    wholeNumber(1, 3_600_000),
    '30000',
    'Milliseconds that one GraphQL operation may take, with all its reads. A write that has begun is finished.',
  ),
  UPSTREAM_CONCURRENCY: setting(
    wholeNumber(1, 10_000),
    '128',
    'Maximum concurrent calls to the Veza API. Up to 2,048 more wait; any beyond fail with `OVERLOADED`.',
  ),
  MAX_PAGES: setting(wholeNumber(1, 1_000_000), '10000', 'Maximum pages per list. A longer list fails.'),
  SNAPSHOT_TTL_SECONDS: setting(
    wholeNumber(0, 86_400),
    '30',
    'Seconds for which a snapshot (a cached scan of all profiles) answers further questions of the same caller about the whole tenant. `0` caches nothing.',
  ),
  SNAPSHOT_MAX_PROFILES: setting(
    wholeNumber(0, 100_000_000),
    '200000',
    'Maximum profiles in all cached snapshots. The least recently used snapshots are dropped first.',
  ),
  WATCH_INTERVAL_SECONDS: setting(
    wholeNumber(1, 86_400),
    '15',
    'Seconds between two scans of all profiles for the [subscriptions](versions.md#changes-as-they-happen) of one caller.',
  ),
  MAX_STREAMS_PER_CALLER: setting(wholeNumber(1, 100_000), '20', 'Maximum open subscriptions of one caller.'),
  MAX_STREAMS: setting(wholeNumber(1, 1_000_000), '1000', 'Maximum open subscriptions of all callers.'),
  TYPES_TTL_SECONDS: setting(
    wholeNumber(0, 86_400),
    '60',
    'Seconds for which types, data sources and policies that a caller has read answer fields that name them, such as `type`, in further queries of that caller. The lists themselves, and what is not cached, are always read. `0` caches nothing.',
  ),
  ROW_CACHE_BYTES: setting(
    wholeNumber(0, 1_000_000_000),
    '32000000',
    'Memory for decoded rows, in bytes. A row that the Veza API sends again byte for byte is not decoded again. `0` caches nothing.',
  ),
  PREPARED_EXECUTION: setting(
    onOrOff,
    'on',
    '`on` executes operations by plans that are made once per document. `off` uses the `execute` of graphql, which is slower and answers the same.',
  ),
  SHARED_OPERATIONS: setting(
    onOrOff,
    'on',
    '`on` executes identical queries of one caller once if they come within 250 ms of each other, the first is still running and no write came between. `off` executes each.',
  ),
  INTROSPECTION: setting(
    onOrOff,
    'on',
    '`off` refuses introspection, which GraphiQL needs for completion and its documentation, and leaves names of the schema out of error messages.',
  ),
  PERSISTED_DOCUMENTS: optional(z.string(), 'A file of [persisted documents](#persisted-documents), or `redis`.'),
  PERSISTED_DOCUMENTS_ONLY: setting(onOrOff, 'off', '`on` answers persisted documents only.'),
  AUTOMATIC_PERSISTED_QUERIES: setting(
    onOrOff,
    'on',
    '`on` keeps a document that a client sends with its SHA-256, so that the client can send the hash alone from then on. `off` answers such a hash with `PersistedQueryNotSupported`.',
  ),
  CORS_ORIGINS: setting(
    list(isOrigin, 'must be origins such as https://app.acme.example, divided by commas'),
    '',
    'Origins whose pages may send requests, such as `https://app.acme.example`, divided by commas.',
  ),
  CORS_HEADERS: setting(
    list(isHeaderName, 'must be names of headers such as x-team, divided by commas'),
    '',
    'Request headers that those pages may send besides [the usual ones](#browsers), divided by commas.',
  ),
  SEPARATION_RULES: optional(
    z.string(),
    'A file of [rules of separation of duties](what-if.md#separation-of-duties), in YAML or JSON.',
  ),
  ADMIN_PORT: optional(
    wholeNumber(0, 65_535),
    'A port of its own for [health and metrics](#health-and-metrics).',
    '`PORT`',
  ),
  SHUTDOWN_TIMEOUT_MS: setting(
    wholeNumber(0, 3_600_000),
    '25000',
    'Milliseconds in which running requests may finish after SIGTERM or SIGINT.',
  ),
  JWT_ISSUER: optional(z.string(), '[Service mode](#service-mode): the `iss` of the tokens of callers.'),
  JWT_AUDIENCE: optional(z.string(), 'Service mode: the `aud` of the tokens of callers.'),
  JWT_JWKS_URL: optional(
    z.string().refine(isSafeUrl, 'must be an https:// URL; http:// only on this machine'),
    'Service mode: the URL of the public keys of the identity provider. It must be `https`.',
  ),
  JWT_MUTATION_CLAIM: optional(
    claim,
    'Service mode: the claim that permits mutations, such as `roles=access-profile-admin`.',
    'nobody',
  ),
  ...limitSettings,
  RATE_LIMIT: setting(
    wholeNumber(0, 100_000_000),
    '0',
    'Maximum cost of all operations of [one caller](#limits-per-caller) within a window. At least `MAX_COST`. `0` sets no limit.',
  ),
  RATE_LIMIT_WINDOW_SECONDS: setting(wholeNumber(1, 86_400), '60', 'Seconds after which the limit is available again.'),
  REDIS_URL: optional(
    redisAddress,
    'A Redis that [replicas](#several-replicas) share: `redis://user:password@host:port/database`, `redis-sentinel://host:port,host:port/primary-name` or `redis-cluster://host:port,host:port`; `rediss` for TLS.',
  ),
  REDIS_TIMEOUT_MS: setting(
    wholeNumber(1, 60_000),
    '250',
    'Milliseconds that an operation waits for Redis. Then Redis counts as away until it answers a check.',
  ),
});

/** The values of all settings. */
export type SettingValues = Readonly<z.output<typeof settings>>;

/** The settings of the server, which a gateway inside another server does not have. */
const ofServer: ReadonlySet<string> = new Set(['HOST', 'PORT', 'ADMIN_PORT', 'SHUTDOWN_TIMEOUT_MS']);

export interface SettingDoc extends Documented {
  readonly name: string;
  readonly isOfServer: boolean;
}

/** Each setting with its documentation, in order. */
export const settingDocs: readonly SettingDoc[] = Object.entries(settings.shape).map(([name, schema]) => ({
  name,
  otherwise: '',
  about: '',
  ...documented.get(schema),
  isOfServer: ofServer.has(name),
}));

/** The table of settings in the docs. */
export function printSettings(): string {
  const rows = settingDocs.map(({ name, otherwise, about }) => `| \`${name}\` | ${otherwise} | ${about} |`);
  return ['| variable | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}
