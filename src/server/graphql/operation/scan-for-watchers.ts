import type { FilterSupport } from '../../../filter/support.ts';
import type { UpstreamCall } from '../../../loaders/call.ts';
import type { CallerMemory } from '../../../loaders/caller-memory.ts';
import type { ChangeFeedsOptions } from '../../../loaders/change-feeds.ts';
import { createLoaders } from '../../../loaders/index.ts';
import type { OfferedCalls } from '../../../loaders/offered-calls.ts';
import type { SnapshotStore } from '../../../loaders/snapshot-store.ts';
import type { UpstreamClient } from '../../../upstream/client.ts';
import { startDeadline } from './deadline.ts';

export interface WatcherScanOptions {
  readonly client: UpstreamClient;
  readonly support: FilterSupport;
  readonly snapshots: SnapshotStore;
  readonly offered: OfferedCalls;
  readonly memory: CallerMemory;
  readonly maxPages: number;
  readonly requestTimeoutMs: number;
}

/** Reads everything for those who watch: a snapshot of the caller that is new enough, or a scan that becomes one. */
export function scanForWatchers(options: WatcherScanOptions): ChangeFeedsOptions['scan'] {
  const { client, support, snapshots, offered, memory, maxPages, requestTimeoutMs } = options;
  return async ({ authorization, extraInfo, readSince }) => {
    const deadline = startDeadline(requestTimeoutMs, new AbortController().signal);
    const scan = (signal: AbortSignal | undefined) => {
      const call: UpstreamCall = (endpoint, params) =>
        client.call(endpoint, params, { authorization, ...(signal && { signal }) });
      return createLoaders({
        call,
        support,
        extraInfo,
        followsEdges: false,
        wantsWhole: true,
        maxPages,
        cached: { types: null, datasources: null, policies: null },
        offered,
        requestable: false,
        datasources: false,
        policies: false,
        callsLeft: () => Number.POSITIVE_INFINITY,
        memory: memory.of(authorization),
        countTrust: memory.countTrustOf(authorization),
        signal,
        snapshots: {
          kept: () => null,
          read: () => Promise.reject(new Error('a scan reads no snapshot')),
          expectedSize: () => snapshots.sizeFor(authorization),
          generation: () => snapshots.generationFor(authorization),
        },
      }).inheritance.all();
    };
    const read = (reuse: 'shared' | 'fresh') =>
      snapshots.read({ authorization, extraInfo, reuse, signal: deadline.signal, readSince }, scan);
    try {
      const shared = await read('shared');
      // One that was under way may have begun too early.
      return shared.readAt >= readSince ? shared : await read('fresh');
    } finally {
      deadline.end();
    }
  };
}
