import { type Config, ConfigError, loadConfig } from '../config.ts';
import { adminKey, startSandbox } from '../sandbox/server.ts';
import { ambientKeyOf, createGateway } from '../server/gateway.ts';
import { listen } from '../server/http.ts';
import { createLog, type Logger } from '../server/log.ts';

/** The `serve` command: the gateway, on the configured tenant or on the embedded sandbox. */
export async function runServe(argv: readonly string[]): Promise<void> {
  const config = loadConfig(argv);
  const log = createLog(config.logLevel);
  const upstream =
    config.upstreamOrigin === null ? await embeddedSandbox(config) : tenant(config, config.upstreamOrigin, log);
  const gateway = createGateway({ ...config, ...upstream, log });
  const server = await listen({ ...config, graphql: gateway.graphql, page: config.graphiql }).catch(async (error) => {
    await Promise.all([gateway.close(), upstream.close()]);
    throw asConfigError(error, config);
  });
  process.stdout.write(welcome(server.url, server.hasPage, upstream.name));
  await untilSignal();
  log.info('shutting down');
  await server.close();
  await gateway.close();
  await upstream.close();
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

function welcome(url: string, hasPage: boolean, upstreamName: string): string {
  return [
    `Access Profile Gateway on ${upstreamName}`,
    `  GraphQL   ${url}/graphql`,
    `  GraphiQL  ${hasPage ? `${url}/graphiql` : 'off'}`,
    '',
  ].join('\n');
}

function asConfigError(error: unknown, { host, port }: Config): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return new ConfigError('PORT', `${port} is in use; choose another, or 0 for a free one`);
  if (code === 'EACCES') return new ConfigError('PORT', `this user may not listen on ${port}`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ConfigError('HOST', `"${host}" is not an address of this machine`);
  }
  return error;
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
