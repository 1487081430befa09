import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { keptMs, upstreamTimeoutMs } from './judge.ts';

export interface GatewayProcess {
  readonly url: string;
  /** Bytes of objects that are in use. */
  heapUsed(): Promise<number>;
  /** How many of its log lines hold one of the secrets. */
  readonly leaks: () => number;
  /** Tells it to end, and gives its exit code. */
  stop(): Promise<number | null>;
}

/** The gateway as it is started for real, in front of an API; what it prints is searched for secrets. */
export async function startGatewayProcess(origin: string, secrets: readonly string[]): Promise<GatewayProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'serve'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: {
      PATH: process.env['PATH'],
      VEZA_URL: origin,
      PORT: '0',
      ADMIN_PORT: '0',
      GRAPHIQL: 'off',
      UPSTREAM_TIMEOUT_MS: String(upstreamTimeoutMs),
      SNAPSHOT_TTL_SECONDS: String(keptMs / 1000),
      TYPES_TTL_SECONDS: String(keptMs / 1000),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const leaks = [child.stdout, child.stderr].map((output) => countLeaks(output, secrets));
  let start = '';
  const found = (label: string) => new RegExp(`${label} +(http:\\S+)/`).exec(start)?.[1];
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      if (found('Health') !== undefined) return;
      start += chunk.toString();
      if (found('Health') !== undefined) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}: ${start}`)));
  });
  const admin = found('Health')?.replace('/health', '') ?? '';
  return {
    url: found('GraphQL') ?? '',
    leaks: () => leaks.reduce((sum, count) => sum + count(), 0),
    async heapUsed() {
      const text = await (await fetch(`${admin}/metrics`)).text();
      return Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(text)?.[1]);
    },
    async stop() {
      // Once all that it printed was heard, too.
      const end = once(child, 'close');
      child.kill('SIGTERM');
      await end;
      return child.exitCode;
    },
  };
}

/** Counts the lines of an output that hold one of the secrets. */
export function countLeaks(output: Readable, secrets: readonly string[]): () => number {
  let leaks = 0;
  createInterface(output).on('line', (line) => {
    if (secrets.some((secret) => line.includes(secret))) leaks++;
  });
  return () => leaks;
}
