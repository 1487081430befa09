import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { FilterSupport } from '../../src/filter/support.ts';
import { CallerMemory } from '../../src/loaders/caller-memory.ts';
import { asked, ids, listOf, loadersAt, oddApi, sandboxOf, type TestLoaders, worldOf } from './support.ts';

const load = ({ profiles }: TestLoaders, ...wanted: readonly string[]) =>
  Promise.all(wanted.map(async (id) => (await profiles.load(id))?.profileId ?? null));

/** A filter of these ids in this order. */
const chain = (...wanted: readonly string[]) => wanted.map((id) => `id eq "${id}"`).join(' or ');

/** The calls of a scan of 150 profiles. */
const scan = ['all', 'all next'];

describe('an API that takes ids', () => {
  it('is asked for all of a batch at once, each id once', async () => {
    const sandbox = await sandboxOf(worldOf(300), { openFilters: true });
    const loaders = loadersAt(sandbox.origin);
    expect(await load(loaders, 'p7', 'p3', 'p7')).toEqual(['p7', 'p3', 'p7']);
    expect(asked(sandbox)).toEqual([ids(7, 3)]);
    expect(await load(loaders, 'p3', 'p5')).toEqual(['p3', 'p5']);
    expect(asked(sandbox).slice(1)).toEqual([ids(5)]);
  });

  it('is asked in parts that fit into a page', async () => {
    const sandbox = await sandboxOf(worldOf(300), { openFilters: true });
    const wanted = Array.from({ length: 250 }, (_, i) => `p${i + 1}`);
    const support = new FilterSupport();
    expect(await load(loadersAt(sandbox.origin, support), ...wanted)).toEqual(wanted);
    // Few at first: so it is known what is to blame where they are refused.
    expect(asked(sandbox).map((filter) => filter.split(' or ').length)).toEqual([4, 100, 100, 46]);
    sandbox.clearCalls();
    expect(await load(loadersAt(sandbox.origin, support), ...wanted)).toEqual(wanted);
    expect(asked(sandbox).map((filter) => filter.split(' or ').length)).toEqual([100, 100, 50]);
  });

  it('is asked in parts that fit into a URL', async () => {
    const id = (n: number) => `${'long-'.repeat(20)}${n}`;
    const sandbox = await sandboxOf(
      worldOf(100, (n) => ({ id: id(n) })),
      { openFilters: true },
    );
    const wanted = Array.from({ length: 100 }, (_, i) => id(i + 1));
    expect(await load(loadersAt(sandbox.origin), ...wanted)).toEqual(wanted);
    const sizes = sandbox.calls.map(
      ({ query }) => new URLSearchParams({ filter: query.get('filter') ?? '' }).toString().length,
    );
    expect(sizes).toHaveLength(3);
    expect(Math.max(...sizes)).toBeLessThan(6000 + 'filter='.length);
  });

  it('is not asked for what a list has brought', async () => {
    const sandbox = await sandboxOf(worldOf(300), { openFilters: true });
    const loaders = loadersAt(sandbox.origin);
    await loaders.lister.list(listOf());
    expect(loaders.profiles.load('p50')).toMatchObject({ profileId: 'p50' });
    expect(asked(sandbox)).toEqual(['all']);
  });

  it('does not have an id that a chain leaves out which brings all its witnesses', async () => {
    const sandbox = await sandboxOf(worldOf(300), { openFilters: true });
    const support = new FilterSupport();
    const loaders = loadersAt(sandbox.origin, support);
    await loaders.lister.list(listOf({ first: 6 }));
    expect(await load(loaders, 'gone')).toEqual([null]);
    expect(asked(sandbox)).toEqual(['all', 'id eq "gone"', chain('p1', 'gone', 'p2', 'p3'), ids(1, 2, 3, 4)]);
    expect(support.verdict('id eq')).toBe('worked');
  });

  it('is asked with witnesses from the list where nothing is known, and with the same the next time', async () => {
    const sandbox = await sandboxOf(worldOf(300), { openFilters: true });
    const memory = new CallerMemory();
    const loaders = () => loadersAt(sandbox.origin, new FilterSupport(), { memory });
    expect(await load(loaders(), 'gone')).toEqual([null]);
    expect(asked(sandbox)).toEqual(['id eq "gone"', 'all', chain('p1', 'gone', 'p2', 'p3'), ids(1, 2, 3, 4)]);
    sandbox.clearCalls();
    expect(await load(loaders(), 'gone', 'lost')).toEqual([null, null]);
    expect(asked(sandbox)).toEqual([
      chain('gone', 'lost'),
      chain('p1', 'p4', 'gone', 'p2', 'lost', 'p3'),
      ids(1, 2, 3, 4),
    ]);
  });

  it('proves nothing by an empty answer', async () => {
    const sandbox = await sandboxOf(worldOf(0), { openFilters: true });
    const support = new FilterSupport();
    expect(await load(loadersAt(sandbox.origin, support), 'gone')).toEqual([null]);
    expect(support.verdict('id eq')).toBe('untried');
  });
});

