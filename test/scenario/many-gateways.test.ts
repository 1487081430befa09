import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { adminKey, type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { lockKeys, prefixFor } from '../../src/server/redis/keys.ts';
import { bearer, startPeer, until } from '../server/shared-store-support.ts';
import { startProgram } from '../support/program.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { grantsOf, isWrite, parentsOf, smallWorld } from './mutation-support.ts';

type Gateway = Awaited<ReturnType<typeof startPeer>>;

const profile = (id: string, inherits: readonly string[] = []) => ({ id, name: id, profile_type: 'role', inherits });
const many = Array.from({ length: 110 }, (_, i) => profile(`many-${i}`));
const world = {
  ...smallWorld,
  profiles: [...(smallWorld.profiles ?? []), ...['p', 'q', 'r', 's', 't'].map((id) => profile(id)), ...many],
};

const failures = '... on Error { message ... on RuleViolationError { violations { rule } } }';
const change = (field: string) => `mutation { result: ${field} { __typename ${failures} } }`;
const add = (id: string, label: string) =>
  change(`addAccessProfileLabels(input: { id: "${id}", labels: ["${label}"] })`);
const inherit = (id: string, parent: string) =>
  change(`updateAccessProfileVersion(input: { id: "${id}", addInheritsFrom: ["${parent}"] })`);

interface Result {
  readonly __typename: string;
  readonly message?: string;
  readonly violations?: readonly { readonly rule: string }[];
}

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis[Symbol.asyncDispose]());

