import { z } from 'zod';

/** The address of Redis: one server, a primary that Sentinels name, or a cluster. */
export interface RedisAddress {
  readonly kind: 'server' | 'sentinel' | 'cluster';
  /** The server, some Sentinels, or some nodes of the cluster. */
  readonly nodes: readonly RedisNode[];
  readonly tls: boolean;
  readonly credentials: RedisCredentials;
  /** The credentials for Sentinels; the servers behind them have `credentials`. */
  readonly sentinelCredentials: RedisCredentials;
  /** The name under which Sentinels watch the primary; empty for the other kinds. */
  readonly primary: string;
  readonly database: number;
}

export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

export interface RedisCredentials {
  readonly username?: string;
  readonly password?: string;
}

const redisUrlForm =
  'must be redis://host:port, redis-sentinel://host:port,host:port/primary-name or redis-cluster://host:port,host:port, with rediss in place of redis for TLS; with user:password@ before the hosts where it is needed, percent-encoded, and with /number at the end for a database of a single server or of a primary';

const form =
  /^redis(?<tls>s?)(?:-(?<kind>sentinel|cluster))?:\/\/(?:(?<username>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@)?(?<hosts>[^@/?#]+)(?<path>\/[^?#]*)?(?:\?(?<query>[^#]*))?$/;

/** REDIS_URL, as an address. */
export const redisAddress = z.string().transform((text, context) => {
  const address = parseRedisUrl(text);
  if (address === null) context.addIssue({ code: 'custom', message: redisUrlForm });
  return address ?? z.NEVER;
});

/** null where any part of it would have to be ignored or guessed. */
function parseRedisUrl(text: string): RedisAddress | null {
  const { tls, kind = 'server', username, password, hosts = '', path = '', query } = form.exec(text)?.groups ?? {};
  const nodes = hosts.split(',').map((host) => parseNode(host, kind === 'sentinel' ? 26_379 : 6379));
  if (kind === 'server' && nodes.length > 1) return null;
  const place = parsePath(kind, path);
  const sentinelCredentials = parseSentinelCredentials(kind, query);
  try {
    const credentials = credentialsOf(decodeURIComponent(username ?? ''), decodeURIComponent(password ?? ''));
    if (tls === undefined || place === null || sentinelCredentials === null || !isKind(kind)) return null;
    const known = nodes.filter((node) => node !== null);
    if (known.length < nodes.length) return null;
    return { kind, nodes: known, tls: tls === 's', credentials, sentinelCredentials, ...place };
  } catch {
    // A user or password has to be percent-encoded.
    return null;
  }
}

function isKind(text: string): text is RedisAddress['kind'] {
  return text === 'server' || text === 'sentinel' || text === 'cluster';
}

function parseNode(text: string, defaultPort: number): RedisNode | null {
  if (!URL.canParse(`redis://${text}`)) return null;
  const { hostname, port } = new URL(`redis://${text}`);
  return hostname === '' ? null : { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || defaultPort) };
}

/** A server may have `/database`, Sentinels need `/name` and may have `/name/database`, a cluster has one database only. */
function parsePath(kind: string, path: string): Pick<RedisAddress, 'primary' | 'database'> | null {
  const forms = { server: /^\/?(?<database>\d{0,5})$/, cluster: /^\/?$/ };
  const sentinel = /^\/(?<primary>[\w.-]+)(?:\/(?<database>\d{0,5}))?$/;
  const match = (kind === 'server' || kind === 'cluster' ? forms[kind] : sentinel).exec(path);
  if (match === null) return null;
  const { primary = '', database } = match.groups ?? {};
  return { primary, database: Number(database || 0) };
}

const sentinelParameters = ['sentinel_username', 'sentinel_password'];

function parseSentinelCredentials(kind: string, query: string | undefined): RedisCredentials | null {
  const given = new URLSearchParams(query ?? '');
  if (query !== undefined && kind !== 'sentinel') return null;
  if ([...given.keys()].some((name) => !sentinelParameters.includes(name))) return null;
  return credentialsOf(given.get('sentinel_username') ?? '', given.get('sentinel_password') ?? '');
}

function credentialsOf(username: string, password: string): RedisCredentials {
  return { ...(username !== '' && { username }), ...(password !== '' && { password }) };
}
