import { afterEach, describe, expect, it, vi } from 'vitest';
import { adminKey, viewerKey } from '../../src/sandbox/server.ts';
import { type SandboxedGateway, startGateway } from '../support/gateway.ts';

const start = (typesTtlSeconds = 60) => startGateway({ openFilters: true }, { typesTtlSeconds });
const question = '{ accessProfiles(first: 3) { nodes { profileId type { typeId name } } } }';

interface Data {
  readonly accessProfiles: {
    readonly nodes: readonly { profileId: string; type: { typeId: string; name: string } | null }[];
  };
}

/** The types that a question shows, how many calls it took, and how old it says to be. */
async function ask(gateway: SandboxedGateway, headers: Record<string, string> = {}, key = adminKey, query = question) {
  const before = gateway.sandbox.calls.length;
  const response = await gateway.fetch(
    new Request('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
      body: JSON.stringify({ query }),
    }),
  );
  const { data }: { data: Partial<Data> | null } = await response.json();
  const calls = gateway.sandbox.calls.slice(before).map(({ path }) => path.split('/').at(-1));
  return {
    names: data?.accessProfiles?.nodes.map(({ type }) => type?.name ?? null),
    types: calls.filter((path) => path === 'access_profiles_types').length,
    age: response.headers.get('age'),
  };
}

/** Gives the first type another name, behind the gateway's back. */
function rename(gateway: SandboxedGateway): void {
  for (const type of gateway.sandbox.store.types()) gateway.sandbox.store.putType({ ...type, name: 'renamed' });
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the types of profiles', () => {
  it('are read once for the queries of a caller, and the answer reports their age', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 1_000_000 });
    // lru-cache takes an entry from the instant 0 of `performance.now()` for one without a time.
    vi.advanceTimersByTime(1);
    await using gateway = await start();
    const first = await ask(gateway);
    expect([first.types, first.age]).toEqual([1, null]);
    rename(gateway);
    vi.advanceTimersByTime(60_000);
    vi.setSystemTime(0);
    expect(await ask(gateway)).toEqual({ names: first.names, types: 0, age: '60' });
    vi.advanceTimersByTime(1);
    expect(await ask(gateway)).toEqual({ names: ['renamed', 'renamed', 'renamed'], types: 1, age: null });
  });

  it('are cached for each caller alone', async () => {
    await using gateway = await start();
    await ask(gateway);
    expect((await ask(gateway, {}, viewerKey)).types).toBe(1);
    expect((await ask(gateway, {}, viewerKey)).types).toBe(0);
    expect((await ask(gateway, {}, 'bm9ib2R5')).names).toBeUndefined();
  });

  it('are read again after a write, and when the caller asks for it', async () => {
    await using gateway = await start();
    await ask(gateway);
    rename(gateway);
    const renamed = ['renamed', 'renamed', 'renamed'];
    expect(await ask(gateway, { 'cache-control': 'no-cache' })).toEqual({ names: renamed, types: 1, age: null });
    expect((await ask(gateway, { 'cache-control': 'no-store' })).types).toBe(1);
    expect((await ask(gateway)).types).toBe(0);
    await ask(gateway, {}, adminKey, 'mutation { createAccessProfileType(input: { name: "new" }) { __typename } }');
    expect((await ask(gateway)).types).toBe(1);
  });

  it('are read again where a profile has a type that is not among them', async () => {
    await using gateway = await start();
    await ask(gateway);
    const [profile] = gateway.sandbox.store.profiles();
    const [type] = gateway.sandbox.store.types();
    if (profile === undefined || type === undefined) throw new Error('an empty world');
    gateway.sandbox.store.putType({ ...type, id: 'brand-new', name: 'brand new' });
    for (const { id } of gateway.sandbox.store.profiles()) {
      gateway.sandbox.store.editProfile(id, { profile_type: 'brand-new' });
    }
    const answer = await ask(gateway);
    expect([answer.names, answer.types]).toEqual([['brand new', 'brand new', 'brand new'], 1]);
  });

  it('are not taken from the cache by queries for types', async () => {
    await using gateway = await start();
    await ask(gateway);
    rename(gateway);
    const both = `{ accessProfiles(first: 3) { nodes { profileId type { typeId name } } } accessProfileTypes { nodes { name } } }`;
    expect(await ask(gateway, {}, adminKey, both)).toEqual({
      names: ['renamed', 'renamed', 'renamed'],
      types: 1,
      age: null,
    });
  });

  it('are read by every operation where the cache is switched off', async () => {
    await using gateway = await start(0);
    await ask(gateway);
    expect((await ask(gateway)).types).toBe(1);
  });
});
