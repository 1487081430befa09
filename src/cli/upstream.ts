import type { Config } from '../config.ts';
import { adminKey, startSandbox } from '../sandbox/server.ts';
import { ambientKeyOf } from '../server/gateway.ts';
import type { Logger } from '../server/log.ts';

/** The API that the gateway is for. */
export interface Upstream {
  readonly upstreamOrigin: string;
  readonly ambientKey: ReturnType<typeof ambientKeyOf>;
}

/** An upstream as the operator hears of it, and what it takes to end. */
export interface NamedUpstream extends Upstream {
  readonly name: string;
  close(): Promise<void>;
}

/** The configured tenant, or an embedded sandbox that is started here. */
export async function openUpstream(config: Config, log: Logger): Promise<NamedUpstream> {
  const { upstreamOrigin } = config;
  if (upstreamOrigin === null) {
    const sandbox = await startSandbox({ recordCalls: 0 });
    const name = `the embedded sandbox, an imaginary company (${sandbox.origin})`;
    return { ...sandboxAt(sandbox.origin, config), name, close: () => sandbox.close() };
  }
  if (upstreamOrigin.startsWith('http:')) {
    log.warn({ upstream: upstreamOrigin }, 'VEZA_URL is plain http: keys and answers travel unencrypted');
  }
  return { ...tenantAt(upstreamOrigin, config), name: upstreamOrigin, close: async () => undefined };
}

/** A sandbox that another process may have started. */
export function sandboxAt(origin: string, { service }: Config): Upstream {
  return {
    upstreamOrigin: origin,
    // Everybody may use the sandbox: nothing in it is anybody's.
    ambientKey: { authorization: `Bearer ${adminKey}`, servesHost: () => true, replacesOwn: service !== null },
  };
}

export function tenantAt(origin: string, config: Config): Upstream {
  return { upstreamOrigin: origin, ambientKey: ambientKeyOf(config) };
}
