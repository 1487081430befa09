import type { RedisClientType } from '@redis/client';

/**
 * A client for one connection, that does not come back by itself: a new connection starts from nothing, so that nothing
 * that was missed is taken for heard. The library is loaded with the first.
 */
export async function newClient(url: string, connectTimeoutMs: number): Promise<RedisClientType> {
  const { createClient } = await import('@redis/client');
  return createClient({
    url,
    // Commands and messages on one connection.
    RESP: 3,
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: { reconnectStrategy: false, connectTimeout: connectTimeoutMs },
  });
}
