import type { DocumentName, Variables } from './documents.ts';

/** A client with a cache of its own. Each answer is the data of the operation. */
export interface CachedClient {
  /** What the cache says of data or policies that it can't use. */
  readonly complaints: readonly string[];
  /** Asks the gateway, and puts the answer into the cache. */
  ask(name: DocumentName, variables: Variables): Promise<unknown>;
  /** Reads the cache alone; null where something is not in it. */
  cached(name: DocumentName, variables: Variables): Promise<unknown>;
}

/** Sends a request to the gateway as `fetch` does. */
export type Send = (request: Request) => Promise<Response>;

export function fetchThrough(send: Send): typeof fetch {
  return (url, init) => send(new Request(url, init));
}
