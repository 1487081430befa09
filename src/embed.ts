import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { loadConfig, nearestTo, ConfigError as SettingError, settingDocs } from './config.ts';
import type { GatewaySettings } from './embed-settings.ts';
import { schema as gatewaySchema } from './schema/index.ts';
import { ambientKeyOf, createGateway as createCore } from './server/gateway.ts';
import { createNodeHandler, securityHeaders } from './server/http/http-server.ts';
import { createLog } from './server/observability/log.ts';

export type { GatewaySettings } from './embed-settings.ts';

/** A gateway inside a server of yours. */
export interface EmbeddedGateway {
  /** Answers GraphQL, whatever the path of the request: for servers that route by themselves. */
  fetch(request: Request): Promise<Response>;
  /**
   * Answers GraphQL at `/graphql`, and the GraphiQL page at `/graphiql` unless `GRAPHIQL` is off: for `http.createServer`, and for
   * frameworks that mount such a listener. Bodies must not have been read before.
   */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Whether calls to the Veza API succeed: what `/health/ready` of a standalone gateway answers. */
  readonly isReady: boolean;
  /** The metrics that a standalone gateway serves at `/metrics`. */
  metrics(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** Waits for calls to the Veza API and closes all connections. */
  close(): Promise<void>;
}

export interface EmbeddingOptions {
  /** Receives each line of the log, which is JSON; standard output by default. */
  readonly log?: { write(line: string): void };
}

/** The schema of every gateway, to print it, to generate types or to mock it. `createGateway` executes it. */
export const schema: GraphQLSchema = gatewaySchema;

/** Settings that can't be used: thrown by `createGateway`. */
export type ConfigError = Error & {
  readonly name: 'ConfigError';
  /** The name of the setting. */
  readonly variable: string;
};

/**
 * Creates a gateway to the tenant of `VEZA_URL`. It reads nothing from the environment and starts no server. Callers send their own key as
 * `Authorization: Bearer …`; `VEZA_API_KEY` is for service mode. Throws a `ConfigError` that names the setting.
 */
export function createGateway(
  settings: GatewaySettings & { readonly VEZA_URL: string },
  options: EmbeddingOptions = {},
): EmbeddedGateway {
  const config = loadConfig([], textsOf(settings));
  const { upstreamOrigin, apiKey, service, logLevel } = config;
  if (upstreamOrigin === null) {
    throw new SettingError('VEZA_URL', 'must be set: an embedded gateway has no sandbox of its own');
  }
  if (apiKey !== null && service === null) {
    throw new SettingError(
      'VEZA_API_KEY',
      'everybody who reaches your server could use it; pass on the keys of callers, or set JWT_ISSUER, JWT_AUDIENCE and JWT_JWKS_URL',
    );
  }
  const log = createLog(logLevel, options.log);
  const core = createCore({ ...config, upstreamOrigin, ambientKey: ambientKeyOf(config), log });
  const handle = createNodeHandler(core, config.graphiql);
  return {
    async fetch(request) {
      const url = new URL(request.url);
      url.pathname = '/graphql';
      const response = await core.graphql.fetch(new Request(url, request));
      for (const [name, value] of securityHeaders) response.headers.set(name, value);
      return response;
    },
    handle,
    get isReady() {
      return core.watch.health.isReady;
    },
    metrics: () => core.watch.metrics.print(),
    close: () => core.close(),
  };
}

/** As they are written in an environment. */
function textsOf(settings: GatewaySettings): Record<string, string> {
  const known = new Map(settingDocs.map((each) => [each.name, each]));
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => {
      const setting = known.get(name);
      if (setting === undefined) {
        const meant = nearestTo(name, [...known.keys()]);
        throw new SettingError(name, `is not a setting${meant === null ? '' : `; did you mean ${meant}?`}`);
      }
      if (setting.isOfServer) throw new SettingError(name, 'is not for an embedded gateway: your server decides it');
      if (value === undefined) return [];
      const text = typeof value === 'boolean' ? (value ? 'on' : 'off') : Array.isArray(value) ? value.join(',') : value;
      return [[name, String(text)]];
    }),
  );
}
