import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminKey, type Sandbox, startSandbox, viewerKey } from '../../src/sandbox/server.ts';
import { prefixFor } from '../../src/server/redis/keys.ts';
import { freePort, type RedisServer, startRedis } from '../support/redis.ts';
import { bearer, startPeer, until } from './shared-store-support.ts';

const profile = '3a2371b6-95ec-4d9e-b95c-d75d51daa39b';
const password = 'hunter2-correct-horse';
const limited = { MAX_COST: '20', RATE_LIMIT: '20', RATE_LIMIT_WINDOW_SECONDS: '60', SNAPSHOT_TTL_SECONDS: '60' };
const whole = '{ inheritanceGraph { asOf nodes { name labels } } }';
const change = (label: string) =>
  `mutation { addAccessProfileLabels(input: { id: "${profile}", labels: ["${label}"] }) { ... on ChangeAccessProfileLabelsPayload { accessProfile { labels } } ... on Error { message } } }`;

const operations = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

let sandbox: Sandbox;
let redis: RedisServer;

/** Two gateways to one API with one Redis. */
async function startPair(environment: Readonly<Record<string, string>> = {}, url = redis.url) {
  const peers = await Promise.all([1, 2].map(() => startPeer(sandbox, { REDIS_URL: url, ...environment })));
  const [one, two] = peers;
  if (one === undefined || two === undefined) throw new Error('There are two.');
  await Promise.all([one.untilUp(), two.untilUp()]);
  return {
    one,
    two,
    [Symbol.asyncDispose]: async () => void (await Promise.all(peers.map((peer) => peer[Symbol.asyncDispose]()))),
  };
}

