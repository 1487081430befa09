import { describe, expect, it, onTestFinished } from 'vitest';
import { FilterSupport } from '../../src/filter/support.ts';
import type { UpstreamCall } from '../../src/loaders/call.ts';
import { ProfilePages } from '../../src/loaders/profile-pages.ts';
import { TypeLoader } from '../../src/loaders/types.ts';
import { readAll } from '../../src/loaders/whole-scan.ts';
import { adminKey, type World } from '../../src/sandbox/server.ts';
import type { WorldProfile } from '../../src/sandbox/world.ts';
import { createClient } from '../../src/upstream/client.ts';
import { type Deviant, startUpstream, withQuery } from '../contract/upstream.ts';
import { rounds } from '../support/call-log.ts';
import { listen } from '../support/notes.ts';

/** Profiles p1 to pN; p1 is of type t1, p2 of t2 and so on, in a circle of so many types. */
function worldOf(count: number, types: number, more: (number: number) => Partial<WorldProfile> = () => ({})): World {
  return {
    types: Array.from({ length: types }, (_, i) => ({ id: `t${i + 1}`, name: `T${i + 1}` })),
    profiles: Array.from({ length: count }, (_, i) => ({
      id: `p${i + 1}`,
      name: `P${i + 1}`,
      profile_type: `t${(i % types) + 1}`,
      ...more(i + 1),
    })),
  };
}

async function scan(world: World, deviant: Omit<Deviant, 'name'> = {}) {
  const upstream = await startUpstream(world, { name: 'an API', ...deviant });
  const client = createClient({ origin: upstream.origin, timeoutMs: 5000, notes: listen(), retries: false });
  onTestFinished(async () => {
    await client.close();
    await upstream.close();
  });
  const call: UpstreamCall = (endpoint, params) =>
    client.call(endpoint, params, { authorization: `Bearer ${adminKey}` });
  const pages = new ProfilePages(call, false);
  const types = new TypeLoader(call);
  let distrusted = false;
  const read = () =>
    readAll(pages, {
      support: new FilterSupport(),
      types: () => types.all(),
      isDistrusted: () => distrusted,
      distrust: () => {
        distrusted = true;
      },
    });
  const ids = (await read()).map(({ profileId }) => profileId);
  const lists = upstream.calls.filter(({ path }) => path.endsWith('/access_profiles'));
  return {
    ids,
    calls: upstream.calls,
    plain: lists.filter(({ query }) => !query.has('filter')).length,
    filtered: lists.filter(({ query }) => query.has('filter')).length,
    isDistrusted: distrusted,
  };
}

const all = (count: number) => Array.from({ length: count }, (_, i) => `p${i + 1}`).sort();

describe('a scan in lists by type', () => {
  it('brings every profile once, in parallel', async () => {
    const { ids, plain, filtered, calls } = await scan(worldOf(1600, 4), { delayMs: 20 });
    expect([...ids].sort()).toEqual(all(1600));
    expect({ plain, filtered }).toEqual({ plain: 1, filtered: 16 });
    // The first page beside the types, then four lists of four pages; not seventeen calls one after the other.
    expect(rounds(calls)).toBeLessThan(9);
  });

  it('takes no more than eight lists at a time', async () => {
    const { ids, filtered } = await scan(worldOf(800, 40));
    expect([...ids].sort()).toEqual(all(800));
    expect(filtered).toBeLessThanOrEqual(8 + 8);
  });

  it('does not split what fits into one page, or what has one type', async () => {
    expect(await scan(worldOf(100, 4))).toMatchObject({ plain: 1, filtered: 0 });
    expect(await scan(worldOf(300, 1))).toMatchObject({ plain: 3, filtered: 0 });
  });

  it('takes the parents that profiles name for granted only if they are there', async () => {
    const world = worldOf(300, 2, (number) => (number === 250 ? { inherits: ['gone'] } : {}));
    const { ids, plain, isDistrusted } = await scan(world);
    expect({ count: ids.length, plain, isDistrusted }).toEqual({ count: 300, plain: 3, isDistrusted: true });
  });
});

describe('is not trusted, and the list is read as it is', () => {
  const shows = async (world: World, deviant: Omit<Deviant, 'name'> = {}) => {
    const { ids, plain, isDistrusted } = await scan(world, deviant);
    expect({ ids: [...ids].sort(), isDistrusted }).toEqual({ ids: all(world.profiles.length), isDistrusted: true });
    expect(plain).toBe(Math.ceil(world.profiles.length / 100));
  };

  it.each([
    ['on the first page', 5, {}],
    ['that another one inherits from', 250, { p260: ['p250'] }],
    ['that inherits from another one', 250, { p250: ['p260'] }],
  ] as const)('where a profile %s has a type that is not listed', async (_where, odd, inherits) => {
    const parentsOf = new Map<string, readonly string[]>(Object.entries(inherits));
    await shows(
      worldOf(300, 2, (number) => ({
        inherits: parentsOf.get(`p${number}`) ?? [],
        ...(number === odd && { profile_type: 'hidden' }),
      })),
    );
  });

  it('where the API does not look at the filter', async () => {
    await shows(worldOf(300, 2), { answer: (request, next) => next(withQuery(request, { filter: null })) });
  });

  it('where it gives nothing for it', async () => {
    await shows(worldOf(300, 2), {
      answer: async (request, next) =>
        request.query.has('filter') ? { status: 200, json: { values: [], has_more: false } } : next(request),
    });
  });

  it.each([400, 500])('where it answers %i to it', async (status) => {
    await shows(worldOf(300, 2), {
      answer: async (request, next) => (request.query.has('filter') ? { status, json: {} } : next(request)),
    });
  });
});

describe('what it can not find out', () => {
  it('is a profile of a type that is not listed, behind the first page, that nothing is connected with', async () => {
    const world = worldOf(300, 2, (number) => (number === 250 ? { profile_type: 'hidden' } : {}));
    const { ids, isDistrusted } = await scan(world);
    expect({ count: ids.length, isDistrusted }).toEqual({ count: 299, isDistrusted: false });
  });
});
