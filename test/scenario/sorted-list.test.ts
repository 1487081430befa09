import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Answer, gatewayTo, startGateway, type TestGateway } from '../support/gateway.ts';
import { runs } from '../support/runs.ts';
import { type ListApi, listApi, type Row } from './list-api.ts';

interface Page {
  readonly accessProfiles: {
    readonly nodes: readonly { readonly profileId: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly totalCount?: number;
  } | null;
}

const query = `query ($filter: AccessProfileFilter, $search: String, $orderBy: [AccessProfileOrder!], $first: Int, $after: String) {
  accessProfiles(filter: $filter, search: $search, orderBy: $orderBy, first: $first, after: $after) {
    nodes { profileId } pageInfo { hasNextPage endCursor } totalCount
  }
}`;

interface Order {
  readonly field: 'NAME' | 'STATE' | 'TYPE' | 'CREATED_AT' | 'UPDATED_AT';
  readonly direction?: 'ASC' | 'DESC';
}

const states = ['INITIAL', 'RUNNING', 'PAUSED', 'DRY_RUN', 'PENDING'];

/** The folding of the names below, written out. */
const foldings: Readonly<Record<string, string>> = { ß: 'ss', ﬁ: 'fi', İ: 'i̇', Σ: 'σ', ς: 'σ', Ａ: 'ａ' };
const folded = (text: string) => [...text].map((letter) => foldings[letter] ?? letter.toLowerCase()).join('');

function byCodePoint(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => [...text].map((character) => character.codePointAt(0) ?? 0));
  for (let i = 0; i < Math.max(left?.length ?? 0, right?.length ?? 0); i++) {
    const difference = (left?.[i] ?? -1) - (right?.[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

const typeNames: Readonly<Record<string, string>> = { 't-a': 'alpha', 't-b': 'beta' };

/** Nanoseconds of an instant in UTC with nine digits. */
const nanoseconds = (time: string) =>
  BigInt(Date.parse(`${time.slice(0, 19)}Z`)) * 1_000_000_000n + BigInt(time.slice(20, 29));

const sortValues: Readonly<Record<Order['field'], (row: Row) => string | number | bigint | null>> = {
  NAME: ({ name }) => folded(name),
  STATE: ({ state }) => (states.includes(String(state)) ? states.indexOf(String(state)) : 5),
  TYPE: ({ profile_type = '' }) => typeNames[profile_type] ?? null,
  CREATED_AT: ({ created_at }) => (typeof created_at === 'string' ? nanoseconds(created_at) : null),
  UPDATED_AT: ({ updated_at }) => (updated_at === undefined ? null : nanoseconds(updated_at)),
};

/** As the schema describes the order, by the plainest sort. */
function sortedRows(rows: readonly Row[], orders: readonly Order[]): readonly Row[] {
  return [...rows].sort((a, b) => {
    for (const { field, direction } of orders) {
      const [left, right] = [sortValues[field](a), sortValues[field](b)];
      if (left === right) continue;
      if (left === null) return 1;
      if (right === null) return -1;
      const order =
        typeof left === 'string' && typeof right === 'string' ? byCodePoint(left, right) : left < right ? -1 : 1;
      if (order !== 0) return direction === 'DESC' ? -order : order;
    }
    return byCodePoint(a.id, b.id);
  });
}

const letters = fc.string({
  unit: fc.constantFrom('a', 'B', 'b', '_', 'ß', 'ﬁ', 'Ａ', '😀', 'Σ', 'İ', 'ı'),
  maxLength: 3,
});
const time = fc.option(
  fc.nat(3).map((nanosecond) => `2024-01-01T00:00:00.00000000${nanosecond}Z`),
  { nil: undefined },
);
const row = (id: fc.Arbitrary<string>): fc.Arbitrary<Row> =>
  fc.record({
    id,
    name: letters,
    state: fc.constantFrom(...states, 'NEW_STATE'),
    profile_type: fc.constantFrom('t-a', 't-b', 't-hidden', ''),
    created_at: time,
    updated_at: time,
  });
const id = fc.nat(60).map((number) => `p${number}`);
const rows = fc.uniqueArray(row(id), { selector: (each) => each.id, maxLength: 25 });
const order: fc.Arbitrary<readonly Order[]> = fc.uniqueArray(
  fc.record({
    field: fc.constantFrom('NAME', 'STATE', 'TYPE', 'CREATED_AT', 'UPDATED_AT'),
    direction: fc.constantFrom('ASC', 'DESC'),
  }),
  { selector: ({ field }) => field, minLength: 1, maxLength: 3 },
);

function open(api: ListApi, settings: Parameters<typeof gatewayTo>[2] = {}): TestGateway {
  const gateway = gatewayTo(api.origin, undefined, settings);
  onTestFinished(() => gateway[Symbol.asyncDispose]());
  return gateway;
}

/** Pages through a list; `between` runs after each page. */
async function readAll(
  gateway: TestGateway,
  variables: object,
  between: () => void = () => undefined,
): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Answer<Page> = await gateway.ask<Page, object>(query, { ...variables, after });
    const { data, errors } = page;
    expect(errors).toBeUndefined();
    const list: Page['accessProfiles'] | undefined = data?.accessProfiles;
    if (!list) throw new Error('no list');
    ids.push(...list.nodes.map(({ profileId }) => profileId));
    if (!list.pageInfo.hasNextPage) return ids;
    after = list.pageInfo.endCursor;
    between();
  }
}

describe('a sorted list', () => {
  it('has each profile once, in the documented order, whatever the order and the size of the pages', async () => {
    const api = await listApi([]);
    const gateway = open(api, { snapshotTtlSeconds: 0 });
    await fc.assert(
      fc.asyncProperty(rows, order, fc.integer({ min: 1, max: 7 }), async (each, orderBy, first) => {
        api.rows = each;
        expect(await readAll(gateway, { orderBy, first })).toEqual(sortedRows(each, orderBy).map((it) => it.id));
      }),
      { numRuns: runs(120) },
    );
  });

  it('has each profile that stays as it is once, while others are added, changed and removed between pages', async () => {
    const api = await listApi([]);
    const gateway = open(api, { snapshotTtlSeconds: 0 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.array(fc.tuple(fc.nat(99), rows), { maxLength: 6 }),
        order,
        fc.integer({ min: 1, max: 4 }),
        async (start, changes, orderBy, first) => {
          const pending = [...changes];
          const touched = new Set<string>();
          api.rows = start;
          const ids = await readAll(gateway, { orderBy, first }, () => {
            const [removed = 0, added = []] = pending.shift() ?? [];
            const gone = api.rows[removed % Math.max(1, api.rows.length)]?.id ?? '';
            for (const one of [gone, ...added.map((each) => each.id)]) touched.add(one);
            // Changed ones move to the front, so that the pages of the API move as well.
            api.rows = [
              ...added,
              ...api.rows.filter(({ id: old }) => old !== gone && !added.some((each) => each.id === old)),
            ];
          });
          const stayed = start.filter(({ id: old }) => !touched.has(old));
          expect(ids.filter((each) => !touched.has(each))).toEqual(sortedRows(stayed, orderBy).map((it) => it.id));
        },
      ),
      { numRuns: runs(120) },
    );
  });

  it('keeps to the filter and the search, and counts what they leave', async () => {
    const api = await listApi([
      { id: '1', name: 'Sales US', labels: ['prod'] },
      { id: '2', name: 'sales EU', labels: ['prod'] },
      { id: '3', name: 'Finance', labels: ['prod', 'SÁLES'] },
      { id: '4', name: 'SALES' },
    ]);
    const variables = { filter: { labels: { has: 'prod' } }, search: 'sales', orderBy: [{ field: 'NAME' }] };
    const { data } = await open(api).ask<Page, object>(query, variables);
    expect(data?.accessProfiles).toMatchObject({
      nodes: [{ profileId: '3' }, { profileId: '2' }, { profileId: '1' }],
      totalCount: 3,
    });
  });
});

const many = Array.from(
  { length: 250 },
  (_, i): Row => ({ id: `p${i}`, name: `n${(i * 37) % 250}`, profile_type: 't-a' }),
);

/** The first scan of a caller counts profiles by the types, once it knows that there is more than a page. */
const scanWithCounts = ['profiles', 'profiles', 'profiles', 'profiles', 'types'];

describe('the calls of a sorted list', () => {
  it('are one scan for the first page, with its count, and none for further pages while the snapshot lasts', async () => {
    const api = await listApi(many);
    const gateway = open(api);
    const orderBy = [{ field: 'NAME' }];
    const first = await gateway.ask<Page, object>(query, { orderBy, first: 20 });
    expect(api.takeCalls()).toEqual(scanWithCounts);
    const after = first.data?.accessProfiles?.pageInfo.endCursor;
    const second = await gateway.ask<Page, object>(query, { orderBy, first: 20, after });
    expect(second.data?.accessProfiles?.nodes).toHaveLength(20);
    await gateway.ask(query, { orderBy: [{ field: 'NAME', direction: 'DESC' }], search: '7' });
    expect(api.takeCalls()).toEqual([]);
  });

  it('are those of the filter where the API documents it', async () => {
    await using gateway = await startGateway({
      world: {
        types: [{ id: 't', name: 'T' }],
        profiles: many.map(({ id: each, name }, i) => ({
          ...{ id: each, name, profile_type: 't' },
          labels: i % 10 === 0 ? ['ten'] : [],
        })),
      },
    });
    const list = `{ accessProfiles(filter: { labels: { has: "ten" } }, orderBy: { field: NAME }, first: 3) {
      nodes { name } scimFilter totalCount facets { states { value count } }
    } }`;
    const { data } = await gateway.ask(list);
    expect(data).toEqual({
      accessProfiles: {
        nodes: [{ name: 'n0' }, { name: 'n10' }, { name: 'n100' }],
        scimFilter: 'labels co "ten"',
        totalCount: 25,
        facets: { states: [{ value: 'RUNNING', count: 25 }] },
      },
    });
    expect(gateway.sandbox.calls).toHaveLength(1);
  });

  it('are no more where it is sorted by type', async () => {
    const api = await listApi(many);
    await open(api).ask(query, { orderBy: [{ field: 'TYPE' }] });
    expect(api.takeCalls()).toEqual(scanWithCounts);
  });

  it('are one scan for several sorted and whole lists of an operation', async () => {
    const api = await listApi(many);
    await open(api).ask(`{
      a: accessProfiles(orderBy: [{ field: NAME }]) { totalCount }
      b: accessProfiles(orderBy: [{ field: STATE }], search: "n1") { totalCount facets { labels { value } } }
      c: accessProfiles { totalCount }
      accessProfilesGranting(entity: { datasourceId: "d", entityId: "e" }) { name }
    }`);
    expect(api.takeCalls()).toEqual(scanWithCounts);
  });
});

describe('a cursor of a sorted list', () => {
  const orderBy = [{ field: 'NAME' }];

  it.each([
    ['another order', { orderBy: [{ field: 'STATE' }] }],
    ['another direction', { orderBy: [{ field: 'NAME', direction: 'DESC' }] }],
    ['no order', {}],
    ['another filter', { orderBy, filter: { labels: { has: 'x' } } }],
    ['a search', { orderBy, search: 'n' }],
  ])('is refused by a list with %s', async (_what, variables) => {
    const api = await listApi(many);
    const gateway = open(api);
    const { data } = await gateway.ask<Page, object>(query, { orderBy, first: 2 });
    const after = data?.accessProfiles?.pageInfo.endCursor;
    const { errors } = await gateway.ask(query, { ...variables, after });
    expect(errors).toMatchObject([
      {
        message:
          'after: this cursor belongs to a list with another filter, search or order; keep the arguments while paging.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('is refused where its values are not of the order', async () => {
    const api = await listApi(many);
    const gateway = open(api);
    const { data } = await gateway.ask<Page, object>(query, { orderBy, first: 2 });
    const [mark] = JSON.parse(Buffer.from(data?.accessProfiles?.pageInfo.endCursor ?? '', 'base64url').toString());
    for (const place of [[], ['p1'], ['p1', {}], ['p1', 'a', 'b'], [1, 'a'], ['p1', ['a']]]) {
      const after = Buffer.from(JSON.stringify([mark, ...place])).toString('base64url');
      const { errors } = await gateway.ask(query, { orderBy, after });
      expect(errors?.[0]?.message).toMatch('this is not a cursor of this gateway');
    }
  });

  it('is short enough for the longest names', async () => {
    const long = ['\u{e000}', '😀', '\u0001', 'ß'].flatMap((letter, i) =>
      [1, 2].map((n): Row => ({ id: `p${i}${n}`, name: letter.repeat(3000) + n })),
    );
    const api = await listApi(long);
    expect([...(await readAll(open(api), { orderBy, first: 1 }))].sort()).toEqual(long.map((each) => each.id).sort());
  });
});

describe('a sorted list that can not be read', () => {
  it('is null with an error, not shorter', async () => {
    const api = await listApi(many);
    api.failing.set('profiles', 403);
    const { data, errors } = await open(api).ask(query, { orderBy: [{ field: 'NAME' }] });
    expect(data).toEqual({ accessProfiles: null });
    expect(errors).toMatchObject([{ path: ['accessProfiles'], extensions: { code: 'FORBIDDEN' } }]);
  });

  it('fails where a value that decides the order can not be read, and only there', async () => {
    const api = await listApi([
      { id: '1', name: 'a' },
      { id: '2', name: 'b', created_at: { odd: 1 } },
    ]);
    const gateway = open(api);
    const byTime = await gateway.ask(query, { orderBy: [{ field: 'CREATED_AT' }] });
    expect(byTime).toMatchObject({ data: { accessProfiles: null }, errors: [{ path: ['accessProfiles'] }] });
    expect(await readAll(gateway, { orderBy: [{ field: 'NAME' }] })).toEqual(['1', '2']);
  });

  it('fails where types are needed and can not be read', async () => {
    const api = await listApi(many);
    api.failing.set('types', 403);
    const { data, errors } = await open(api).ask(query, { orderBy: [{ field: 'TYPE' }] });
    expect(data).toEqual({ accessProfiles: null });
    expect(errors).toHaveLength(1);
  });
});
