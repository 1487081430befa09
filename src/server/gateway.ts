import { ChangeQueue } from '../changes/queue.ts';
import { type Config, isLoopback } from '../config.ts';
import { FilterSupport } from '../filter/support.ts';
import { createClient } from '../upstream/client.ts';
import type { AmbientKey } from './credential.ts';
import { type Logger, unrecognizedNotes } from './log.ts';
import { createGraphQL } from './yoga.ts';

export interface Gateway {
  readonly graphql: ReturnType<typeof createGraphQL>;
  /** Lets calls to the API finish and closes their connections. */
  close(): Promise<void>;
}

/** A gateway to one Access Profile API, not listening anywhere yet. */
export function createGateway(options: {
  readonly upstreamOrigin: string;
  readonly upstreamTimeoutMs: number;
  readonly ambientKey: AmbientKey | null;
  readonly log: Logger;
}): Gateway {
  const { upstreamOrigin, upstreamTimeoutMs, ambientKey, log } = options;
  const client = createClient({
    origin: upstreamOrigin,
    timeoutMs: upstreamTimeoutMs,
    notes: unrecognizedNotes(log),
  });
  return {
    graphql: createGraphQL({ client, support: new FilterSupport(), queue: new ChangeQueue(), ambientKey, log }),
    close: () => client.close(),
  };
}

/** The configured key serves callers without one, as long as nobody but this machine can be a caller. */
export function ambientKeyOf({ apiKey, host }: Pick<Config, 'apiKey' | 'host'>): AmbientKey | null {
  if (apiKey === null || !isLoopback(host)) return null;
  return { authorization: `Bearer ${apiKey}`, servesHost: isLoopback };
}
