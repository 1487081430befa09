import type { Config } from '../config.ts';
import { startSandbox } from '../sandbox/server.ts';
import type { Logger } from '../server/log.ts';
import type { Api } from '../server/workers/messages.ts';

/** The API that the gateway is for, as the operator hears of it. */
export interface Upstream {
  readonly name: string;
  readonly api: Api;
  close(): Promise<void>;
}

/** The configured tenant, or an embedded sandbox that is started here. */
export async function openUpstream({ upstreamOrigin }: Config, log: Logger): Promise<Upstream> {
  if (upstreamOrigin === null) {
    const sandbox = await startSandbox({ recordCalls: 0 });
    const { origin } = sandbox;
    const name = `the embedded sandbox, an imaginary company (${origin})`;
    return { name, api: { origin, isSandbox: true }, close: () => sandbox.close() };
  }
  if (upstreamOrigin.startsWith('http:')) {
    log.warn({ upstream: upstreamOrigin }, 'VEZA_URL is plain http: keys and answers travel unencrypted');
  }
  return { name: upstreamOrigin, api: { origin: upstreamOrigin, isSandbox: false }, close: async () => undefined };
}
