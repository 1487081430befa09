import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/loaders/snapshot.ts';
import { type SnapshotOptions, type SnapshotRequest, SnapshotStore } from '../../src/loaders/snapshot-store.ts';
import type { Profile } from '../../src/model/profile.ts';
import { profile } from '../inheritance/profiles.ts';

/** A store on a clock of its own, and a scan that brings so many profiles once it is let through. */
function setUp(options: Partial<SnapshotOptions> = {}) {
  const clock = { now: 1_000_000 };
  const store = new SnapshotStore({ ttlMs: 30_000, maxProfiles: 100, now: () => clock.now, ...options });
  let scans = 0;
  const scan = (count: number) => async (): Promise<readonly Profile[]> => {
    scans++;
    return Array.from({ length: count }, (_, i) => profile(`p${i}`));
  };
  const read = async (request: Partial<SnapshotRequest> = {}, count = 10): Promise<Snapshot> =>
    store.read({ authorization: 'Bearer a', extraInfo: false, reuse: 'shared', ...request }, scan(count));
  return { clock, store, read, scans: () => scans };
}

/** A scan that ends when it is told to. */
function slowScan() {
  const finished = new AbortController();
  let signal: AbortSignal | undefined;
  return {
    scan: (given: AbortSignal | undefined) => {
      signal = given;
      return new Promise<readonly Profile[]>((resolve, reject) => {
        finished.signal.addEventListener('abort', () => resolve([profile('p')]));
        given?.addEventListener('abort', () => reject(new Error('aborted')));
      });
    },
    finish: () => finished.abort(),
    isAborted: () => signal?.aborted ?? false,
  };
}

const mine = { authorization: 'Bearer a', extraInfo: false, reuse: 'shared' } as const;
const never = () => Promise.reject(new Error('must not be read'));

describe('a snapshot', () => {
  it('serves the same caller until it expires', async () => {
    const { clock, read, scans } = setUp();
    const first = await read();
    clock.now += 30_000;
    expect(await read()).toBe(first);
    clock.now += 1;
    expect(await read()).not.toBe(first);
    expect(scans()).toBe(2);
  });

  it('is returned at once, not as a promise', async () => {
    const { store, read } = setUp();
    const first = await read();
    expect(store.read(mine, never)).toBe(first);
  });

  it('counts its age from the first call for it', async () => {
    const { clock, store } = setUp();
    const { scan, finish } = slowScan();
    const reading = store.read(mine, scan);
    clock.now += 20_000;
    finish();
    expect((await reading).readAt).toBe(1_000_000);
    clock.now += 10_001;
    const later = slowScan();
    const next = store.read(mine, later.scan);
    expect(next).toBeInstanceOf(Promise);
    later.finish();
    await next;
  });

  it('serves no other caller', async () => {
    const { read, scans } = setUp();
    await read();
    await read({ authorization: 'Bearer b' });
    await read({ authorization: 'bearer a' });
    expect(scans()).toBe(3);
  });

  it('without entity names serves no caller who asks for names; one with names serves both', async () => {
    const { read, scans } = setUp();
    const plain = await read();
    const named = await read({ extraInfo: true });
    expect(named).not.toBe(plain);
    expect(await read()).toBe(named);
    expect(scans()).toBe(2);
  });

  it('is scanned again and cached for a fresh read, and not cached for a private read', async () => {
    const { read, scans } = setUp();
    const first = await read();
    const fresh = await read({ reuse: 'fresh' });
    expect(fresh).not.toBe(first);
    expect(await read()).toBe(fresh);
    expect(await read({ reuse: 'private' })).not.toBe(fresh);
    expect(await read()).toBe(fresh);
    expect(scans()).toBe(3);
  });

  it('is never cached where the time to live is zero', async () => {
    const { read, scans } = setUp({ ttlMs: 0 });
    await Promise.all([read(), read()]);
    await read();
    expect(scans()).toBe(3);
  });

  it('is not cached if its scan failed', async () => {
    const { store, read, scans } = setUp();
    const failing = async () => store.read(mine, () => Promise.reject(new Error('down')));
    await expect(failing()).rejects.toThrow('down');
    await read();
    expect(scans()).toBe(1);
  });
});

describe('a write', () => {
  it("drops everyone's readings", async () => {
    const { store, read, scans } = setUp();
    await read();
    await read({ authorization: 'Bearer b' });
    store.drop();
    await read();
    await read({ authorization: 'Bearer b' });
    expect(scans()).toBe(4);
  });

  it('keeps scans under way from being cached or joined', async () => {
    const { store } = setUp();
    const before = slowScan();
    const begun = store.read(mine, before.scan);
    store.drop();
    const after = slowScan();
    const next = store.read(mine, after.scan);
    before.finish();
    const old = await begun;
    expect(store.read(mine, never)).toBeInstanceOf(Promise);
    after.finish();
    expect(await next).not.toBe(old);
    expect(store.read(mine, never)).toBe(await next);
  });
});

describe('a scan under way', () => {
  it('is shared by requests of the same caller, and by no other caller', async () => {
    const { store } = setUp();
    const slow = slowScan();
    const [first, second] = [store.read(mine, slow.scan), store.read(mine, never)];
    await expect(async () => store.read({ ...mine, authorization: 'Bearer b' }, never)).rejects.toThrow('must not');
    await expect(async () => store.read({ ...mine, reuse: 'fresh' }, never)).rejects.toThrow('must not');
    slow.finish();
    expect(await first).toBe(await second);
  });

  it('goes on without the caller who began it', async () => {
    const { store } = setUp();
    const slow = slowScan();
    const gone = new AbortController();
    const first = (async () => store.read({ ...mine, signal: gone.signal }, slow.scan))();
    const second = store.read(mine, never);
    gone.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(slow.isAborted()).toBe(false);
    slow.finish();
    expect((await second).size).toBe(1);
  });

  it('ends when all callers have left', async () => {
    const { store } = setUp();
    const slow = slowScan();
    const gone = new AbortController();
    const first = (async () => store.read({ ...mine, signal: gone.signal }, slow.scan))();
    gone.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await expect.poll(slow.isAborted).toBe(true);
  });
});

describe('memory', () => {
  it('holds a limited number of profiles and drops the snapshots used least recently', async () => {
    const { store, read } = setUp();
    const a = await read({ authorization: 'a' }, 40);
    const b = await read({ authorization: 'b' }, 40);
    expect(await read({ authorization: 'a' })).toBe(a);
    const c = await read({ authorization: 'c' }, 40);
    expect(store.read({ ...mine, authorization: 'a' }, never)).toBe(a);
    expect(store.read({ ...mine, authorization: 'c' }, never)).toBe(c);
    expect(await read({ authorization: 'b' }, 40)).not.toBe(b);
  });

  it('caches no snapshot that is too large for it, and remembers its size', async () => {
    const { store, read, scans } = setUp();
    await read({}, 101);
    await read({}, 101);
    expect(scans()).toBe(2);
    expect(store.sizeFor('Bearer a')).toBe(101);
    expect(store.sizeFor('Bearer b')).toBeNull();
  });
});

it('a snapshot larger than the cache drops no other snapshot', async () => {
  const { read, scans } = setUp({ maxProfiles: 20 });
  await read({ authorization: 'Bearer a' }, 10);
  await read({ authorization: 'Bearer b' }, 21);
  await read({ authorization: 'Bearer a' }, 10);
  expect(scans()).toBe(2);
});