describe('three gateways on one Redis', () => {
  let sandbox: Sandbox;
  let gateways: readonly Gateway[];
  let prefix: string;
  beforeEach(async () => {
    sandbox = await startSandbox({ world, latencyMs: 2 });
    prefix = prefixFor(sandbox.origin);
    // A machine under load may take its time: that is not what is tested here.
    const environment = {
      REDIS_URL: redis.url,
      REDIS_TIMEOUT_MS: '5000',
      REQUEST_TIMEOUT_MS: '300000',
      UPSTREAM_TIMEOUT_MS: '60000',
    };
    gateways = await Promise.all([1, 2, 3].map(() => startPeer(sandbox, environment)));
    await Promise.all(gateways.map((gateway) => gateway.untilUp()));
    return async () => {
      await Promise.all(gateways.map((gateway) => gateway[Symbol.asyncDispose]()));
      await sandbox.close();
    };
  });

  /** The i-th gateway answers the i-th mutation, all at once. */
  async function spread(mutations: readonly string[]): Promise<readonly Result[]> {
    const answers = await Promise.all(
      mutations.map((mutation, i) => gateways[i % gateways.length]?.ask(mutation, bearer(adminKey))),
    );
    return answers.map((given) => {
      expect(given?.answer.errors).toBeUndefined();
      const { data } = given?.answer ?? {};
      if (data === null || data === undefined) throw new Error('There is no data.');
      const result: unknown = data['result'];
      if (!isResult(result)) throw new Error(`${JSON.stringify(data)} has no result.`);
      return result;
    });
  }

  const labelsOf = (id: string) => sandbox.store.profile(id)?.labels ?? [];
  const writes = () => sandbox.calls.filter(isWrite);

  it('keep all of sixty labels that are added to one profile at once, and say so for each', async () => {
    const labels = Array.from({ length: 60 }, (_, i) => `label-${i}`);
    const results = await spread(labels.map((label) => add('base', label)));
    expect(new Set(results.map(({ __typename }) => __typename))).toEqual(new Set(['ChangeAccessProfileLabelsPayload']));
    expect(new Set(labelsOf('base'))).toEqual(new Set(['a', 'b', ...labels]));
    expect(writes()).toHaveLength(60);
    expect(await redis.dump()).not.toContain(`${prefix}lock:`);
  });

  it('keep all entitlements that are added to one version at once, and the labels beside them', async () => {
    const names = Array.from({ length: 15 }, (_, i) => `entity-${i}`);
    const grant = (id: string) =>
      change(
        `updateAccessProfileVersion(input: { id: "base", addEntitlements: [{ entityType: "Group", datasourceId: "ds-1", entityId: "${id}" }] })`,
      );
    await spread(names.flatMap((name) => [grant(name), add('base', name)]));
    expect(new Set(grantsOf({ sandbox }, 'base'))).toEqual(new Set(['g1', ...names]));
    expect(new Set(labelsOf('base'))).toEqual(new Set(['a', 'b', ...names]));
  });

  it('refuse one of two changes that would close a cycle from both sides', async () => {
    for (const [one, two] of [
      ['p', 'q'],
      ['r', 's'],
    ] as const) {
      const results = await spread([inherit(one, two), inherit(two, one)]);
      const kinds = results.map(({ __typename }) => __typename).sort();
      expect(kinds).toEqual(['RuleViolationError', 'UpdateAccessProfileVersionPayload']);
      expect([...parentsOf({ sandbox }, one), ...parentsOf({ sandbox }, two)]).toHaveLength(1);
    }
  });

  it('refuse one of three changes that would close a cycle through all of them, whatever they have in their caches', async () => {
    // Each has a snapshot in which nobody inherits anything.
    const graph = '{ inheritanceGraph { nodes { id } } }';
    await Promise.all(gateways.map((gateway) => gateway.ask(graph)));
    const results = await spread([inherit('p', 'q'), inherit('q', 'r'), inherit('r', 'p')]);
    expect(results.filter(({ __typename }) => __typename === 'RuleViolationError')).toHaveLength(1);
    expect(results.flatMap(({ violations = [] }) => violations.map(({ rule }) => rule))).toEqual(['inheritance_cycle']);
    expect(['p', 'q', 'r'].flatMap((id) => parentsOf({ sandbox }, id))).toHaveLength(2);
  });

  it('keep single changes and changes of many profiles apart', async () => {
    const bulk = (label: string) =>
      `mutation { result: labelAccessProfiles(input: { profiles: { filter: { name: { startsWith: "many-" } } }, add: ["${label}"] }) { __typename ... on LabelAccessProfilesPayload { changed results { error { message } } } } }`;
    await spread([bulk('x'), bulk('y'), ...many.slice(0, 20).map(({ id }) => add(id, 'z'))]);
    for (const [i, { id }] of many.entries()) {
      expect(new Set(labelsOf(id))).toEqual(new Set(i < 20 ? ['x', 'y', 'z'] : ['x', 'y']));
    }
  }, 240_000);

  it('go on when a lock that nobody renews has ended', async () => {
    const { lock } = lockKeys(prefix, 'base');
    await redis.command('SET', lock, 'a gateway that is gone', 'PX', '1500');
    const [result] = await spread([add('base', 'after')]);
    expect(result?.__typename).toBe('ChangeAccessProfileLabelsPayload');
    expect(labelsOf('base')).toContain('after');
  });
});