describe('an API that refuses ids', () => {
  it('is asked once; then its list is read as far as need be, and remembered to refuse', async () => {
    const sandbox = await sandboxOf(worldOf(300));
    const support = new FilterSupport();
    expect(await load(loadersAt(sandbox.origin, support), 'p120', 'p5')).toEqual(['p120', 'p5']);
    expect(asked(sandbox)).toEqual([`${ids(120, 5)} 400`, 'all', 'all next']);
    expect(support.verdict('id eq')).toBe('refused');
    sandbox.clearCalls();
    expect(await load(loadersAt(sandbox.origin, support), 'p5', 'p300')).toEqual(['p5', 'p300']);
    expect(asked(sandbox)).toEqual(['all', 'all next', 'all next']);
  });

  it('has its list read on from where a listing stopped', async () => {
    const sandbox = await sandboxOf(worldOf(300));
    const loaders = loadersAt(sandbox.origin);
    await loaders.lister.list(listOf({ wantsFullPages: true }));
    expect(await load(loaders, 'p150')).toEqual(['p150']);
    expect(asked(sandbox)).toEqual(['all', `${ids(150)} 400`, 'all next']);
  });

  it('has its list read once by all who need it', async () => {
    const sandbox = await sandboxOf(worldOf(300));
    const loaders = loadersAt(sandbox.origin);
    const first = load(loaders, 'p299');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await Promise.all([first, load(loaders, 'p201'), load(loaders, 'gone')])).toEqual([
      ['p299'],
      ['p201'],
      [null],
    ]);
    // Once more for the one that is missing: the first time, the list may have moved.
    const scan = ['all', 'all next', 'all next'];
    expect(asked(sandbox).filter((line) => line.startsWith('all'))).toEqual([...scan, ...scan]);
  });

  it('answers at once, and nothing, for any other id after a whole reading', async () => {
    const sandbox = await sandboxOf(worldOf(10));
    const loaders = loadersAt(sandbox.origin);
    await loaders.scan.all();
    expect(loaders.profiles.load('gone')).toBeNull();
    expect(loaders.profiles.loadMany(['gone', 'p2'])).toMatchObject([{ profileId: 'p2' }]);
    expect(asked(sandbox)).toEqual(['all']);
  });

  it('is not known to refuse all ids where it refused one that is not there', async () => {
    const sandbox = await sandboxOf(worldOf(3));
    const support = new FilterSupport();
    expect(await load(loadersAt(sandbox.origin, support), 'gone')).toEqual([null]);
    expect(asked(sandbox)).toEqual(['id eq "gone" 400', 'all']);
    expect(support.verdict('id eq')).toBe('untried');
  });
});

describe('an API that looks at the first four of a chain of ids, in silence', () => {
  const api = () =>
    oddApi(150, (filter) => [...filter.matchAll(/id eq "p(\d+)"/g)].slice(0, 4).map(([, number]) => `p${number}`));

  it.each([
    ['after others that were there', ['p1', 'p2', 'p3', 'p4'], ['p5', 'p6', 'p7', 'p8', 'p9']],
    ['at first', [], ['p5', 'p6', 'p7', 'p8', 'p9']],
    ['in a full page', [], Array.from({ length: 100 }, (_, i) => `p${i + 11}`)],
    ['with one that is known', ['p1'], ['p20', 'p30', 'p40', 'p50', 'p60', 'p70']],
  ])('does not make anything disappear: %s', async (_, before, wanted) => {
    const server = await api();
    const loaders = loadersAt(server.origin);
    await load(loaders, ...before);
    expect(await load(loaders, ...wanted)).toEqual(wanted);
  });
});

