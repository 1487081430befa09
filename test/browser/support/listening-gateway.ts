import { loadConfig } from '../../../src/config.ts';
import { adminKey, startSandbox } from '../../../src/sandbox/server.ts';
import { createGateway } from '../../../src/server/gateway.ts';
import { listen } from '../../../src/server/http/http-server.ts';
import { createLog } from '../../../src/server/observability/log.ts';

export interface ListeningGateway {
  readonly url: string;
  close(): Promise<void>;
}

/** The gateway on a sandbox of its own, listening on a free port, as `npm start` runs it. */
export async function startListeningGateway(): Promise<ListeningGateway> {
  const sandbox = await startSandbox();
  const gateway = createGateway({
    ...loadConfig([], {}),
    upstreamOrigin: sandbox.origin,
    ambientKey: { authorization: `Bearer ${adminKey}`, servesHost: () => true, replacesOwn: false },
    log: createLog('error'),
  });
  const server = await listen({ gateway, host: '127.0.0.1', port: 0, adminPort: null, page: true });
  return {
    url: server.url,
    async close() {
      await server.close();
      await gateway.close();
      await sandbox.close();
    },
  };
}
