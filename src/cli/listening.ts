import { type Config, ConfigError } from '../config.ts';
import { adminKey } from '../sandbox/server.ts';
import type { AmbientKey } from '../server/caller/credential.ts';
import { ambientKeyOf, createGateway } from '../server/gateway.ts';
import { type HttpServer, listen } from '../server/http.ts';
import type { Logger } from '../server/log.ts';
import type { Api, PrimaryLink } from '../server/workers/messages.ts';

/** A gateway that listens in this process. */
export interface Listening {
  readonly server: HttpServer;
  /** Takes no more requests, lets those that run finish as long as they may, and closes everything. */
  end(): Promise<void>;
}

/**
 * Starts the gateway; with `primary`, as one of several processes. Throws ConfigError where an address can't be listened on,
 * or another setting turns out to be unusable.
 */
export async function startListening(
  config: Config,
  { origin, isSandbox }: Api,
  log: Logger,
  primary: PrimaryLink | null = null,
): Promise<Listening> {
  const spans = config.tracing && (await import('../server/tracing.ts')).startTracing(config.tracing, log);
  const ambientKey = isSandbox ? sandboxKey(config) : ambientKeyOf(config);
  const siblings = primary && (await import('../server/workers/siblings.ts')).siblingsBehind(primary);
  const gateway = createGateway({ ...config, upstreamOrigin: origin, ambientKey, log, spans, siblings });
  gateway.watch.metrics.watchProcess();
  const server = await listen({ ...config, gateway, page: config.graphiql }).catch(async (error) => {
    await gateway.close();
    throw asConfigError(error, config);
  });
  return {
    server,
    async end() {
      const isComplete = await server.close(config.shutdownTimeoutMs);
      if (!isComplete) log.warn({ afterMs: config.shutdownTimeoutMs }, 'some requests were cut off');
      await gateway.close();
      await spans?.close();
    },
  };
}

/** Everybody may use the sandbox: nothing in it is anybody's. */
function sandboxKey({ service }: Config): AmbientKey {
  return { authorization: `Bearer ${adminKey}`, servesHost: () => true, replacesOwn: service !== null };
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