describe('a gateway', () => {
  it('that loses its lock while it reads writes nothing and says so', async () => {
    await using sandbox = await slowSandbox();
    await using gateway = await startPeer(sandbox, { REDIS_URL: redis.url });
    await gateway.untilUp();
    const { lock } = lockKeys(prefixFor(sandbox.origin), 'base');
    const changing = gateway.ask(add('base', 'lost'));
    await until(() => sandbox.calls.length > 0);
    expect(await redis.command('DEL', lock)).toBe(1);
    expect((await changing).answer).toEqual({
      data: { result: { __typename: 'ConflictError', message: expect.stringContaining('was lost before the write') } },
    });
    expect(sandbox.calls.filter(isWrite)).toEqual([]);
  });

  it('whose Redis is gone before it writes, writes nothing and says so', async () => {
    await using own = await startRedis();
    await using sandbox = await slowSandbox();
    await using gateway = await startPeer(sandbox, { REDIS_URL: own.url });
    await gateway.untilUp();
    const changing = gateway.ask(add('base', 'lost'));
    await until(() => sandbox.calls.length > 0);
    await own.kill();
    expect(JSON.stringify((await changing).answer)).toContain('ConflictError');
    expect(sandbox.calls.filter(isWrite)).toEqual([]);
  });

  it('keeps its lock for as long as its change takes', async () => {
    await using sandbox = await slowSandbox(4000);
    const settings = { REDIS_URL: redis.url, UPSTREAM_TIMEOUT_MS: '60000', REQUEST_TIMEOUT_MS: '300000' };
    await using gateway = await startPeer(sandbox, settings);
    await gateway.untilUp();
    const { lock } = lockKeys(prefixFor(sandbox.origin), 'base');
    const changing = gateway.ask(add('base', 'slow'));
    await until(() => sandbox.calls.length === 1);
    const token = await redis.command('GET', lock);
    // Renewed: it would have ended after ten seconds, and the change takes four calls of four.
    await until(() => sandbox.calls.length === 4);
    expect(await redis.command('GET', lock)).toBe(token);
    // Right before the write it was made to outlast it.
    expect(Number(await redis.command('PTTL', lock))).toBeGreaterThan(30_000);
    expect(JSON.stringify((await changing).answer)).toContain('ChangeAccessProfileLabelsPayload');
    expect(await redis.command('EXISTS', lock)).toBe(0);
  });

  it('gives up waiting at the end of its request, and writes nothing', async () => {
    const sandbox = await startSandbox({ world });
    await using gateway = await startPeer(sandbox, { REDIS_URL: redis.url, REQUEST_TIMEOUT_MS: '1000' });
    await gateway.untilUp();
    const { lock, next } = lockKeys(prefixFor(sandbox.origin), 'base');
    await redis.command('SET', lock, 'another gateway');
    const answers = await Promise.all(['one', 'two'].map((label) => gateway.ask(add('base', label))));
    for (const { answer } of answers) {
      const message = 'Another change of the same profile is running. Nothing was written. Try again.';
      expect(answer).toEqual({ data: { result: { __typename: 'ConflictError', message } } });
    }
    expect(sandbox.calls).toEqual([]);
    await until(async () => (await redis.command('EXISTS', next)) === 0);
    expect(await redis.command('GET', lock)).toBe('another gateway');
    await sandbox.close();
  });

  it('that is killed in the midst of a change leaves a lock that ends by itself', async () => {
    await using sandbox = await slowSandbox(1000);
    const environment = { VEZA_URL: sandbox.origin, REDIS_URL: redis.url, UPSTREAM_TIMEOUT_MS: '5000' };
    const { child, url } = await startProcess(environment);
    const { lock } = lockKeys(prefixFor(sandbox.origin), 'base');
    const body = JSON.stringify({ query: add('base', 'first') });
    const headers = { ...bearer(adminKey), 'content-type': 'application/json' };
    const answered = fetch(`${url}/graphql`, { method: 'POST', headers, body }).catch(() => null);
    await until(async () => (await redis.command('EXISTS', lock)) === 1 && sandbox.calls.length > 0);
    child.kill('SIGKILL');
    expect(await answered).toBeNull();
    expect(await redis.command('EXISTS', lock)).toBe(1);

    await using gateway = await startPeer(sandbox, { ...environment, REQUEST_TIMEOUT_MS: '120000' });
    expect(JSON.stringify((await gateway.ask(add('base', 'second'))).answer)).toContain('Payload');
    expect(sandbox.store.profile('base')?.labels).toContain('second');
  }, 180_000);
});

function isResult(value: unknown): value is Result {
  return typeof value === 'object' && value !== null && '__typename' in value;
}

async function slowSandbox(latencyMs = 500): Promise<Sandbox & AsyncDisposable> {
  const sandbox = await startSandbox({ world, latencyMs });
  return Object.assign(sandbox, { [Symbol.asyncDispose]: () => sandbox.close() });
}

/** A gateway as a process of its own. */
async function startProcess(
  environment: Readonly<Record<string, string>>,
): Promise<{ child: ChildProcess; url: string }> {
  const child = startProgram(['serve'], { PORT: '0', GRAPHIQL: 'off', ...environment });
  child.stderr.pipe(process.stderr);
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const found = () => /GraphQL +(http:\/\/[^/\s]+)/.exec(output)?.[1];
  await until(() => found() !== undefined);
  return { child, url: found() ?? '' };
}
