/** A number, a text, `true` or `false` for `on` or `off`, or a list where a setting takes several values. */
export type SettingValue = string | number | boolean | readonly string[] | undefined;

/** The settings of docs/operations.md, except those of the server that an embedded gateway does not have. */
export interface GatewaySettings {
  /** The tenant: `acme.vezacloud.com` or `https://acme.vezacloud.com`. Default: the embedded sandbox. */
  readonly VEZA_URL?: SettingValue;
  /** The key for callers without a key of their own. Only used on a loopback `HOST`, or for all callers in service mode. Default: none. */
  readonly VEZA_API_KEY?: SettingValue;
  /** `silent`, `error`, `warn`, `info` or `debug`. `info` writes one JSON line per request, without keys, variables or answers. Default: `info`. */
  readonly LOG_LEVEL?: SettingValue;
  /** `off` does not serve the GraphiQL page. Default: `on`. */
  readonly GRAPHIQL?: SettingValue;
  /** Milliseconds that one call to the Veza API may take. Default: `10000`. */
  readonly UPSTREAM_TIMEOUT_MS?: SettingValue;
  /** Milliseconds that one GraphQL operation may take, with all its reads. A write that has begun is finished. Default: `30000`. */
  readonly REQUEST_TIMEOUT_MS?: SettingValue;
  /** Maximum concurrent calls to the Veza API. Up to 2,048 more wait; any beyond fail with `OVERLOADED`. Default: `128`. */
  readonly UPSTREAM_CONCURRENCY?: SettingValue;
  /** Maximum pages per list. A longer list fails. Default: `10000`. */
  readonly MAX_PAGES?: SettingValue;
  /** Seconds for which a snapshot (a cached scan of all profiles) answers further questions of the same caller about the whole tenant. `0` caches nothing. Default: `30`. */
  readonly SNAPSHOT_TTL_SECONDS?: SettingValue;
  /** Maximum profiles in all cached snapshots. The least recently used snapshots are dropped first. Default: `200000`. */
  readonly SNAPSHOT_MAX_PROFILES?: SettingValue;
  /** Seconds between two scans of all profiles for the subscriptions of one caller. Default: `15`. */
  readonly WATCH_INTERVAL_SECONDS?: SettingValue;
  /** Maximum open subscriptions of one caller. Default: `20`. */
  readonly MAX_STREAMS_PER_CALLER?: SettingValue;
  /** Maximum open subscriptions of all callers. Default: `1000`. */
  readonly MAX_STREAMS?: SettingValue;
  /** Seconds for which types, data sources and policies that a caller has read answer fields that name them, such as `type`, in further queries of that caller. The lists themselves, and what is not cached, are always read. `0` caches nothing. Default: `60`. */
  readonly TYPES_TTL_SECONDS?: SettingValue;
  /** Memory for decoded rows, in bytes. A row that the Veza API sends again byte for byte is not decoded again. `0` caches nothing. Default: `32000000`. */
  readonly ROW_CACHE_BYTES?: SettingValue;
  /** `on` executes operations by plans that are made once per document. `off` uses the `execute` of graphql, which is slower and answers the same. Default: `on`. */
  readonly PREPARED_EXECUTION?: SettingValue;
  /** `on` executes identical queries of one caller once if they come within 250 ms of each other, the first is still running and no write came between. `off` executes each. Default: `on`. */
  readonly SHARED_OPERATIONS?: SettingValue;
  /** `off` refuses introspection, which GraphiQL needs for completion and its documentation, and leaves names of the schema out of error messages. Default: `on`. */
  readonly INTROSPECTION?: SettingValue;
  /** A file of persisted documents, or `redis`. Default: none. */
  readonly PERSISTED_DOCUMENTS?: SettingValue;
  /** `on` answers persisted documents only. Default: `off`. */
  readonly PERSISTED_DOCUMENTS_ONLY?: SettingValue;
  /** `on` keeps a document that a client sends with its SHA-256, so that the client can send the hash alone from then on. `off` answers such a hash with `PersistedQueryNotSupported`. Default: `on`. */
  readonly AUTOMATIC_PERSISTED_QUERIES?: SettingValue;
  /** Origins whose pages may send requests, such as `https://app.acme.example`, divided by commas. Default: none. */
  readonly CORS_ORIGINS?: SettingValue;
  /** Request headers that those pages may send besides the usual ones, divided by commas. Default: none. */
  readonly CORS_HEADERS?: SettingValue;
  /** A file of rules of separation of duties, in YAML or JSON. Default: none. */
  readonly SEPARATION_RULES?: SettingValue;
  /** Service mode: the `iss` of the tokens of callers. Default: none. */
  readonly JWT_ISSUER?: SettingValue;
  /** Service mode: the `aud` of the tokens of callers. Default: none. */
  readonly JWT_AUDIENCE?: SettingValue;
  /** Service mode: the URL of the public keys of the identity provider. It must be `https`. Default: none. */
  readonly JWT_JWKS_URL?: SettingValue;
  /** Service mode: the claim that permits mutations, such as `roles=access-profile-admin`. Default: nobody. */
  readonly JWT_MUTATION_CLAIM?: SettingValue;
  /** Maximum bytes of a request body. A larger one is answered with 413. Default: `1000000`. */
  readonly MAX_BODY_BYTES?: SettingValue;
  /** Maximum tokens of a document, and maximum fields of an operation with its fragments written out. Default: `5000`. */
  readonly MAX_TOKENS?: SettingValue;
  /** Maximum nesting of fields. Default: `15`. */
  readonly MAX_DEPTH?: SettingValue;
  /** Maximum aliases and repeated fields of an operation. Default: `150`. */
  readonly MAX_ALIASES?: SettingValue;
  /** Maximum fields of `Query` or `Mutation` in one operation. Default: `120`. */
  readonly MAX_ROOT_FIELDS?: SettingValue;
  /** Maximum directives of a document. Default: `50`. */
  readonly MAX_DIRECTIVES?: SettingValue;
  /** Maximum nesting of lists and objects in variables and arguments. Default: `30`. */
  readonly MAX_INPUT_DEPTH?: SettingValue;
  /** Maximum cost of an operation, in calls to the Veza API (how cost is counted). Default: `1000`. */
  readonly MAX_COST?: SettingValue;
  /** Maximum values of an answer: fields of each object and elements of lists. A larger answer fails with `ANSWER_LIMIT`. Default: `1000000`. */
  readonly MAX_ANSWER_VALUES?: SettingValue;
  /** Maximum values in variables and arguments: each scalar, list and object. Default: `5000`. */
  readonly MAX_INPUT_VALUES?: SettingValue;
  /** Maximum cost of all operations of one caller within a window. At least `MAX_COST`. `0` sets no limit. Default: `0`. */
  readonly RATE_LIMIT?: SettingValue;
  /** Seconds after which the limit is available again. Default: `60`. */
  readonly RATE_LIMIT_WINDOW_SECONDS?: SettingValue;
  /** A Redis that replicas share: `redis://user:password@host:port/database`, `redis-sentinel://host:port,host:port/primary-name` or `redis-cluster://host:port,host:port`; `rediss` for TLS. Default: none. */
  readonly REDIS_URL?: SettingValue;
  /** Milliseconds that an operation waits for Redis. Then Redis counts as away until it answers a check. Default: `250`. */
  readonly REDIS_TIMEOUT_MS?: SettingValue;
}