describe('processes with one Redis', () => {
  beforeAll(async () => {
    [sandbox, redis] = await Promise.all([startSandbox(), startRedis()]);
  });
  afterAll(async () => {
    await Promise.all([sandbox.close(), redis[Symbol.asyncDispose]()]);
  });

  describe('count together', () => {
    it('the units that each caller uses, and store nothing that names a caller', async () => {
      const seen = await redis.monitor();
      const rights = /`(~access-profile-gateway:.*?)`/s.exec(operations)?.[1]?.split(/\s+/) ?? [];
      await redis.command('ACL', 'SETUSER', 'gateway', 'on', `>${password}`, ...rights);
      const documents = { PERSISTED_DOCUMENTS: 'redis', VEZA_URL: sandbox.origin };
      const url = redis.url.replace('//', `//gateway:${password}@`);
      await using pair = await startPair({ ...limited, ...documents }, url);
      const { one, two } = pair;
      expect(await one.remaining()).toBe(19);
      expect(await two.remaining()).toBe(18);
      expect(await two.remaining(bearer(viewerKey))).toBe(19);
      expect((await one.ask('{ accessProfiles { totalCount } }')).answer.errors).toBeUndefined();
      const calls = sandbox.calls.length;
      const refused = await two.ask('{ accessProfiles { totalCount } }');
      expect(refused.status).toBe(429);
      const { retryAfter, ...extensions } = refused.answer.errors?.[0]?.extensions ?? {};
      expect(extensions).toEqual({ code: 'RATE_LIMITED', limit: 'RATE_LIMIT' });
      expect(retryAfter).toBeGreaterThan(50);
      expect(retryAfter).toBeLessThanOrEqual(60);
      expect(refused.headers.get('retry-after')).toBe(String(retryAfter));
      expect(sandbox.calls).toHaveLength(calls);
      expect(await one.remaining()).toBe(4);
      // The caller that has enough left. It may not write, which is found out with the lock in hand.
      await one.ask(change('seen'), bearer(viewerKey));
      await one.post({ documentId: 'a'.repeat(64) });

      expect(two.notes.concat(one.notes)).toEqual(Array(2).fill('connected to Redis (REDIS_URL)'));
      const dump = await redis.dump();
      const tag = 'access-profile-gateway:\\{[\\da-f]{16}\\}';
      const forms = [
        `${tag}:rate:[\\da-f]{64} "\\d+"`,
        `${tag}:rate:[\\da-f]{64} "\\d+"`,
        `${tag}:written "[\\da-f-]{36}"`,
      ];
      expect(dump.split('\n').sort()).toEqual(forms.map((form) => expect.stringMatching(`^${form}$`)));
      // Nothing lingers in a store that has no bound of its own.
      for (const line of dump.split('\n')) {
        expect(Number(await redis.command('PTTL', line.split(' ')[0] ?? ''))).toBeGreaterThan(0);
      }
      await until(() => /:lock:[\da-f]{32}"/.test(seen()));
      for (const text of [dump, seen(), one.logText(), two.logText()]) {
        for (const secret of [adminKey, viewerKey, password, 'Salesforce', sandbox.origin, 'totalCount', profile]) {
          expect(text).not.toContain(secret);
        }
      }
    });

    it('at the same time, without letting more pass', async () => {
      await redis.command('FLUSHALL');
      await using pair = await startPair(limited);
      const asked = Array.from({ length: 30 }, (_, i) => (i % 2 ? pair.one : pair.two).ask('{ integrations }'));
      const codes = (await Promise.all(asked)).map(({ status }) => status);
      expect(codes.filter((status) => status === 200)).toHaveLength(20);
      expect(codes.filter((status) => status === 429)).toHaveLength(10);
    });

    it('including the calls that one of them made beyond the estimate', async () => {
      await redis.command('FLUSHALL');
      const sandbox = await startSandbox({ profiles: 2500 });
      const environment = { MAX_COST: '100', RATE_LIMIT: '100', REDIS_URL: redis.url };
      await using one = await startPeer(sandbox, environment);
      await using two = await startPeer(sandbox, environment);
      await Promise.all([one.untilUp(), two.untilUp()]);
      await one.ask('{ accessProfiles { totalCount } }');
      const made = sandbox.calls.length;
      expect(made).toBeGreaterThanOrEqual(25);
      expect(await two.remaining()).toBe(99 - made);
      await sandbox.close();
    });

    it('until the window is over', async () => {
      await redis.command('FLUSHALL');
      await using pair = await startPair(limited);
      expect(await pair.one.remaining()).toBe(19);
      expect(await pair.two.remaining()).toBe(18);
      const key = /^\S+:rate:\S+/m.exec(await redis.dump())?.[0] ?? '';
      expect(Number(await redis.command('PTTL', key))).toBeLessThanOrEqual(60_000);
      // Ends the window now: a short one could end between the first two answers.
      await redis.command('PEXPIRE', key, '1');
      await until(async () => !(await redis.dump()).includes(':rate:'));
      expect(await pair.two.remaining()).toBe(19);
    });

    it('for one API: those of another are counted apart', async () => {
      await redis.command('FLUSHALL');
      const elsewhere = await startSandbox();
      const environment = { ...limited, REDIS_URL: redis.url };
      await using here = await startPeer(sandbox, environment);
      await using there = await startPeer(elsewhere, environment);
      await Promise.all([here.untilUp(), there.untilUp()]);
      expect(await here.remaining()).toBe(19);
      expect(await there.remaining()).toBe(19);
      await elsewhere.close();
    });
  });

  describe('hear of writes', () => {
    const labelsIn = (answer: unknown) => JSON.stringify(answer);

    it('and answer no longer from earlier snapshots', async () => {
      await using pair = await startPair();
      const typed = '{ accessProfiles(first: 1) { nodes { type { name } } } }';
      for (const query of [whole, typed]) await pair.two.ask(query);
      const calls = sandbox.calls.length;
      expect((await pair.two.ask(whole)).headers.get('age')).not.toBeNull();
      expect(sandbox.calls).toHaveLength(calls);
      expect((await pair.two.ask(typed)).headers.get('age')).not.toBeNull();
      const { answer } = await pair.one.ask(change('heard'));
      expect(labelsIn(answer)).toContain('heard');
      const after = await pair.two.ask(whole);
      expect(labelsIn(after.answer)).toContain('heard');
      expect(after.headers.get('age')).toBeNull();
      expect((await pair.two.ask(typed)).headers.get('age')).toBeNull();
      // What the writing process read itself since then is not taken from it by its own message.
      await pair.one.ask(whole);
      expect((await pair.one.ask(whole)).headers.get('age')).not.toBeNull();
    });

    it('and join no read that began before', async () => {
      const slow = await startSandbox({ latencyMs: 1000 });
      await using peer = await startPeer(slow, { REDIS_URL: redis.url });
      await peer.untilUp();
      const query = '{ accessProfiles(first: 1) { nodes { name } } }';
      const asked = [peer.ask(query)];
      await until(() => slow.calls.length === 1);
      await redis.command('SET', `${prefixFor(slow.origin)}written`, 'the name of a write');
      asked.push(peer.ask(query), peer.ask(query));
      await Promise.all(asked);
      expect(slow.calls).toHaveLength(2);
      await slow.close();
    });
  });

  it('leave no connection behind, whenever they are closed', async () => {
    const before = String(await redis.command('CLIENT', 'LIST')).split('\n').length;
    for (let i = 0; i < 40; i++) {
      const peer = await startPeer(sandbox, { REDIS_URL: redis.url });
      await delay(i / 4);
      await peer[Symbol.asyncDispose]();
    }
    await until(async () => String(await redis.command('CLIENT', 'LIST')).split('\n').length <= before);
  });

  it('log that Redis refuses them, without the password', async () => {
    await redis.command('CONFIG', 'SET', 'requirepass', password);
    try {
      const url = redis.url.replace('//', `//:wrong-${password}@`);
      await using peer = await startPeer(sandbox, { ...limited, REDIS_URL: url });
      await until(() => peer.logText().includes('WRONGPASS'));
      expect(await peer.remaining()).toBe(19);
      expect(peer.logText()).not.toContain(password);
      expect(peer.logText()).not.toContain(String(redis.port));
    } finally {
      await redis.command('CONFIG', 'SET', 'requirepass', '').catch(() => undefined);
    }
  });
});

describe.concurrent('a Redis that goes away', () => {
  const connected = 'connected to Redis (REDIS_URL)';
  const away = 'The gateway cannot use Redis (REDIS_URL): limits count in this process alone, changes are refused';
  const refused = [expect.objectContaining({ extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfter: 1 } })];
  const evaluations = async (redis: RedisServer) =>
    Number(/cmdstat_eval:calls=(\d+)/.exec(String(await redis.command('INFO', 'commandstats')))?.[1] ?? 0);

  it('leaves each gateway to itself, and is used again when it is back', async () => {
    await using own = await startRedis();
    const api = await startSandbox();
    const environment = { ...limited, RATE_LIMIT: '100', REDIS_URL: own.url };
    await using peer = await startPeer(api, environment);
    await using other = await startPeer(api, environment);
    await Promise.all([peer.untilUp(), other.untilUp()]);
    expect(await peer.remaining()).toBe(99);
    expect(await other.remaining()).toBe(98);
    await other.ask(whole);

    // A connection that is there but says nothing: one operation waits for it, further ones do not send anything.
    const evaluated = await evaluations(own);
    own.freeze();
    for (let i = 0; i < 30; i++) expect(await peer.remaining()).toBe(99 - i);
    expect(await peer.isUp()).toBe(false);
    // The other gateway finds out by itself, and uses nothing that may be out of date.
    await other.untilAway();
    await fetch(`${api.origin}/api/private/lifecycle_management/access_profiles/${profile}`, {
      method: 'PATCH',
      headers: { ...bearer(adminKey), 'content-type': 'application/json' },
      body: JSON.stringify({ labels: ['outside'] }),
    });
    for (let i = 0; i < 2; i++) {
      const reading = await other.ask(whole);
      expect(reading.headers.get('age')).toBeNull();
      expect(JSON.stringify(reading.answer)).toContain('outside');
    }
    const calls = api.calls.length;
    expect((await peer.ask(change('refused'))).answer.errors).toEqual(refused);
    expect(api.calls).toHaveLength(calls);

    own.thaw();
    // Sixty would have come from the operations; the rest are the checks of two gateways.
    expect((await evaluations(own)) - evaluated).toBeLessThan(30);
    await own.kill();
    await own.restart();
    await until(async () => (await peer.isUp()) && (await other.isUp()) && (await evaluations(own)) > 2);
    const left = await peer.remaining();
    expect(left).toBeGreaterThan(90);
    expect(await other.remaining()).toBe(left - 1);
    expect(JSON.stringify((await peer.ask(change('back'))).answer)).toContain('back');
    expect(peer.notes.slice(0, 3)).toEqual([connected, away, 'Redis (REDIS_URL) is back']);
    await api.close();
  });

  it('learns of a write later, if the gateway that made it could not tell', async () => {
    await using own = await startRedis();
    const api = await startSandbox({ latencyMs: 300 });
    await own.command('ACL', 'SETUSER', 'writer', 'on', `>${password}`, '~*', '+@all');
    await using writer = await startPeer(api, { REDIS_URL: own.url.replace('//', `//writer:${password}@`) });
    await using reader = await startPeer(api, { REDIS_URL: own.url, SNAPSHOT_TTL_SECONDS: '3600' });
    await Promise.all([writer.untilUp(), reader.untilUp()]);
    const changing = writer.ask(change('late'));
    await until(() => api.calls.some(({ method }) => method === 'PATCH'));
    await own.command('ACL', 'SETUSER', 'writer', '-set');
    expect(JSON.stringify((await changing).answer)).toContain('late');
    expect(writer.notes.slice(1)).toEqual([
      'Redis (REDIS_URL) refuses a command',
      'other gateways learn of a write only when Redis (REDIS_URL) is back',
    ]);
    await reader.ask(whole);
    expect((await reader.ask(whole)).headers.get('age')).not.toBeNull();
    await own.command('ACL', 'SETUSER', 'writer', '+set');
    await until(async () => (await reader.ask(whole)).headers.get('age') === null);
    await api.close();
  });

  it('loses what it held: no snapshot from before is used', async () => {
    await using own = await startRedis();
    const api = await startSandbox();
    await using peer = await startPeer(api, { REDIS_URL: own.url });
    await peer.untilUp();
    await peer.ask(whole);
    expect((await peer.ask(whole)).headers.get('age')).not.toBeNull();
    await own.command('FLUSHALL');
    expect((await peer.ask(whole)).headers.get('age')).toBeNull();
    await api.close();
  });

  it('was never there: the gateway starts, answers queries and refuses changes', async () => {
    const api = await startSandbox();
    const environment = {
      ...limited,
      MAX_COST: '1000',
      RATE_LIMIT: '2000',
      REDIS_URL: `redis://127.0.0.1:${await freePort()}`,
    };
    await using peer = await startPeer(api, environment);
    expect(await peer.remaining()).toBe(1999);
    await until(() => peer.notes.length > 0);
    expect(peer.notes).toEqual([away]);
    expect(peer.logText()).toContain('"reason":"ECONNREFUSED"');
    const calls = api.calls.length;
    const labels = `mutation { labelAccessProfiles(input: { profiles: { filter: { id: { eq: "${profile}" } } }, add: ["x"] }) { ... on LabelAccessProfilesPayload { results { error { message } } } } }`;
    expect((await peer.ask(change('refused'))).answer.errors).toEqual(refused);
    expect(JSON.stringify((await peer.ask(labels)).answer)).toContain(
      'Not written: The lock of this change cannot be taken',
    );
    expect(api.calls.slice(calls).every(({ method }) => method === 'GET')).toBe(true);
    await api.close();
  });
});
