import type { RedisAddress } from '../../config.ts';
import { reasonOf, within } from './failure.ts';
import { documentsKey } from './keys.ts';
import { newClient } from './new-client.ts';

export interface Publication {
  readonly address: RedisAddress;
  readonly upstreamOrigin: string;
  /** Documents by their ids, each the SHA-256 of its document. */
  readonly documents: ReadonlyMap<string, string>;
}

const timeoutMs = 10_000;

/**
 * Adds documents to those that gateways to one API find in Redis: all of them or none, and none is taken away. Returns how
 * many are new. Throws an Error that says why in a word.
 */
export async function publishDocuments({ address, upstreamOrigin, documents }: Publication): Promise<number> {
  if (documents.size === 0) return 0;
  let lastError: unknown = null;
  const onError = (error: unknown) => {
    lastError = error;
  };
  const client = await newClient(address, { connectTimeoutMs: timeoutMs, reconnectMs: false, onError });
  try {
    await within(timeoutMs, client.connect());
    return await within(timeoutMs, client.hSet(documentsKey(upstreamOrigin), new Map(documents)));
  } catch (error) {
    throw new Error(`The gateway cannot use Redis (REDIS_URL): ${reasonOf(lastError ?? error)}`, { cause: error });
  } finally {
    if (client.isOpen) await client.destroy();
  }
}
