import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createClient } from '@redis/client';

const binary = 'redis-server';

/** Whether these tests can run. On a machine that builds for everybody they have to. */
export const hasRedis = spawnSync(binary, ['--version']).status === 0;
if (!hasRedis && process.env['CI']) throw new Error(`${binary} is not installed; .ci/run installs it.`);

export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Ends it at once, without a word to its clients. */
  kill(): Promise<void>;
  /** Starts it again where it was, empty. */
  restart(): Promise<void>;
  /** Stops it in its tracks: connections stay, nothing is answered. */
  freeze(): void;
  thaw(): void;
  /** One command, as an administrator. */
  command(...args: readonly string[]): Promise<unknown>;
  /** All that is in it: keys and values, as text. */
  dump(): Promise<string>;
  /** All commands that it gets from now on, as text. */
  monitor(): Promise<() => string>;
}

/** A real Redis of its own on a free port, that keeps nothing on disk. */
export async function startRedis(...settings: readonly string[]): Promise<RedisServer> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const start = async () => {
    const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = spawn(binary, [...flags, ...settings], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('Ready to accept connections')) resolve();
      });
      child.once('exit', () => reject(new Error(`${binary} ended: ${output}`)));
    });
    return child;
  };
  let child = await start();
  const connected = () => createClient({ url, socket: { reconnectStrategy: false } }).on('error', () => undefined);
  const admin = async <T>(use: (client: ReturnType<typeof connected>) => Promise<T>): Promise<T> => {
    const client = connected();
    await client.connect();
    try {
      return await use(client);
    } finally {
      client.destroy();
    }
  };
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return {
    url,
    port,
    kill,
    async restart() {
      child = await start();
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    command: (...args) => admin((client) => client.sendCommand([...args])),
    dump: () =>
      admin(async (client) => {
        const lines: string[] = [];
        for (const key of await client.keys('*')) {
          const value = (await client.type(key)) === 'hash' ? await client.hGetAll(key) : await client.get(key);
          lines.push(`${key} ${JSON.stringify(value)}`);
        }
        return lines.join('\n');
      }),
    async monitor() {
      const seen: string[] = [];
      const client = connected();
      await client.connect();
      await client.monitor((line) => seen.push(String(line)));
      return () => seen.join('\n');
    },
    [Symbol.asyncDispose]: kill,
  };
}

/** Nothing listens there; it may be a moment before somebody else does. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
