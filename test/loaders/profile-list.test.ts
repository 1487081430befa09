import { describe, expect, it } from 'vitest';
import { type Condition, test } from '../../src/filter/condition.ts';
import { conditionOfScim } from '../../src/filter/raw-filter.ts';
import { FilterSupport } from '../../src/filter/support.ts';
import { conditionOfFilter, type ProfileFilter } from '../../src/filter/typed-filter.ts';
import { CallerMemory } from '../../src/loaders/caller-memory.ts';
import type { ProfileList } from '../../src/loaders/profile-list.ts';
import { asked, listOf, loadersAt, oddApi, sandboxOf, type TestLoaders, worldOf } from './support.ts';

const where = (filter: ProfileFilter): Condition => conditionOfFilter(filter, () => [], 'filter');
const numbers = ({ rows }: ProfileList) => rows.map(({ profile }) => Number(profile.profileId.slice(1)));
/** Calls that may be made in any order. */
const inParallel = (calls: readonly string[]) => [...calls].sort();
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Reads slice after slice to the end, each as an operation of its own. */
async function readAll(loaders: () => TestLoaders, condition: Condition, first: number): Promise<number[][]> {
  const slices: number[][] = [];
  let after = null;
  for (let rest = 100; rest > 0; rest--) {
    const list: ProfileList = await loaders().lister.list(listOf({ condition, first, after }));
    slices.push(numbers(list));
    after = list.rows.at(-1)?.position ?? null;
    if (after === null || !(await list.hasNext())) break;
  }
  return slices;
}

describe('a list without a filter', () => {
  it('asks for as many as are wanted', async () => {
    const sandbox = await sandboxOf(worldOf(30));
    const list = await loadersAt(sandbox.origin).lister.list(listOf({ first: 7 }));
    expect(numbers(list)).toEqual(range(1, 7));
    expect([list.filter, await list.hasNext()]).toEqual([null, true]);
    expect(sandbox.calls.map(({ query }) => String(query))).toEqual(['page_size=7']);
  });

  it('asks for full pages where they will be of use', async () => {
    const sandbox = await sandboxOf(worldOf(300));
    const { lister } = loadersAt(sandbox.origin);
    const list = await lister.list(listOf({ first: 7, wantsFullPages: true }));
    expect((await list.all()).length).toBe(300);
    expect(sandbox.calls.map(({ query }) => query.get('page_size'))).toEqual(['100', '100', '100']);
  });

  it('of none asks for one, to know whether there is any', async () => {
    const sandbox = await sandboxOf(worldOf(3));
    const list = await loadersAt(sandbox.origin).lister.list(listOf({ first: 0 }));
    expect([numbers(list), await list.hasNext()]).toEqual([[], true]);
  });

  it.each([[1], [3], [7], [100]])('is read to its end in slices of %i, each row once', async (first) => {
    const sandbox = await sandboxOf(worldOf(20));
    const slices = await readAll(() => loadersAt(sandbox.origin), where({}), first);
    expect(slices.flat()).toEqual(range(1, 20));
    expect(slices).toHaveLength(Math.ceil(20 / first));
    expect(sandbox.calls).toHaveLength(slices.length);
  });

  it('is read on from any of its rows', async () => {
    const sandbox = await sandboxOf(worldOf(20));
    const { rows } = await loadersAt(sandbox.origin).lister.list(listOf({ first: 12 }));
    for (const [i, { position }] of rows.entries()) {
      const rest = await loadersAt(sandbox.origin).lister.list(listOf({ first: 5, after: position }));
      expect(numbers(rest)).toEqual(range(i + 2, Math.min(i + 6, 20)));
    }
  });

  it('may be cut into ragged and empty pages', async () => {
    const sandbox = await sandboxOf(worldOf(50), { raggedPages: true });
    const slices = await readAll(() => loadersAt(sandbox.origin), where({}), 8);
    expect(slices.flat()).toEqual(range(1, 50));
  });
});

it('a list in which profiles come again has each once', async () => {
  const twice = range(1, 150).flatMap((n) => [`p${n}`, `p${n}`, 'p1']);
  const server = await oddApi(twice, () => null);
  for (const condition of [where({}), where({ name: { ne: 'nobody' } })]) {
    const request = listOf({ condition, first: 500, wantsFullPages: true });
    const list = await loadersAt(server.origin).lister.list(request);
    expect([numbers(list), await list.hasNext(), (await list.all()).length]).toEqual([range(1, 150), false, 150]);
  }
});