describe.each([3, 4, 5, 6])('an API that gives %i rows at most by ids', (most) => {
  const api = () =>
    oddApi(150, (filter) => {
      const numbers = [...filter.matchAll(/id eq "p(\d+)"/g)].map(([, number]) => Number(number));
      const found = numbers.filter((number) => number <= 150).sort((one, other) => one - other);
      return found.slice(0, most).map((number) => `p${number}`);
    });

  it.each([4, 5, 96, 100, 101])('does not make anything disappear behind %i ids that do not exist', async (gone) => {
    const server = await api();
    const wanted = Array.from({ length: 40 }, (_, i) => `p${i + 105}`);
    const missing = Array.from({ length: gone }, (_, i) => `p${i + 1000}`);
    expect(await load(loadersAt(server.origin), ...missing, ...wanted)).toEqual([
      ...missing.map(() => null),
      ...wanted,
    ]);
    expect(server.asked.length).toBeLessThan(20);
  });
});

describe.each<[which: string, leavesOut: (rows: readonly string[]) => readonly string[]]>([
  ['the first', (rows) => rows.slice(1)],
  ['the last', (rows) => rows.slice(0, -1)],
  ['the second half', (rows) => rows.slice(0, Math.floor(rows.length / 2))],
])('an API that leaves out %s of the rows by ids', (_which, leavesOut) => {
  it.each([
    ['one', ['p140']],
    ['some', ['p140', 'p2', 'p141']],
    ['a page', Array.from({ length: 60 }, (_, i) => `p${i + 90}`)],
  ])('does not make anything disappear: %s', async (_, wanted) => {
    const server = await oddApi(150, (filter) => {
      const numbers = [...filter.matchAll(/id eq "p(\d+)"/g)].map(([, number]) => Number(number));
      return leavesOut(numbers.sort((one, other) => one - other).map((number) => `p${number}`));
    });
    expect(await load(loadersAt(server.origin), ...wanted)).toEqual(wanted);
  });
});

describe('an API that gives nothing for a chain of more than four ids', () => {
  const api = () =>
    oddApi(150, (filter) => {
      const wanted = [...filter.matchAll(/id eq "(p\d+)"/g)].map(([, id = '']) => id);
      return wanted.length > 4 ? [] : wanted;
    });
  const wanted = ['p20', 'p30', 'p40', 'p50', 'p60', 'p70'];

  it('does not make anything disappear, where it was shown to take ids', async () => {
    const server = await api();
    const support = new FilterSupport();
    const loaders = loadersAt(server.origin, support);
    expect(await load(loaders, 'p1', 'p2')).toEqual(['p1', 'p2']);
    expect(support.verdict('id eq')).toBe('worked');
    expect(await load(loaders, ...wanted)).toEqual(wanted);
  });

  it('nor at first', async () => {
    const server = await api();
    expect(await load(loadersAt(server.origin), ...wanted)).toEqual(wanted);
  });
});

it('a profile that goes while it stands at the end of a chain costs nobody else the lookups by id', async () => {
  const sandbox = await sandboxOf(worldOf(300), { openFilters: true });
  const support = new FilterSupport();
  const loaders = loadersAt(sandbox.origin, support);
  await loaders.lister.list(listOf({ first: 1 }));
  expect(await load(loaders, 'p2')).toEqual(['p2']);
  sandbox.store.deleteProfile('p1');
  expect(await load(loaders, 'p200', 'p201', 'gone')).toEqual(['p200', 'p201', null]);
  expect(support.verdict('id eq')).toBe('worked');
});

it('an API that takes ids in any letter case is not asked for ever', async () => {
  const server = await oddApi(150, (filter) =>
    [...filter.matchAll(/id eq "([^"]*)"/g)].map(([, id = '']) => id.toLowerCase()),
  );
  const memory = new CallerMemory();
  for (const wanted of [['P7'], ['p1', 'P7'], ['P7', 'P8', 'P9'], ['p2', 'P7', 'P8', 'P9']]) {
    const found = await load(loadersAt(server.origin, new FilterSupport(), { memory }), ...wanted);
    expect(found).toEqual(wanted.map((id) => (id.startsWith('p') ? id : null)));
  }
  expect(server.asked.length).toBeLessThan(25);
});

describe('an API that takes only ids of its own form', () => {
  const api = () =>
    oddApi(150, (filter) => {
      const wanted = [...filter.matchAll(/id eq "([^"]*)"/g)].map(([, id = '']) => id);
      return wanted.every((id) => /^p\d+$/.test(id)) ? wanted : 400;
    });

  it('is not taken for one that refuses ids, because somebody asked for an odd one', async () => {
    const server = await api();
    const support = new FilterSupport();
    expect(await load(loadersAt(server.origin, support), 'garbage')).toEqual([null]);
    expect(server.asked).toEqual(['id eq "garbage"', ...scan, ...scan]);
    expect(await load(loadersAt(server.origin, support), 'p140')).toEqual(['p140']);
    expect(server.asked.slice(5)).toEqual([ids(140)]);
  });

  it('is not believed to have nothing under an id because it refuses that id', async () => {
    const server = await oddApi(150, (filter) => (filter.includes('p7"') ? 400 : []));
    const support = new FilterSupport();
    support.noteWorking('id eq');
    expect(await load(loadersAt(server.origin, support), 'p7')).toEqual(['p7']);
  });

  it('is read as a whole where it refuses several', async () => {
    const server = await api();
    const support = new FilterSupport();
    support.noteWorking('id eq');
    expect(await load(loadersAt(server.origin, support), 'garbage', 'p2')).toEqual([null, 'p2']);
    expect(server.asked).toEqual(['id eq "garbage" or id eq "p2"', ...scan, ...scan]);
  });
});

