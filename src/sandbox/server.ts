import { createServer } from 'node:http';
import { AuditLog } from './audit.ts';
import { defaultKeys, type Key } from './caller.ts';
import { CallLog, type SandboxCall } from './calls.ts';
import { type Clock, systemClock } from './clock.ts';
import { type FaultEffect, FaultQueue, type FaultRequest } from './faults.ts';
import { createPresenter } from './present.ts';
import { createRandom, uuid } from './random.ts';
import { generateWorld } from './seed/generate.ts';
import { builtInWorld } from './seed/world.ts';
import { type Service, serve } from './serve.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { Store } from './store.ts';
import type { World } from './world.ts';

export interface SandboxOptions extends Partial<Settings> {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** The content of the tenant; absent: the built-in company. */
  readonly world?: World;
  /** Without `world`: a generated company of this many profiles. */
  readonly profiles?: number;
  /** The keys of callers; absent: `adminKey` and `viewerKey`. */
  readonly keys?: readonly Key[];
  readonly clock?: Clock;
  /** Of everything that is left to chance: failures, new ids, request ids. */
  readonly seed?: number;
  /** Added to every answer. */
  readonly latencyMs?: number;
  /** The share of requests, 0 to 1, that fail: 429 with Retry-After, 503, or a cut connection. */
  readonly failureRate?: number;
  /** Chooses for each request whether and how it fails; `undefined` lets it pass. */
  readonly fault?: (request: FaultRequest) => FaultEffect | undefined;
  /** The number of newest calls that are kept. Default: 10,000; 0 keeps none. */
  readonly recordCalls?: number;
  /** Runs before each operation: the place for another client's work. */
  readonly before?: (request: FaultRequest, store: Store) => void | Promise<void>;
}

/** A running Access Profile API. */
export interface Sandbox {
  /** `http://127.0.0.1:49152` */
  readonly origin: string;
  readonly calls: readonly SandboxCall[];
  clearCalls(): void;
  readonly store: Store;
  readonly faults: FaultQueue;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/** Starts the API on a port of its own. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, seed = 1, latencyMs = 0, failureRate = 0, recordCalls = 10_000 } = options;
  const { keys = defaultKeys, fault = () => undefined, before = () => {} } = options;
  const settings = { ...defaultSettings, ...options };
  const world = options.world ?? (options.profiles === undefined ? builtInWorld() : generateWorld(options.profiles));
  const store = new Store(world);
  const ids = createRandom(seed);
  const service: Service = {
    tenant: {
      store,
      graph: settings.graphLags ? new Store(world) : store,
      settings,
      audit: new AuditLog(),
      clock: options.clock ?? systemClock(),
      present: createPresenter(store, settings),
      newId: () => uuid(ids.hex(32)),
    },
    keys,
    faults: new FaultQueue(),
    log: new CallLog(recordCalls),
    latencyMs,
    failureRate,
    fault,
    before,
    // Sequences of their own, so that what is drawn from one changes nothing in the others.
    requestIds: createRandom(seed ^ 0x1d5),
    auditIds: createRandom(seed ^ 0xa0d1),
    failures: createRandom(seed ^ 0x5eed),
  };

  const server = createServer((incoming, outgoing) => void serve(service, incoming, outgoing));
  // Node closes idle connections after five seconds, just when a slow client may want to use one again.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    store,
    faults: service.faults,
    calls: service.log.calls,
    clearCalls: () => service.log.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export { adminKey, type Key, viewerKey } from './caller.ts';
export type { SandboxCall } from './calls.ts';
export type { World } from './world.ts';