describe('a documented filter', () => {
  const world = worldOf(50, (n) => ({ labels: n % 2 === 0 ? ['prod'] : ['production'] }));

  it('is left to the API, and its rows are looked at all the same', async () => {
    const evens = range(1, 25).map((n) => n * 2);
    for (const arrayContains of ['element', 'substring'] as const) {
      const sandbox = await sandboxOf(world, { arrayContains });
      const slices = await readAll(() => loadersAt(sandbox.origin), where({ labels: { has: 'prod' } }), 10);
      expect(slices.flat()).toEqual(evens);
      expect(new Set(asked(sandbox).map((line) => line.replace(' next', '')))).toEqual(new Set(['labels co "prod"']));
    }
  });

  it('is asked for in full pages where the API gives many other rows', async () => {
    const sandbox = await sandboxOf(
      worldOf(250, (n) => ({ labels: [n % 80 === 1 ? 'prod' : 'production'] })),
      { arrayContains: 'substring' },
    );
    const list = await loadersAt(sandbox.origin).lister.list(
      listOf({ condition: where({ labels: { has: 'prod' } }), first: 3 }),
    );
    expect([numbers(list), await list.hasNext()]).toEqual([[1, 81, 161], true]);
    expect(sandbox.calls.map(({ query }) => query.get('page_size'))).toEqual(['3', '100', '100', '100']);
  });

  it('that nothing can match is not asked for', async () => {
    const sandbox = await sandboxOf(world);
    const list = await loadersAt(sandbox.origin).lister.list(listOf({ condition: where({ id: { in: [] } }) }));
    expect([numbers(list), await list.hasNext(), (await list.all()).length]).toEqual([[], false, 0]);
    expect(sandbox.calls).toEqual([]);
  });

  it('may be refused all the same: then all is read', async () => {
    const server = await oddApi(250, () => 400);
    const condition = where({ type: { in: ['t'] }, name: { contains: 'p', caseSensitive: true } });
    expect(numbers(await loadersAt(server.origin).lister.list(listOf({ condition })))).toEqual([]);
    expect(inParallel(server.asked)).toEqual([
      'all',
      'all next',
      'all next',
      'name co "1" and name co "1"',
      'profile_type eq "t"',
    ]);
  });

  it('leaves cursors that go on with the list they were cut from', async () => {
    const sandbox = await sandboxOf(worldOf(250, () => ({ labels: ['a'] })));
    sandbox.faults.add({ kind: 'status', status: 400, match: { path: '/access_profiles' } });
    const condition = where({ labels: { has: 'a' } });
    const list = await loadersAt(sandbox.origin).lister.list(listOf({ condition, first: 100 }));
    expect(asked(sandbox)).toEqual(['labels co "a" 400', 'all']);
    const after = list.rows.at(-1)?.position ?? null;
    const rest = await loadersAt(sandbox.origin).lister.list(listOf({ condition, first: 100, after }));
    expect(numbers(rest)).toEqual(range(101, 200));
    expect(asked(sandbox).slice(2)).toEqual(['all next']);
  });
});