describe('an API that ignores what it does not know', () => {
  it('is seen through, and its list is read', async () => {
    const server = await oddApi(150, () => null);
    const support = new FilterSupport();
    expect(await load(loadersAt(server.origin, support), 'p140', 'p141')).toEqual(['p140', 'p141']);
    expect(support.verdict('id eq')).toBe('refused');
    expect(server.asked).toEqual([ids(140, 141), 'all', 'all next']);
  });
});

describe('an API that finds nothing by what it does not know', () => {
  it('is seen through by a profile that is there', async () => {
    const server = await oddApi(150, () => []);
    const support = new FilterSupport();
    expect(await load(loadersAt(server.origin, support), 'p140')).toEqual(['p140']);
    expect(support.verdict('id eq')).toBe('refused');
    expect(server.asked).toEqual([ids(140), 'all', chain('p1', 'p140', 'p2', 'p3'), 'all next']);
  });

  it('is seen through at once where one is known', async () => {
    const server = await oddApi(150, () => []);
    const loaders = loadersAt(server.origin);
    await loaders.lister.list(listOf({ wantsFullPages: true }));
    expect(await load(loaders, 'p140')).toEqual(['p140']);
    expect(server.asked).toEqual(['all', ids(140), chain('p1', 'p140', 'p2', 'p3'), 'all next']);
  });
});

describe('failures', () => {
  const list = { path: '/access_profiles' } as const;

  it('are those of everyone who waits, and of everyone who comes later', async () => {
    const sandbox = await sandboxOf(worldOf(300));
    const support = new FilterSupport();
    support.refuse('id eq');
    sandbox.faults.add({ kind: 'status', status: 503, match: list, skip: 1 });
    const loaders = loadersAt(sandbox.origin, support);
    expect(await load(loaders, 'p5')).toEqual(['p5']);
    await expect(load(loaders, 'p250')).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    await expect(load(loaders, 'p299')).rejects.toBeInstanceOf(UpstreamError);
    expect(loaders.scan.hasEnded).toBe(false);
    expect(loaders.profiles.load('p100')).toMatchObject({ profileId: 'p100' });
    expect(asked(sandbox)).toEqual(['all', 'all next 503']);
  });

  it('cost their own ids only', async () => {
    const sandbox = await sandboxOf(worldOf(300), { openFilters: true });
    const support = new FilterSupport();
    support.noteWorking('id eq');
    sandbox.faults.add({ kind: 'status', status: 503, match: list, skip: 1 });
    const wanted = Array.from({ length: 150 }, (_, i) => `p${i + 1}`);
    const loaders = loadersAt(sandbox.origin, support);
    const results = await Promise.allSettled(wanted.map((id) => loaders.profiles.load(id)));
    const failed = results.filter(({ status }) => status === 'rejected').length;
    expect([failed, asked(sandbox).length]).toEqual([expect.toBeOneOf([50, 100]), 2]);
  });

  it('of a kind that passes tell nothing of what the API takes, if they come once', async () => {
    const sandbox = await sandboxOf(worldOf(10), { openFilters: true });
    const support = new FilterSupport();
    sandbox.faults.add({ kind: 'status', status: 500, match: list });
    expect(await load(loadersAt(sandbox.origin, support), 'p5')).toEqual(['p5']);
    expect(asked(sandbox)).toEqual([`${ids(5)} 500`, 'all']);
    expect(support.verdict('id eq')).toBe('untried');
  });

  it('may be the way in which an API refuses', async () => {
    const server = await oddApi(150, () => 500);
    const support = new FilterSupport();
    for (let i = 0; i < 2; i++) expect(await load(loadersAt(server.origin, support), 'p140')).toEqual(['p140']);
    expect(server.asked).toEqual([ids(140), ...scan, ids(140), ...scan]);
    expect(support.verdict('id eq')).toBe('refused');
  });
});
