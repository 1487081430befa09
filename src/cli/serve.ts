import { type Config, ConfigError, loadConfig } from '../config.ts';
import { adminKey, startSandbox } from '../sandbox/server.ts';
import { ambientKeyOf, createGateway } from '../server/gateway.ts';
import { type HttpServer, listen } from '../server/http.ts';
import { createLog, type Logger } from '../server/log.ts';
import { endOnFault, untilSignal } from './shutdown.ts';

/** The `serve` command: the gateway, on the configured tenant or on the embedded sandbox. */
export async function runServe(argv: readonly string[]): Promise<void> {
  const config = loadConfig(argv);
  const log = createLog(config.logLevel);
  const upstream =
    config.upstreamOrigin === null ? await embeddedSandbox(config) : tenant(config, config.upstreamOrigin, log);
  endOnFault(log);
  const spans = config.tracing && (await import('../server/tracing.ts')).startTracing(config.tracing, log);
  const gateway = createGateway({ ...config, ...upstream, log, spans });
  gateway.watch.metrics.watchProcess();
  const server = await listen({ ...config, gateway, page: config.graphiql }).catch(async (error) => {
    await Promise.all([gateway.close(), upstream.close()]);
    throw asConfigError(error, config);
  });
  process.stdout.write(welcome(server, upstream.name));
  const signal = await untilSignal();
  log.info({ signal }, 'shutting down');
  const isComplete = await server.close(config.shutdownTimeoutMs);
  if (!isComplete) log.warn({ afterMs: config.shutdownTimeoutMs }, 'some requests were cut off');
  await gateway.close();
  await upstream.close();
  await spans?.close();
  // What may still hold the process open has had its time.
  process.exit(0);
}

interface Upstream {
  readonly name: string;
  readonly upstreamOrigin: string;
  readonly ambientKey: ReturnType<typeof ambientKeyOf>;
  close(): Promise<void>;
}

async function embeddedSandbox({ service }: Config): Promise<Upstream> {
  const sandbox = await startSandbox({ recordCalls: 0 });
  return {
    name: `the embedded sandbox, an imaginary company (${sandbox.origin})`,
    upstreamOrigin: sandbox.origin,
    // Everybody may use the sandbox: nothing in it is anybody's.
    ambientKey: { authorization: `Bearer ${adminKey}`, servesHost: () => true, replacesOwn: service !== null },
    close: () => sandbox.close(),
  };
}

function tenant(config: Config, upstreamOrigin: string, log: Logger): Upstream {
  if (upstreamOrigin.startsWith('http:')) {
    log.warn({ upstream: upstreamOrigin }, 'VEZA_URL is plain http: keys and answers travel unencrypted');
  }
  return {
    name: upstreamOrigin,
    upstreamOrigin,
    ambientKey: ambientKeyOf(config),
    close: async () => undefined,
  };
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