describe('an undocumented filter', () => {
  const condition = where({ name: { contains: 'file 1', caseSensitive: true } });
  const matching = range(1, 150).filter((n) => `Profile ${n}`.includes('file 1'));
  const world = worldOf(150);

  it('is left to an API that takes it, with a proof in each operation', async () => {
    const sandbox = await sandboxOf(world, { openFilters: true });
    const support = new FilterSupport();
    const memory = new CallerMemory();
    for (let i = 0; i < 2; i++) {
      const { lister } = loadersAt(sandbox.origin, support, { memory });
      expect(numbers(await lister.list(listOf({ condition, first: 500 })))).toEqual(matching);
      const other = where({ name: { contains: 'file 2', caseSensitive: true } });
      expect(numbers(await lister.list(listOf({ condition: other, first: 1 })))).toEqual([2]);
    }
    const lists = ['name co "file 1"', 'name co "file 2"', 'name co "rofil"'];
    expect(inParallel(asked(sandbox))).toEqual(['all', ...lists.flatMap((each) => [each, each])]);
    expect(support.verdict('name co')).toBe('worked');
  });

  it('is checked here for an API that refuses it, which is asked once', async () => {
    const sandbox = await sandboxOf(world);
    const support = new FilterSupport();
    for (let i = 0; i < 2; i++) {
      const list = await loadersAt(sandbox.origin, support).lister.list(listOf({ condition, first: 500 }));
      expect([numbers(list), list.filter]).toEqual([matching, null]);
    }
    expect(inParallel(asked(sandbox))).toEqual([...['all', 'all', 'all next', 'all next'], 'name co "rofil" 400']);
  });

  it.each<[name: string, filtered: null | readonly string[] | number]>([
    ['ignores it', null],
    ['finds nothing by it', []],
    ['breaks over it', 500],
  ])('is checked here for an API that %s', async (_name, filtered) => {
    const server = await oddApi(150, () => filtered);
    const byName = where({ name: { contains: 'p14', caseSensitive: true } });
    const list = await loadersAt(server.origin).lister.list(listOf({ condition: byName, first: 500 }));
    expect(numbers(list)).toEqual([14, ...range(140, 149)]);
    expect(inParallel(server.asked)).toEqual(['all', 'all next', 'name co "1"']);
  });

  it('that finds nothing is believed once a probe has shown that it works', async () => {
    const sandbox = await sandboxOf(world, { openFilters: true });
    const none = where({ name: { eq: 'nobody', caseSensitive: true } });
    const list = await loadersAt(sandbox.origin).lister.list(listOf({ condition: none }));
    expect([numbers(list), await list.hasNext()]).toEqual([[], false]);
    expect(inParallel(asked(sandbox))).toEqual(['all', 'name eq "Profile 1"', 'name eq "nobody"']);
  });

  it('goes on with a list as it began, whatever has been learnt since, with another proof', async () => {
    const sandbox = await sandboxOf(world, { openFilters: true });
    const before = await loadersAt(sandbox.origin).lister.list(listOf({ condition, first: 10 }));
    const after = before.rows.at(-1)?.position ?? null;
    sandbox.clearCalls();
    const fresh = await loadersAt(sandbox.origin).lister.list(listOf({ condition, first: 10, after }));
    expect(numbers(fresh)).toEqual(matching.slice(10, 20));
    expect(inParallel(asked(sandbox))).toEqual(['all', 'name co "file 1" next', 'name co "rofil"']);
  });

  it('ends a list with an error where the API does not answer it any more', async () => {
    const sandbox = await sandboxOf(world, { openFilters: true });
    const before = await loadersAt(sandbox.origin).lister.list(listOf({ condition, first: 10 }));
    const after = before.rows.at(-1)?.position ?? null;
    const page = { values: [], has_more: false };
    sandbox.faults.add({ kind: 'answer', body: page, match: { path: '/access_profiles' }, times: 9, skip: 1 });
    const rest = loadersAt(sandbox.origin).lister.list(listOf({ condition, first: 10, after }));
    await expect(rest).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
  });

  it('is checked once for all fields of an operation that ask for it', async () => {
    const sandbox = await sandboxOf(world);
    let checks = 0;
    const counted = test((profile) => {
      checks++;
      return profile.name.endsWith('7');
    });
    const { lister } = loadersAt(sandbox.origin);
    for (let i = 0; i < 20; i++) await lister.list(listOf({ condition: counted, first: 3 }));
    expect(checks).toBe(100);
  });

  it('fails as a whole where the API fails', async () => {
    const sandbox = await sandboxOf(world, { openFilters: true });
    sandbox.faults.add({ kind: 'status', status: 403, times: 9 });
    const list = loadersAt(sandbox.origin).lister.list(listOf({ condition }));
    await expect(list).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(sandbox.calls).toHaveLength(1);
  });
});

describe('a filter of which a part is checked here', () => {
  const world = worldOf(250, (n) => ({ labels: n > 200 ? ['a'] : ['b'], description: n % 10 === 0 ? 'ten' : '' }));
  const condition = conditionOfScim('description pr', 'scimFilter');

  it('reads as many pages as it takes, and no more', async () => {
    const sandbox = await sandboxOf(world);
    const list = await loadersAt(sandbox.origin).lister.list(listOf({ condition, first: 12 }));
    expect(numbers(list)).toEqual(range(1, 12).map((n) => n * 10));
    expect(asked(sandbox)).toEqual(['all', 'all next']);
  });

  it('knows whether more follow without another call, if a row at hand says so', async () => {
    const sandbox = await sandboxOf(world);
    const list = await loadersAt(sandbox.origin).lister.list(listOf({ condition, first: 12 }));
    expect(await list.hasNext()).toBe(true);
    expect(sandbox.calls).toHaveLength(2);
  });

  it('reads on only to find out, and to the end only if it must', async () => {
    const sandbox = await sandboxOf(worldOf(250, (n) => ({ description: n === 100 ? 'ten' : '' })));
    const list = await loadersAt(sandbox.origin).lister.list(listOf({ condition, first: 1 }));
    expect(sandbox.calls).toHaveLength(1);
    expect(await list.hasNext()).toBe(false);
    expect(sandbox.calls).toHaveLength(3);
    expect((await list.all()).length).toBe(1);
    expect(sandbox.calls).toHaveLength(3);
  });

  it('is read to its end in slices, each match once', async () => {
    const sandbox = await sandboxOf(world);
    const slices = await readAll(() => loadersAt(sandbox.origin), condition, 4);
    expect(slices.flat()).toEqual(range(1, 25).map((n) => n * 10));
  });
});
