import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from '@redis/client';

const binary = 'redis-server';

if (spawnSync(binary, ['--version']).status !== 0) {
  throw new Error(`These tests start ${binary}, which is not installed. On Debian: apt-get install redis-server.`);
}

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
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--dir', tmpdir(), '--save', '', '--appendonly', 'no'];
  const start = () => startProcess([...flags, ...settings], 'Ready to accept connections');
  let child = await start();
  const kill = () => killProcess(child);
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    async restart() {
      child = await start();
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    command: (...args) => asAdmin(port, (client) => client.sendCommand([...args])),
    dump: () =>
      asAdmin(port, async (client) => {
        const lines: string[] = [];
        for (const key of await client.keys('*')) {
          const value = (await client.type(key)) === 'hash' ? await client.hGetAll(key) : await client.get(key);
          lines.push(`${key} ${JSON.stringify(value)}`);
        }
        return lines.join('\n');
      }),
    async monitor() {
      const seen: string[] = [];
      const client = adminOf(port);
      await client.connect();
      await client.monitor((line) => seen.push(String(line)));
      return () => seen.join('\n');
    },
    [Symbol.asyncDispose]: kill,
  };
}

/** Servers of which one can fail and be replaced by another. */
export interface RedisGroup extends AsyncDisposable {
  readonly url: string;
  readonly servers: readonly RedisServer[];
  /** Kills the primary that has a key, and waits until another server takes its place. */
  failOver(key: string): Promise<void>;
  /** One command to the primary that has a key. */
  command(key: string, ...args: readonly string[]): Promise<unknown>;
}

export interface SentinelGroup extends RedisGroup {
  /** One command to the Sentinel. */
  sentinel(...args: readonly string[]): Promise<unknown>;
  killSentinel(): Promise<void>;
  restartSentinel(): Promise<void>;
}

/** A primary and a replica, and a Sentinel that watches them as "main". */
export async function startSentinel(...settings: readonly string[]): Promise<SentinelGroup> {
  const first = await startRedis(...settings);
  const second = await startRedis(...settings);
  await second.command('REPLICAOF', '127.0.0.1', String(first.port));
  const servers = [first, second];
  await until(async () => String(await second.command('INFO', 'replication')).includes('master_link_status:up'));
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-'));
  const configuration = join(folder, 'sentinel.conf');
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `sentinel monitor main 127.0.0.1 ${first.port} 1`,
    // A primary that a busy machine holds up is not down; `failOver` makes the Sentinel impatient.
    'sentinel down-after-milliseconds main 60000',
    'sentinel failover-timeout main 2000',
  ];
  writeFileSync(configuration, lines.join('\n'));
  const start = () => startProcess([configuration, '--sentinel'], '+monitor');
  let child = await start();
  const sentinel = (...args: readonly string[]) => asAdmin(port, (client) => client.sendCommand([...args]));
  const primary = async (): Promise<RedisServer> => {
    const address = await sentinel('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'main');
    const server = servers.find((each) => Array.isArray(address) && address[1] === String(each.port));
    if (server === undefined) throw new Error(`Sentinel names ${address}.`);
    return server;
  };
  await until(async () => {
    const replicas = await sentinel('SENTINEL', 'REPLICAS', 'main');
    return Array.isArray(replicas) && replicas.length === 1;
  });
  return {
    url: `redis-sentinel://127.0.0.1:${port}/main`,
    sentinel,
    killSentinel: () => killProcess(child),
    async restartSentinel() {
      child = await start();
    },
    servers,
    command: async (_key, ...args) => (await primary()).command(...args),
    async failOver() {
      const old = await primary();
      await sentinel('SENTINEL', 'SET', 'main', 'down-after-milliseconds', '1000');
      await old.kill();
      await until(async () => (await primary()) !== old);
      await sentinel('SENTINEL', 'SET', 'main', 'down-after-milliseconds', '60000');
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([killProcess(child), ...servers.map((server) => server.kill())]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Three primaries that share the keys, each with a replica. */
export async function startCluster(...settings: readonly string[]): Promise<RedisGroup> {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-'));
  const servers = await Promise.all(
    Array.from({ length: 6 }, async (_, i) => {
      const cluster = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '15000', '--cluster-port'];
      const files = ['--dir', folder, '--cluster-config-file', `nodes-${i}.conf`];
      return startRedis(...cluster, String(await freePort()), ...files, ...settings);
    }),
  );
  const addresses = servers.map(({ port }) => `127.0.0.1:${port}`);
  const create = ['--cluster', 'create', ...addresses, '--cluster-replicas', '1', '--cluster-yes'];
  const { status, stdout } = spawnSync('redis-cli', create, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`redis-cli did not create a cluster: ${stdout}`);
  const alive = new Set(servers);
  const primary = async (key: string): Promise<RedisServer | null> => {
    for (const server of alive) {
      const reply = await server.command('SET', key, '', 'GET').catch((error: Error) => error);
      if (reply instanceof Error && /^(MOVED|CLUSTERDOWN)/.test(reply.message)) continue;
      return server;
    }
    return null;
  };
  const areJoined = async () => {
    const infos = await Promise.all(servers.map((server) => server.command('CLUSTER', 'INFO')));
    const replications = await Promise.all(servers.map((server) => server.command('INFO', 'replication')));
    const areReplicating = replications.every((text) => /role:master|master_link_status:up/.test(String(text)));
    return areReplicating && infos.every((text) => /cluster_state:ok/.test(String(text)));
  };
  await until(areJoined);
  const probe = (key: string) => `probe${/\{.*\}/.exec(key)?.[0] ?? key}`;
  return {
    url: `redis-cluster://${addresses.slice(0, 3).join(',')}`,
    servers,
    async command(key, ...args) {
      const server = await primary(probe(key));
      if (server === null) throw new Error(`No server has ${key}.`);
      return server.command(...args);
    },
    async failOver(key) {
      const old = await primary(probe(key));
      if (old === null) throw new Error(`No server has ${key}.`);
      alive.delete(old);
      const wait = (timeoutMs: string) =>
        Promise.all([...alive].map((server) => server.command('CONFIG', 'SET', 'cluster-node-timeout', timeoutMs)));
      await wait('2000');
      await old.kill();
      await until(async () => (await primary(probe(key))) !== null);
      await wait('15000');
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((server) => server.kill()));
      rmSync(folder, { recursive: true });
    },
  };
}

async function startProcess(flags: readonly string[], sign: string): Promise<ChildProcess> {
  const child = spawn(binary, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(sign)) resolve();
    });
    child.once('exit', () => reject(new Error(`${binary} ended: ${output}`)));
  });
  return child;
}

async function killProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** The library makes a class of all commands for each port that a client is created for; copies share it. */
const administrator = createClient();

function adminOf(port: number) {
  const socket = { host: '127.0.0.1', port, reconnectStrategy: false } as const;
  return administrator.duplicate({ socket }).on('error', () => undefined);
}

async function asAdmin<T>(port: number, use: (client: ReturnType<typeof adminOf>) => Promise<T>): Promise<T> {
  const client = adminOf(port);
  await client.connect();
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await isTrue().catch(() => false))) {
    if (performance.now() > end) throw new Error(`Not within a minute: ${isTrue}`);
    await delay(50);
  }
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
