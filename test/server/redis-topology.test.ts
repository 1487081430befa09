import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { documentsKey } from '../../src/server/redis/keys.ts';
import { runOnce } from '../../src/server/redis/new-client.ts';
import { type RedisGroup, startCluster, startRedis, startSentinel } from '../support/redis.ts';
import { startPeer, until } from './shared-store-support.ts';

const profile = '3a2371b6-95ec-4d9e-b95c-d75d51daa39b';
const limits = { MAX_COST: '20', RATE_LIMIT: '2000', SNAPSHOT_TTL_SECONDS: '60', UPSTREAM_TIMEOUT_MS: '30000' };
const graph = '{ inheritanceGraph { nodes { labels } } }';
const add = (label: string) =>
  `mutation { addAccessProfileLabels(input: { id: "${profile}", labels: ["${label}"] }) { __typename ... on Error { message } } }`;
const document = 'query Integrations { integrations }';
const documentId = createHash('sha256').update(document).digest('hex');

const password = 'hunter2-correct-horse';
const operations = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
/** The rights that the docs give to a user of its own, by the word before them. */
const rightsFor = (what: string) => new RegExp(`${what}[^\`]*\`([^\`]+)\``).exec(operations)?.[1]?.split(/\s+/) ?? [];

interface Topology {
  readonly start: () => Promise<RedisGroup>;
  readonly rights: readonly string[];
}

const base = rightsFor('A user of its own needs');
const topologies: Readonly<Record<string, Topology>> = {
  'a single server': {
    rights: base,
    async start() {
      const server = await startRedis();
      return {
        ...server,
        servers: [server],
        command: (_key, ...args) => server.command(...args),
        async failOver() {
          await server.kill();
          await server.restart();
        },
      };
    },
  },
  Sentinel: { rights: base, start: startSentinel },
  'a cluster': { rights: [...base, ...rightsFor('In a cluster it also needs')], start: startCluster },
};

describe.each(Object.entries(topologies))('gateways on %s', (_name, { start, rights }) => {
  let sandbox: Sandbox;
  let redis: Awaited<ReturnType<Topology['start']>>;
  let key: string;
  let environment: Readonly<Record<string, string>>;
  beforeAll(async () => {
    [sandbox, redis] = await Promise.all([startSandbox({ latencyMs: 1 }), start()]);
    key = documentsKey(sandbox.origin);
    environment = {
      ...limits,
      VEZA_URL: sandbox.origin,
      PERSISTED_DOCUMENTS: 'redis',
      REDIS_URL: redis.url.replace('//', `//gateway:${password}@`),
    };
    const user = ['ACL', 'SETUSER', 'gateway', 'on', `>${password}`];
    for (const server of redis.servers) await server.command(...user, ...rights);
  });
  afterAll(async () => {
    await Promise.all([sandbox.close(), redis[Symbol.asyncDispose]()]);
  });

  it('share limits, news of writes, documents and the lock, with no more rights than the docs name', async () => {
    await using one = await startPeer(sandbox, environment);
    await using two = await startPeer(sandbox, environment);
    await Promise.all([one.untilUp(), two.untilUp()]);

    const left = await one.remaining();
    expect(await two.remaining()).toBe(left - 1);

    const { redis: address } = loadConfig([], { REDIS_URL: redis.url });
    if (address === null) throw new Error('The URL is an address.');
    const documents = new Map([[documentId, document]]);
    expect(await runOnce(address, 10_000, (client) => client.hSet(documentsKey(sandbox.origin), documents))).toBe(1);
    expect((await two.post({ documentId })).answer.data).toHaveProperty('integrations');

    await two.ask(graph);
    expect((await two.ask(graph)).headers.get('age')).not.toBeNull();
    await one.ask(add('told'));
    expect(JSON.stringify((await two.ask(graph)).answer)).toContain('told');

    const labels = Array.from({ length: 12 }, (_, i) => `shared-${i}`);
    const answers = await Promise.all(labels.map((label, i) => (i % 2 ? one : two).ask(add(label))));
    for (const { answer } of answers) {
      expect(answer).toEqual({ data: { addAccessProfileLabels: { __typename: 'ChangeAccessProfileLabelsPayload' } } });
    }
    expect(sandbox.store.profile(profile)?.labels).toEqual(expect.arrayContaining(labels));
    const notes = [...one.notes, ...two.notes];
    expect(notes).toEqual(Array(2).fill('connected to Redis (REDIS_URL)'));
    expect(one.logText() + two.logText()).not.toContain(password);
  });

  it('continue after a failover', async () => {
    await using one = await startPeer(sandbox, environment);
    await using two = await startPeer(sandbox, environment);
    await Promise.all([one.untilUp(), two.untilUp()]);
    await one.remaining();
    await two.ask(graph);
    await redis.failOver(key);
    const user = ['ACL', 'SETUSER', 'gateway', 'on', `>${password}`];
    await redis.command(key, ...user, ...rights);
    const isDone = async (label: string) => {
      const { answer } = await one.ask(add(label));
      return JSON.stringify(answer.data).includes('ChangeAccessProfileLabelsPayload');
    };
    await until(() => isDone('after'));
    expect(JSON.stringify((await two.ask(graph)).answer)).toContain('after');
    await Promise.all([one.untilUp(), two.untilUp()]);
    await until(async () => (await one.remaining()) - (await two.remaining()) === 1);
    expect(await isDone('later')).toBe(true);
    expect(JSON.stringify((await two.ask(graph)).answer)).toContain('later');
  });

  it('reconnect when Redis comes back, however long it was away', async () => {
    const settings = { ...limits, REDIS_URL: redis.url };
    await using old = await startPeer(sandbox, settings);
    await old.untilUp();
    await Promise.all(redis.servers.map((server) => server.kill()));
    await old.untilAway();
    await using fresh = await startPeer(sandbox, settings);
    await until(() => fresh.notes.length > 0);
    expect(fresh.notes).toEqual([expect.stringContaining('cannot use Redis')]);
    await Promise.all(redis.servers.map((server) => server.restart()));
    await Promise.all([old.untilUp(), fresh.untilUp()]);
    await until(async () => (await old.remaining()) - (await fresh.remaining()) === 1);
    expect(JSON.stringify((await fresh.ask(add('found'))).answer)).toContain('ChangeAccessProfileLabelsPayload');
  });
});

