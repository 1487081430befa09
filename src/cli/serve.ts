import { setFlagsFromString } from 'node:v8';
import { type Config, ConfigError, loadConfig, misspeltSettings } from '../config.ts';
import { adminKey, startSandbox } from '../sandbox/server.ts';
import type { AmbientKey } from '../server/auth/caller.ts';
import { ambientKeyOf, createGateway } from '../server/gateway.ts';
import { type HttpServer, listen } from '../server/http/http-server.ts';
import { createLog, type Logger } from '../server/observability/log.ts';
import { checkConnection } from '../upstream/connect-check.ts';
import { endOnFault, untilSignal } from './shutdown.ts';

/** Percent by which V8 lets the old generation grow beyond the live objects before it collects. Its own choice goes up to 300. */
const heapGrowth = 50;

/** The `serve` command: the gateway, on the configured tenant or on the embedded sandbox, until SIGINT or SIGTERM. */
export async function runServe(argv: readonly string[]): Promise<void> {
  // Not on the command line: NODE_OPTIONS does not take it.
  setFlagsFromString(`--heap-growing-percent=${heapGrowth}`);
  const config = loadConfig(argv);
  const log = createLog(config.logLevel);
  for (const [given, meant] of misspeltSettings()) log.warn(`${given} is not a setting; did you mean ${meant}?`);
  const upstream = await openUpstream(config, log);
  endOnFault(log);
  const gateway = await startListening(config, upstream, log).catch(async (error) => {
    await upstream.close();
    throw error;
  });
  // Before the welcome, after which a reader may end the process.
  const ending = untilSignal();
  process.stdout.write(welcome(gateway.server, upstream.name));
  void warnIfUnreachable(upstream.origin, config.upstreamTimeoutMs, log);
  const signal = await ending;
  log.info({ signal }, 'shutting down');
  await gateway.close();
  await upstream.close();
  // Idle sockets of others may still hold the process open.
  process.exit(0);
}

/** The API that the gateway is for. */
interface Upstream {
  /** As the operator reads it. */
  readonly name: string;
  readonly origin: string;
  readonly ambientKey: AmbientKey | null;
  close(): Promise<void>;
}

/** The configured tenant, or an embedded sandbox that is started here. */
async function openUpstream(config: Config, log: Logger): Promise<Upstream> {
  const { upstreamOrigin, service } = config;
  if (upstreamOrigin === null) {
    // So that drafts can be tried out, although no document describes the call.
    const sandbox = await startSandbox({ recordCalls: 0, versionRead: true });
    return {
      name: `the embedded sandbox, an imaginary company (${sandbox.origin})`,
      origin: sandbox.origin,
      // Everybody may use the sandbox: nothing in it is anybody's.
      ambientKey: { authorization: `Bearer ${adminKey}`, servesHost: () => true, replacesOwn: service !== null },
      close: () => sandbox.close(),
    };
  }
  if (upstreamOrigin.startsWith('http:')) {
    log.warn({ upstream: upstreamOrigin }, 'VEZA_URL is plain http: keys and answers travel unencrypted');
  }
  return {
    name: upstreamOrigin,
    origin: upstreamOrigin,
    ambientKey: ambientKeyOf(config),
    close: async () => undefined,
  };
}

/** Tells the operator at the start what every request would fail with. The gateway starts all the same: it may pass. */
async function warnIfUnreachable(origin: string, timeoutMs: number, log: Logger): Promise<void> {
  const failure = await checkConnection(origin, timeoutMs);
  if (failure === null) return;
  log.warn(
    { upstream: origin, err: failure },
    'The gateway cannot connect to the Veza API; requests fail until it can. Check VEZA_URL, DNS, the network and certificates.',
  );
}

interface Listening {
  readonly server: HttpServer;
  /** Takes no more requests, lets those that run finish as long as they may, and closes everything. */
  close(): Promise<void>;
}

/** Throws ConfigError where an address can't be listened on, or another setting turns out to be unusable. */
async function startListening(config: Config, { origin, ambientKey }: Upstream, log: Logger): Promise<Listening> {
  const spans =
    config.tracing && (await import('../server/observability/tracing.ts')).startTracing(config.tracing, origin, log);
  const gateway = createGateway({ ...config, upstreamOrigin: origin, ambientKey, log, spans });
  gateway.watch.metrics.watchProcess();
  const server = await listen({ ...config, gateway, page: config.graphiql }).catch(async (error) => {
    await gateway.close();
    throw asConfigError(error, config);
  });
  return {
    server,
    async close() {
      const isComplete = await server.close(config.shutdownTimeoutMs);
      if (!isComplete) log.warn({ afterMs: config.shutdownTimeoutMs }, 'some requests were cut off');
      await gateway.close();
      await spans?.close();
    },
  };
}

function asConfigError(error: unknown, { host, port, adminPort }: Config): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isAdmin = adminPort !== null && error instanceof Error && 'port' in error && error.port === adminPort;
  const [variable, given] = isAdmin ? ['ADMIN_PORT', adminPort] : ['PORT', port];
  if (code === 'EADDRINUSE')
    return new ConfigError(variable, `${given} is in use; choose another, or 0 for a free one`);
  if (code === 'EACCES') return new ConfigError(variable, `this user may not listen on ${given}`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ConfigError('HOST', `"${host}" is not an address of this machine`);
  }
  return error;
}

function welcome({ url, adminUrl, hasPage }: HttpServer, upstreamName: string): string {
  return [
    `Access Profile Gateway on ${upstreamName}`,
    `  GraphQL   ${url}/graphql`,
    `  GraphiQL  ${hasPage ? `${url}/graphiql` : 'off'}`,
    ...(adminUrl === url ? [] : [`  Health    ${adminUrl}/health/ready`]),
    '',
  ].join('\n');
}
