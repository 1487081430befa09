import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import type { Lease } from '../../src/mutations/queue.ts';
import { createLog } from '../../src/server/observability/log.ts';
import { lockKeys, prefixFor } from '../../src/server/redis/keys.ts';
import { openSharedStore } from '../../src/server/redis/shared-store.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { until } from './shared-store-support.ts';

const upstreamOrigin = 'https://acme.example';
const keysOf = (key: string) => lockKeys(prefixFor(upstreamOrigin), key);
const patient = new AbortController().signal;

let redis: RedisServer;
const exists = async (...keys: readonly string[]) => Number(await redis.command('EXISTS', ...keys));

/** What one gateway shares, and how often it dropped what it had read. */
async function open() {
  const { redis: address } = loadConfig([], { REDIS_URL: redis.url });
  if (address === null) throw new Error('The URL is an address.');
  const seen = { isUp: false, drops: 0 };
  const store = openSharedStore({
    timeoutMs: 5000,
    address,
    upstreamOrigin,
    writeTimeoutMs: 30_000,
    log: createLog('silent'),
    onWrite: () => {
      seen.drops++;
    },
    onChange: (isUp) => {
      seen.isUp = isUp;
    },
  });
  await until(() => seen.isUp);
  return { lock: store.lock, seen, [Symbol.asyncDispose]: () => store.close() };
}

/** A lease that may still be waited for. */
function taking(promise: Promise<Lease>) {
  const state = { isTaken: false, lease: promise };
  promise.then(
    () => {
      state.isTaken = true;
    },
    () => undefined,
  );
  return state;
}

describe('the lock of changes in Redis', () => {
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis[Symbol.asyncDispose]());
  beforeEach(() => redis.command('FLUSHALL'));

  it('is taken for all keys or for none, and for all of them next', async () => {
    await using one = await open();
    await using two = await open();
    const [a, b] = [keysOf('a'), keysOf('b')];
    await redis.command('SET', b.lock, 'another gateway');
    const both = taking(one.lock.take(['a', 'b'], patient));
    await until(async () => (await exists(a.next, b.next)) === 2);
    expect(await exists(a.lock)).toBe(0);
    // It waits longer than this one, so this one must not have what both want; a third key is free.
    const single = taking(two.lock.take(['a'], patient));
    await (await two.lock.take(['c'], patient)).release();
    expect([both.isTaken, single.isTaken]).toEqual([false, false]);

    await redis.command('DEL', b.lock);
    const lease = await both.lease;
    expect(await redis.command('GET', a.lock)).toBe(await redis.command('GET', b.lock));
    await lease.confirm();
    expect(single.isTaken).toBe(false);
    await lease.release();
    await (await single.lease).release();
    expect(await exists(a.lock, b.lock, a.next, b.next)).toBe(0);
  });

  it('is reserved for the next gateway in the queue although nobody holds it', async () => {
    await using one = await open();
    const { lock, next } = keysOf('a');
    await redis.command('SET', next, 'another gateway', 'PX', '60000');
    const waiting = taking(one.lock.take(['a'], patient));
    await (await one.lock.take(['b'], patient)).release();
    expect(waiting.isTaken).toBe(false);
    expect(await exists(lock)).toBe(0);
    await redis.command('DEL', next);
    await (await waiting.lease).release();
  });

  it('brings news of the last write before it is granted', async () => {
    await using one = await open();
    const { drops } = one.seen;
    await redis.command('SET', `${prefixFor(upstreamOrigin)}written`, 'the name of a write');
    const lease = await one.lock.take(['a'], patient);
    expect(one.seen.drops).toBeGreaterThan(drops);
    await lease.release();
  });

  it('lasts for a write from the moment it is confirmed', async () => {
    await using one = await open();
    const lease = await one.lock.take(['a', 'b'], patient);
    const left = async (key: string) => Number(await redis.command('PTTL', keysOf(key).lock));
    expect(await left('a')).toBeLessThanOrEqual(10_000);
    await lease.confirm();
    expect(await left('a')).toBeGreaterThan(10_000);
    expect(await left('b')).toBeGreaterThan(10_000);
    await lease.release();
  });

  it('is not confirmed once one of its keys was lost, and releases no lock of others', async () => {
    await using one = await open();
    const lease = await one.lock.take(['a', 'b'], patient);
    await redis.command('SET', keysOf('b').lock, 'another gateway');
    await expect(lease.confirm()).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(lease.confirm()).rejects.toMatchObject({ code: 'CONFLICT' });
    await lease.release();
    expect(await exists(keysOf('a').lock)).toBe(0);
    expect(await redis.command('GET', keysOf('b').lock)).toBe('another gateway');
    // After its release it confirms nothing.
    const next = await one.lock.take(['a'], patient);
    await expect(lease.confirm()).rejects.toMatchObject({ code: 'CONFLICT' });
    await next.release();
  });

  it('is awaited no longer than the change may take, and leaves no place in the queue behind', async () => {
    await using one = await open();
    const { lock, next } = keysOf('a');
    await redis.command('SET', lock, 'another gateway');
    const controller = new AbortController();
    const waiting = one.lock.take(['a'], controller.signal);
    await until(async () => (await exists(next)) === 1);
    controller.abort();
    await expect(waiting).rejects.toThrow();
    expect(await exists(next)).toBe(0);
  });
});
