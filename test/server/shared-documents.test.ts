import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { runDocuments } from '../../src/cli/documents.ts';
import { loadConfig } from '../../src/config.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { documentsKey, prefixFor } from '../../src/server/redis/keys.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { startPeer, until } from './shared-store-support.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const documents = [
  'query Integrations { integrations }',
  'query Types { accessProfileTypes { nodes { name } } }',
  'query Later { __typename integrations }',
];
const [one = '', two = '', three = ''] = documents.map(sha256);

function manifest(content: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'persisted-documents.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

/** What the command says. */
async function publish(texts: readonly string[], ...flags: readonly string[]): Promise<string> {
  let said = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  try {
    await runDocuments(['publish', manifest(Object.fromEntries(texts.map((text) => [sha256(text), text]))), ...flags]);
    return said;
  } finally {
    spy.mockRestore();
  }
}

describe('documents in Redis', () => {
  let sandbox: Sandbox;
  let redis: RedisServer;
  let settings: Readonly<Record<string, string>>;
  let flags: readonly string[];
  beforeAll(async () => {
    [sandbox, redis] = await Promise.all([startSandbox(), startRedis()]);
    flags = ['--redis-url', redis.url, '--veza-url', sandbox.origin];
    settings = {
      VEZA_URL: sandbox.origin,
      REDIS_URL: redis.url,
      PERSISTED_DOCUMENTS: 'redis',
      PERSISTED_DOCUMENTS_ONLY: 'on',
    };
  });
  afterAll(async () => {
    await Promise.all([sandbox.close(), redis[Symbol.asyncDispose]()]);
  });

  it('are known to every gateway as soon as they are published, and stay known', async () => {
    await using peer = await startPeer(sandbox, settings);
    await peer.untilUp();
    const unknown = await peer.post({ documentId: one });
    expect(unknown.status).toBe(400);
    expect(unknown.answer.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });

    expect(await publish(documents.slice(0, 1), ...flags)).toBe(
      `Documents for ${sandbox.origin}: 1 published, 1 of them new\n`,
    );
    expect((await peer.post({ documentId: one })).answer.data).toHaveProperty('integrations');
    expect(await publish(documents.slice(0, 2), ...flags)).toContain('2 published, 1 of them new');
    const byHash = { extensions: { persistedQuery: { version: 1, sha256Hash: two } } };
    expect((await peer.post(byHash)).answer.data).toHaveProperty('accessProfileTypes');
    for (const body of [{ query: documents[0] }, { query: '{ __typename }' }]) {
      expect((await peer.post(body)).status).toBe(403);
    }

    // As GraphQL Code Generator writes and sends ids.
    const prefixed = manifest({ [`sha256:${three}`]: documents[2] });
    await runDocuments(['publish', prefixed, ...flags]);
    expect((await peer.post({ documentId: `sha256:${three}` })).answer.data).toHaveProperty('integrations');

    // Looked up once: what is in Redis later is not looked at.
    await redis.command('FLUSHALL');
    expect((await peer.post({ documentId: one })).status).toBe(200);
    await using newcomer = await startPeer(sandbox, settings);
    await newcomer.untilUp();
    expect((await newcomer.post({ documentId: one })).status).toBe(400);
  });

  it('are not run where their text does not match their id', async () => {
    await using peer = await startPeer(sandbox, settings);
    await peer.untilUp();
    await publish(documents.slice(0, 2), ...flags);
    const key = documentsKey(sandbox.origin);
    expect(key).toMatch(/^access-profile-gateway:\{[\da-f]{16}\}:documents$/);
    await redis.command('HSET', key, one, 'query Integrations { integrations __typename }');
    await redis.command('HSET', key, 'Integrations', documents[0] ?? '');
    const calls = sandbox.calls.length;
    for (const documentId of [one, 'Integrations', one.toUpperCase(), '']) {
      expect((await peer.post({ documentId })).status).toBe(400);
    }
    expect(sandbox.calls).toHaveLength(calls);
    expect(peer.notes).toContain('a document in Redis is not the one that its id stands for');
    // Publishing mends it.
    await publish(documents.slice(0, 1), ...flags);
    expect((await peer.post({ documentId: one })).status).toBe(200);
  });

  it('that are not cached cannot run while Redis is away, and no other document runs', async () => {
    await using own = await startRedis();
    await publish(documents, '--redis-url', own.url, '--veza-url', sandbox.origin);
    await using peer = await startPeer(sandbox, { ...settings, REDIS_URL: own.url });
    await peer.untilUp();
    await peer.post({ documentId: one });
    await own.kill();
    expect((await peer.post({ documentId: one })).status).toBe(200);
    const { status, headers, answer } = await peer.post({ documentId: three });
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('1');
    expect(answer).toEqual({
      errors: [
        {
          message: expect.stringContaining('cannot look up persisted documents now'),
          extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfter: 1 },
        },
      ],
    });
    expect((await peer.post({ query: documents[2] })).status).toBe(403);
    await expect(publish(documents, '--redis-url', own.url, '--veza-url', sandbox.origin)).rejects.toThrow(
      /^The gateway cannot use Redis \(REDIS_URL\): ECONNREFUSED$/,
    );
  });

  it.each<readonly [argv: () => readonly string[], problem: RegExp]>([
    [() => [], /^arguments: say "documents publish/],
    [() => ['publish', '--redis-url'], /^arguments: say "documents publish/],
    [() => ['publish', 'nowhere.json', ...flags], /^arguments: nowhere.json cannot be read/],
    [() => ['publish', manifest({ abc: '{ integrations }' }), ...flags], /under "abc", which is not its SHA-256/],
    [() => ['publish', manifest({}), '--veza-url', 'acme.vezacloud.com'], /^REDIS_URL: must be set/],
    [() => ['publish', manifest({}), '--redis-url', redis.url], /^VEZA_URL: must be set/],
  ])('are not published without what it takes: %#', async (argv, problem) => {
    await expect(runDocuments(argv())).rejects.toThrow(problem);
  });

  describe('automatic persisted queries', () => {
    const hashOnly = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
    const withHash = (query: string) => ({ query, ...hashOnly(sha256(query)) });
    const notFound = { errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] };
    /** The place of a document in Redis. */
    const placeOf = (hash: string) => `${prefixFor(sandbox.origin)}query:${hash.slice(0, 3)}`;

    it('that one gateway is sent are known to all with one Redis, and to each while Redis is away', async () => {
      await using own = await startRedis();
      const settings = { VEZA_URL: sandbox.origin, REDIS_URL: own.url };
      await using first = await startPeer(sandbox, settings);
      await using second = await startPeer(sandbox, settings);
      await Promise.all([first.untilUp(), second.untilUp()]);
      expect((await second.post(hashOnly(one))).answer).toMatchObject(notFound);
      await first.post(withHash(documents[0] ?? ''));
      const key = placeOf(one);
      await until(async () => (await own.command('GET', key)) === documents[0]);
      // They expire.
      expect(Number(await own.command('PTTL', key))).toBeGreaterThan(86_400_000);
      expect((await second.post(hashOnly(one))).answer.data).toHaveProperty('integrations');
      await own.kill();
      expect((await second.post(hashOnly(one))).answer.data).toHaveProperty('integrations');
      expect((await second.post(hashOnly(two))).answer).toMatchObject(notFound);
      await second.post(withHash(documents[1] ?? ''));
      expect((await second.post(hashOnly(two))).answer.data).toHaveProperty('accessProfileTypes');
      expect((await first.post(hashOnly(two))).answer).toMatchObject(notFound);
    });

    it('are not run where Redis has another document, and take a bounded part of Redis', async () => {
      await using own = await startRedis();
      await using peer = await startPeer(sandbox, { VEZA_URL: sandbox.origin, REDIS_URL: own.url });
      await peer.untilUp();
      await own.command('SET', placeOf(one), documents[1] ?? '');
      expect((await peer.post(hashOnly(one))).answer).toMatchObject(notFound);
      await own.command('DEL', placeOf(one));
      await own.command('RPUSH', placeOf(one), 'a list');
      expect((await peer.post(hashOnly(one))).answer).toMatchObject(notFound);

      const long = `{ __typename } # ${'é'.repeat(5000)}`;
      await peer.post(withHash(long));
      // Documents of one place: the last one stays.
      const sharing: string[] = [];
      for (let i = 0; sharing.length < 3; i++) {
        const text = `{ __typename } # ${i}`;
        if (sha256(text).startsWith('abc')) sharing.push(text);
      }
      for (const text of sharing) await peer.post(withHash(text));
      const last = sharing.at(-1) ?? '';
      await until(async () => (await own.command('GET', placeOf(sha256(last)))) === last);
      expect(await own.command('KEYS', '*:query:*')).toHaveLength(2);
      expect(await own.command('EXISTS', placeOf(sha256(long)))).toBe(0);
    });
  });
});

it('documents in Redis need a Redis and a tenant', () => {
  const redis = { PERSISTED_DOCUMENTS: 'redis', REDIS_URL: 'redis://localhost' };
  expect(() => loadConfig([], { PERSISTED_DOCUMENTS: 'redis' })).toThrow(/^REDIS_URL: must be set too/);
  expect(() => loadConfig([], redis)).toThrow(/^VEZA_URL: must be set too/);
  expect(loadConfig([], { ...redis, VEZA_URL: 'acme.vezacloud.com' }).persistedDocuments).toBe('redis');
  expect(loadConfig([], { PERSISTED_DOCUMENTS: './redis' }).persistedDocuments).toEqual({ manifest: './redis' });
});
