import { type Config, ConfigError, type DocumentsSource, isLoopback } from '../config.ts';
import { FilterSupport } from '../filter/support.ts';
import { CallerMemory } from '../loaders/caller-memory.ts';
import { ChangeFeeds } from '../loaders/change-feeds.ts';
import { OfferedCalls } from '../loaders/offered-calls.ts';
import { ReferenceCache } from '../loaders/reference-cache.ts';
import { SnapshotStore } from '../loaders/snapshot-store.ts';
import { ChangeQueue } from '../mutations/queue.ts';
import { UpdateMasks } from '../mutations/update-masks.ts';
import { createClient } from '../upstream/client.ts';
import type { AmbientKey } from './auth/caller.ts';
import { type PersistedDocuments, readPersistedDocuments } from './graphql/documents/persisted-documents.ts';
import { scanForWatchers } from './graphql/operation/scan-for-watchers.ts';
import type { ReferenceCaches } from './graphql/operation/shared-reads.ts';
import type { RequestEnd } from './graphql/plugins/use-request-end.ts';
import { createGraphQL } from './graphql/yoga.ts';
import { LocalRateLimiter } from './limits/rate-limiter.ts';
import { UpstreamHealth } from './observability/health.ts';
import { type Logger, unrecognizedNotes } from './observability/log.ts';
import { createMetrics } from './observability/metrics.ts';
import type { Watch } from './observability/routes.ts';
import type { Tracing } from './observability/tracing.ts';
import { openSharedStore, type SharedStore } from './redis/shared-store.ts';

export interface Gateway {
  readonly graphql: ReturnType<typeof createGraphQL>;
  readonly watch: Watch;
  /** Logs and counts a request that GraphQL never saw. */
  readonly requestEnded: (end: RequestEnd) => void;
  /** Logs an error that nothing caught while a request was answered. */
  readonly faulted: (error: unknown) => void;
  /** Ends subscriptions, which would go on for ever. */
  drain(): void;
  /** Lets calls to the API finish and closes all connections. */
  close(): Promise<void>;
}

export interface GatewayOptions extends Omit<Config, 'upstreamOrigin'> {
  readonly upstreamOrigin: string;
  readonly ambientKey: AmbientKey | null;
  readonly log: Logger;
  /** Receives the spans; null: none are made. */
  readonly spans?: Tracing | null;
}

/** A gateway to one Access Profile API, not listening anywhere yet. */
export function createGateway(options: GatewayOptions): Gateway {
  const { upstreamOrigin, upstreamTimeoutMs, upstreamConcurrency, rowCacheBytes, log } = options;
  const { snapshotTtlSeconds, snapshotMaxProfiles, typesTtlSeconds, rateLimit, redis, redisTimeoutMs } = options;
  const health = new UpstreamHealth();
  const metrics = createMetrics();
  const client = createClient({
    origin: upstreamOrigin,
    timeoutMs: upstreamTimeoutMs,
    connections: upstreamConcurrency,
    rowBytes: rowCacheBytes,
    notes: unrecognizedNotes(log),
    observer: {
      call(end) {
        health.observe(end);
        metrics.upstream.call(end);
      },
      retry: metrics.upstream.retry,
      breaker(endpoint, state) {
        log.warn({ endpoint, state }, 'circuit breaker');
        metrics.upstream.breaker(endpoint, state);
      },
      keyRefused(authorization) {
        snapshots.dropFor(authorization);
        for (const cache of Object.values(references)) cache.dropFor(authorization);
      },
    },
  });
  const snapshots = new SnapshotStore({
    ttlMs: snapshotTtlSeconds * 1000,
    maxProfiles: snapshotMaxProfiles,
    refusals: client.refusals,
  });
  const cacheOf = <T>() =>
    new ReferenceCache<T>({
      ttlMs: typesTtlSeconds * 1000,
      generation: (authorization) => snapshots.generationFor(authorization),
    });
  const references: ReferenceCaches = { types: cacheOf(), datasources: cacheOf(), policies: cacheOf() };
  const onWrite = () => {
    snapshots.drop();
    client.noteWrite();
    feeds.noteWrite();
  };
  const requestEnded = (end: RequestEnd) => {
    const { traceId, ...told } = end;
    // By the name that OpenTelemetry has for it in logs, which dashboards look for.
    log.info(traceId === undefined ? told : { ...told, trace_id: traceId }, 'request');
    metrics.requestEnded(end);
  };
  if (redis !== null) metrics.sharedStore(false);
  const store =
    redis === null
      ? null
      : openSharedStore({
          address: redis,
          timeoutMs: redisTimeoutMs,
          upstreamOrigin,
          writeTimeoutMs: upstreamTimeoutMs,
          log,
          onWrite,
          onChange: metrics.sharedStore,
        });
  const support = new FilterSupport();
  const memory = new CallerMemory();
  const offered = new OfferedCalls();
  const { maxPages, requestTimeoutMs } = options;
  const feeds: ChangeFeeds = new ChangeFeeds({
    ...options.watch,
    scan: scanForWatchers({ client, support, snapshots, offered, memory, maxPages, requestTimeoutMs }),
    hear: store === null ? null : () => store.news.hear(),
  });
  return {
    graphql: createGraphQL({
      ...options,
      persistedDocuments: documentsFrom(options.persistedDocuments, store),
      sharedQueries: store?.queries ?? null,
      client,
      support,
      snapshots,
      references,
      offered,
      memory,
      feeds,
      writeNews: store?.news ?? null,
      queue: new ChangeQueue(store?.lock),
      masks: new UpdateMasks(),
      callerLimit: rateLimit && {
        limit: rateLimit,
        limiter: store === null ? new LocalRateLimiter(rateLimit) : store.limiter(rateLimit),
        onRefused: metrics.rateLimited,
      },
      spans: options.spans ?? null,
      onBatch: metrics.batch,
      onRequestEnd: requestEnded,
    }),
    watch: { health, metrics },
    requestEnded,
    faulted: (error) => log.error({ err: error }, 'unexpected error'),
    drain: () => feeds.end(),
    async close() {
      feeds.end();
      await client.close();
      // Last, for the writes that have just ended.
      await store?.close();
    },
  };
}

/** Throws ConfigError where a manifest can't be used, or there is no store to look into. */
function documentsFrom(where: DocumentsSource, store: SharedStore | null): PersistedDocuments | null {
  if (where === null) return null;
  if (where !== 'redis') return readPersistedDocuments(where.manifest);
  if (store === null) throw new ConfigError('REDIS_URL', 'must be set too: PERSISTED_DOCUMENTS=redis');
  return store.documents;
}

/** The configured key serves callers without one if only this machine can be a caller. In service mode it serves all. */
export function ambientKeyOf({
  apiKey,
  host,
  service,
}: Pick<Config, 'apiKey' | 'host' | 'service'>): AmbientKey | null {
  if (apiKey === null) return null;
  const authorization = `Bearer ${apiKey}`;
  if (service !== null) return { authorization, servesHost: () => true, replacesOwn: true };
  return isLoopback(host) ? { authorization, servesHost: isLoopback, replacesOwn: false } : null;
}