describe('a gateway on Sentinel', () => {
  it('gives a Sentinel the password that is meant for it', async () => {
    await using redis = await startSentinel();
    const sandbox = await startSandbox();
    await redis.sentinel('ACL', 'SETUSER', 'finder', 'on', `>${password}`, ...rightsFor('On Sentinels it needs'));
    await redis.sentinel('ACL', 'SETUSER', 'default', 'off');
    const url = `${redis.url}?sentinel_username=finder&sentinel_password=${password}`;
    await using peer = await startPeer(sandbox, { REDIS_URL: url });
    await peer.untilUp();
    await using stranger = await startPeer(sandbox, { REDIS_URL: redis.url });
    await until(() => stranger.logText().includes('NOAUTH'));
    await sandbox.close();
  });

  it('needs no Sentinel while the primary is there, and follows a planned failover', async () => {
    await using redis = await startSentinel();
    const sandbox = await startSandbox();
    await using one = await startPeer(sandbox, { ...limits, REDIS_URL: redis.url });
    await using two = await startPeer(sandbox, { ...limits, REDIS_URL: redis.url });
    await Promise.all([one.untilUp(), two.untilUp()]);
    await redis.killSentinel();
    const isDone = async (label: string) =>
      JSON.stringify((await one.ask(add(label))).answer).includes('ChangeAccessProfileLabelsPayload');
    expect(await isDone('without')).toBe(true);

    await redis.restartSentinel();
    const primary = () => redis.sentinel('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'main').then(String);
    const old = await primary();
    await until(async () => (await redis.sentinel('SENTINEL', 'FAILOVER', 'main').catch(() => null)) === 'OK');
    await until(async () => (await primary()) !== old);
    await until(() => isDone('after'));
    await until(async () => (await one.remaining()) - (await two.remaining()) === 1);
    await two.ask(graph);
    expect(await isDone('later')).toBe(true);
    expect(JSON.stringify((await two.ask(graph)).answer)).toContain('later');
    await sandbox.close();
  });
});
