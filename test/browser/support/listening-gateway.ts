import { loadConfig } from '../../../src/config.ts';
import { adminKey, type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/server.ts';
import { createGateway } from '../../../src/server/gateway.ts';
import { listen } from '../../../src/server/http/http-server.ts';
import { createLog } from '../../../src/server/observability/log.ts';

export interface ListeningGateway {
  readonly url: string;
  readonly sandbox: Sandbox;
  close(): Promise<void>;
}

interface GatewayOptions {
  /** Null: the gateway has no key of its own. */
  readonly authorization?: string | null;
  readonly introspection?: boolean;
}

/** The gateway on a sandbox of its own, listening on a free port, as `npm start` runs it. */
export async function startListeningGateway(
  options: SandboxOptions = {},
  { authorization = `Bearer ${adminKey}`, introspection = true }: GatewayOptions = {},
): Promise<ListeningGateway> {
  const sandbox = await startSandbox(options);
  const gateway = createGateway({
    ...loadConfig([], {}),
    upstreamOrigin: sandbox.origin,
    introspection,
    ambientKey: authorization === null ? null : { authorization, servesHost: () => true, replacesOwn: false },
    log: createLog('error'),
  });
  const server = await listen({ gateway, host: '127.0.0.1', port: 0, adminPort: null, page: true });
  return {
    url: server.url,
    sandbox,
    async close() {
      await server.close();
      await gateway.close();
      await sandbox.close();
    },
  };
}
