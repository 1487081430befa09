import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What the gateway's process did between two moments. */
const measured = z.object({
  pauseMs: z.number(),
  pauseCpuMs: z.number(),
  cpuMs: z.number(),
  peakMegabytes: z.number(),
});
export type Measured = z.infer<typeof measured>;

export interface GatewayProcess {
  readonly url: string;
  /** Measures what the process does while `work` runs. */
  measure<T>(work: () => Promise<T>): Promise<Measured & { readonly result: T }>;
  stop(): void;
}

const root = new URL('../../../', import.meta.url);

/** The built gateway in a process of its own, in front of an API. */
export async function startGatewayProcess(
  origin: string,
  settings: Readonly<Record<string, string>>,
): Promise<GatewayProcess> {
  const child = fork(fileURLToPath(new URL('dist/cli/main.js', root)), ['serve'], {
    execArgv: ['--max-semi-space-size=32', '--import', 'tsx', '--import', new URL('probe.ts', import.meta.url).href],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      VEZA_URL: origin,
      PORT: '0',
      GRAPHIQL: 'off',
      LOG_LEVEL: 'silent',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      const found = /GraphQL +(http:\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}: ${text}`)));
  });
  const say = (message: string) =>
    new Promise<unknown>((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}`)));
      child.send(message);
    });
  return {
    url,
    async measure(work) {
      await say('begin');
      const result = await work();
      return { ...measured.parse(await say('end')), result };
    },
    stop() {
      child.disconnect();
      child.kill('SIGKILL');
    },
  };
}
