import type { RedisAddress } from '../../config.ts';
import { within } from './failure.ts';

/** The part of the Redis client that is used here, the same for a server, Sentinels and a cluster. */
export interface RedisCommands {
  eval(script: string, options: { readonly keys: string[]; readonly arguments: string[] }): Promise<unknown>;
  get(key: string): Promise<string | null>;
  set(key: string, value: string, options: { expiration: { type: 'PX'; value: number } }): Promise<unknown>;
  hGet(key: string, field: string): Promise<string | null | undefined>;
  hSet(key: string, values: Map<string, string>): Promise<number>;
}

export interface RedisClient extends RedisCommands {
  readonly isOpen: boolean;
  connect(): Promise<unknown>;
  destroy(): unknown;
}

export interface ClientSettings {
  readonly connectTimeoutMs: number;
  /** Milliseconds before the client connects again; false: it does not. */
  readonly reconnectMs: number | false;
  /** Hears why a connection could not be made or was lost. */
  readonly onError: (error: unknown) => void;
}

/** Milliseconds between two pings of a connection, and for which it may be silent. */
const pingIntervalMs = 1000;
const silenceMs = 2500;

/** A client of the kind that the address asks for, not connected yet. Loads the library. */
export async function newClient(address: RedisAddress, settings: ClientSettings): Promise<RedisClient> {
  const { createClient, createCluster, createSentinel } = await import('@redis/client');
  const { kind, nodes, tls, credentials, sentinelCredentials, primary, database } = address;
  const { connectTimeoutMs, reconnectMs, onError } = settings;
  const reconnectStrategy = reconnectMs === false ? (false as const) : () => reconnectMs;
  const socket = { connectTimeout: connectTimeoutMs, socketTimeout: silenceMs, reconnectStrategy, ...(tls && { tls }) };
  const connection = {
    socket,
    pingInterval: pingIntervalMs,
    // Nobody waits for a connection to come back.
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
  } as const;
  if (kind === 'cluster') {
    const rootNodes = nodes.map(({ host, port }) => ({ socket: { ...socket, host, port } }));
    return createCluster({
      rootNodes,
      defaults: { ...connection, ...credentials },
      topologyRefreshOnReconnectionAttemptStrategy: pingIntervalMs,
    })
      .on('error', onError)
      .on('node-error', onError);
  }
  if (kind === 'sentinel') {
    return createSentinel({
      name: primary,
      sentinelRootNodes: [...nodes],
      nodeClientOptions: { ...connection, ...credentials, database },
      sentinelClientOptions: { ...connection, ...sentinelCredentials },
      passthroughClientErrorEvents: true,
      // Commands wait while Sentinels are asked. So they are asked only when they say something or the primary fails.
      maxCommandRediscovers: 1,
    }).on('error', (error: unknown) => {
      // Some of its errors are texts about an error that it emits as well.
      if (error instanceof Error) onError(error);
    });
  }
  const [node] = nodes;
  return createClient({ ...connection, ...credentials, database, socket: { ...socket, ...node } }).on('error', onError);
}

/** Connects, runs one command and disconnects. Rejects with the reason (`reasonOf`) if there is no answer in time. */
export async function runOnce<T>(
  address: RedisAddress,
  timeoutMs: number,
  command: (redis: RedisCommands) => Promise<T>,
): Promise<T> {
  let lastError: unknown = null;
  const onError = (error: unknown) => {
    lastError = error;
  };
  const client = await newClient(address, { connectTimeoutMs: timeoutMs, reconnectMs: false, onError });
  try {
    await within(timeoutMs, client.connect());
    return await within(timeoutMs, command(client));
  } catch (error) {
    throw lastError ?? error;
  } finally {
    if (client.isOpen) await client.destroy();
  }
}
