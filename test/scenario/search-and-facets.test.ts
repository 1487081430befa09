import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { gatewayTo, type TestGateway } from '../support/gateway.ts';
import { runs } from '../support/runs.ts';
import { type ListApi, listApi, type Row } from './list-api.ts';

function open(api: ListApi): TestGateway {
  const gateway = gatewayTo(api.origin, undefined, { snapshotTtlSeconds: 0 });
  onTestFinished(() => gateway[Symbol.asyncDispose]());
  return gateway;
}

const found = (rows: readonly { readonly profileId: string }[] | undefined) => rows?.map(({ profileId }) => profileId);

interface Found {
  readonly accessProfiles: { readonly nodes: readonly { readonly profileId: string }[]; readonly totalCount: number };
}

async function search(gateway: TestGateway, words: string) {
  const query = 'query ($words: String) { accessProfiles(search: $words) { nodes { profileId } totalCount } }';
  const { data, errors } = await gateway.ask<Found, object>(query, { words });
  expect(errors).toBeUndefined();
  expect(data?.accessProfiles.totalCount).toBe(data?.accessProfiles.nodes.length);
  return found(data?.accessProfiles.nodes);
}

/** Pairs of a letter as it may stand in a text, and what is left of it without case, accents and width. */
const plain: readonly (readonly [string, string])[] = [
  ...(['a', 'b', 's', ' '] as const).map((letter) => [letter, letter] as const),
  ...[
    ['A', 'a'],
    ['ä', 'a'],
    ['a\u0301', 'a'],
    ['Å', 'a'],
    ['Ｂ', 'b'],
    ['ß', 'ss'],
    ['ẞ', 'ss'],
    ['ſ', 's'],
    ['ﬁ', 'fi'],
  ],
  ...[
    ['İ', 'i'],
    ['ı', 'ı'],
    ['①', '1'],
    ['é', 'e'],
    ['Σ', 'σ'],
    ['ς', 'σ'],
    ['K', 'k'],
    ['가', '\u1100\u1161'],
    ['\u3000', ' '],
  ],
].map(([letter = '', folded = '']) => [letter, folded]);

const text = fc.array(fc.constantFrom(...plain), { maxLength: 5 });
const written = (letters: readonly (readonly [string, string])[]) => letters.map(([letter]) => letter).join('');
const folded = (letters: readonly (readonly [string, string])[]) => letters.map(([, each]) => each).join('');

describe('a search', () => {
  it('finds the profiles in which each word occurs, without case, accents and width', async () => {
    const api = await listApi([]);
    const gateway = open(api);
    const row = fc.record({ name: text, description: text, label: text, integration: text, title: text });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), text, async (drawn, words) => {
        api.rows = drawn.map(({ name, description, label, integration, title }, i) => ({
          id: `p${i}`,
          name: written(name),
          description: written(description),
          labels: ['x', written(label)],
          integrations: [written(integration)],
          catalog_item_info: { name: written(title) },
        }));
        const wanted = folded(words)
          .split(' ')
          .filter((word) => word !== '');
        const matching = drawn.flatMap((each, i) =>
          wanted.every((word) => Object.values(each).some((part) => folded(part).includes(word))) ? [`p${i}`] : [],
        );
        expect(await search(gateway, written(words))).toEqual(matching);
      }),
      { numRuns: runs(160) },
    );
  });

  it.each([
    ['sales', ['1', '2']],
    ['SALES  forçe', ['1']],
    ['straße', ['3']],
    ['STRASSE', ['3']],
    ['ＳＡＬＥＳ', ['1', '2']],
    ['us sa', ['2']],
    ['zürich', ['2', '3']],
    ['sa\u200bles', []],
    ['sales nobody', []],
    ['  ', ['1', '2', '3']],
    ['', ['1', '2', '3']],
    ['"*', []],
  ])('for %j finds what a person expects', async (words, ids) => {
    const api = await listApi([
      { id: '1', name: 'Salesforce' },
      { id: '2', name: 'Users', labels: ['SALES'], description: 'US, Zurich' },
      { id: '3', name: 'Grüße', catalog_item_info: { name: 'Bahnhofstrasse Zu\u0308rich' } },
    ]);
    expect(await search(open(api), words)).toEqual(ids);
  });

  it('that is too long is refused before any call', async () => {
    const api = await listApi([]);
    const { errors } = await open(api).ask(`{ accessProfiles(search: "${'a'.repeat(501)}") { totalCount } }`);
    expect(errors?.[0]?.message).toBe('search: must have at most 500 characters, this one has 501.');
    expect(api.takeCalls()).toEqual([]);
  });

  it('fails where a text that could decide can not be read, and only there', async () => {
    const odd: Row = Object.assign({ id: '1', name: 'Sales' }, { labels: 5 as unknown as string[] });
    const gateway = open(await listApi([odd]));
    expect(await search(gateway, 'sales')).toEqual(['1']);
    const { data, errors } = await gateway.ask('{ accessProfiles(search: "nobody") { nodes { name } } }');
    expect(data).toEqual({ accessProfiles: null });
    expect(errors?.[0]?.message).toContain('labels');
  });

  it('finds types by their name and description, and counts them', async () => {
    const query = `query ($search: String, $after: String) { accessProfileTypes(search: $search, first: 1, after: $after) {
      nodes { name } totalCount pageInfo { hasNextPage endCursor } } }`;
    const gateway = open(await listApi([]));
    const ask = async (variables: object) =>
      gateway.ask<{ accessProfileTypes: { pageInfo: { endCursor: string } } }, object>(query, variables);
    expect((await ask({ search: 'DEJA alp' })).data).toMatchObject({
      accessProfileTypes: { nodes: [{ name: 'Alpha' }], totalCount: 1, pageInfo: { hasNextPage: false } },
    });
    const all = await ask({ search: 'A' });
    expect(all.data).toMatchObject({ accessProfileTypes: { nodes: [{ name: 'beta' }], totalCount: 2 } });
    const after = all.data?.accessProfileTypes.pageInfo.endCursor;
    expect((await ask({ search: 'A', after })).data).toMatchObject({
      accessProfileTypes: { nodes: [{ name: 'Alpha' }] },
    });
    for (const other of [{ after }, { after, search: 'b' }]) {
      expect((await ask(other)).errors?.[0]?.message).toMatch('another filter, search or order');
    }
  });
});

const facets = `facets {
  states { value label count } types { value label count } labels { value label count }
  integrations { value label count } datasources { value label count }
}`;

const facetRows: readonly Row[] = [
  {
    id: '1',
    name: 'a',
    profile_type: 't-a',
    labels: ['x', 'x', 'Y'],
    integrations: ['OKTA'],
    datasource_ids: ['d1', 'd2'],
  },
  { id: '2', name: 'b', profile_type: 't-b', labels: ['Y'], state: 'PAUSED', datasource_ids: ['d2'] },
  { id: '3', name: 'c', profile_type: 't-gone', labels: ['z'], state: 'NEW' },
  { id: '4', name: 'd', profile_type: 't-b' },
];

describe('facets', () => {
  it('count the profiles of a list for each value, most frequent first', async () => {
    const { data } = await open(await listApi(facetRows)).ask(
      `{ accessProfiles(first: 1) { nodes { name } totalCount ${facets} } }`,
    );
    expect(data).toEqual({
      accessProfiles: {
        nodes: [{ name: 'a' }],
        totalCount: 4,
        facets: {
          states: [
            { value: 'RUNNING', label: 'RUNNING', count: 2 },
            { value: 'PAUSED', label: 'PAUSED', count: 1 },
            { value: 'UNRECOGNIZED', label: 'UNRECOGNIZED', count: 1 },
          ],
          types: [
            { value: 't-b', label: 'beta', count: 2 },
            { value: 't-a', label: 'Alpha', count: 1 },
            { value: 't-gone', label: 't-gone', count: 1 },
          ],
          labels: [
            { value: 'Y', label: 'Y', count: 2 },
            { value: 'x', label: 'x', count: 1 },
            { value: 'z', label: 'z', count: 1 },
          ],
          integrations: [{ value: 'OKTA', label: 'OKTA', count: 1 }],
          datasources: [
            { value: 'd2', label: 'd2', count: 2 },
            { value: 'd1', label: 'Okta', count: 1 },
          ],
        },
      },
    });
  });

  it('of a filtered, searched and sorted list count what is left', async () => {
    const list = `{ accessProfiles(filter: { labels: { has: "Y" } }, search: "a", orderBy: [{ field: NAME }]) { ${facets} } }`;
    const { data } = await open(await listApi([...facetRows, { id: '5', name: 'ab', labels: ['Y'] }])).ask(list);
    expect(data).toMatchObject({
      accessProfiles: {
        facets: {
          labels: [
            { value: 'Y', count: 2 },
            { value: 'x', count: 1 },
          ],
        },
      },
    });
  });

  it.each(['', '(orderBy: [{ field: NAME }])', '(search: "n")', '(filter: { state: { ne: PAUSED } }, first: 3)'])(
    'cost no call beside totalCount and the page: %s',
    async (args) => {
      const api = await listApi(
        Array.from({ length: 230 }, (_, i) => ({ id: `p${i}`, name: `n${i}`, profile_type: 't-a' })),
      );
      const gateway = open(api);
      await gateway.ask(`{ accessProfiles${args} { totalCount } }`);
      // The first scan of a caller counts profiles by the types, and reads its first page again.
      expect(api.takeCalls()).toEqual(['profiles', 'profiles', 'profiles', 'profiles', 'types']);
      await gateway.ask(`{ accessProfiles${args} { totalCount } }`);
      const counting = api.takeCalls();
      await gateway.ask(
        `{ accessProfiles${args} { nodes { name } totalCount facets { states { count } labels { count } } pageInfo { hasNextPage } } }`,
      );
      expect(api.takeCalls()).toEqual(counting);
      await gateway.ask(`{ accessProfiles${args} { totalCount ${facets} } }`);
      // Nobody grants in a data source here, so that no name of one is needed.
      expect(api.takeCalls()).toEqual([...counting, 'types']);
    },
  );

  it('label data sources by their ids where the key reads no data sources', async () => {
    const api = await listApi(facetRows);
    api.failing.set('datasources', 403);
    const { data, errors } = await open(api).ask('{ accessProfiles { facets { datasources { value label count } } } }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      accessProfiles: {
        facets: {
          datasources: [
            { value: 'd2', label: 'd2', count: 2 },
            { value: 'd1', label: 'd1', count: 1 },
          ],
        },
      },
    });
    expect(api.takeCalls()).toEqual(['datasources', 'profiles']);
  });

  it('are null with an error where a page or the types can not be read', async () => {
    const api = await listApi(facetRows);
    api.failing.set('types', 403);
    const { data, errors } = await open(api).ask(`{ accessProfiles { nodes { name } totalCount ${facets} } }`);
    expect(data).toMatchObject({ accessProfiles: { totalCount: 4, facets: null } });
    expect(errors).toMatchObject([{ path: ['accessProfiles', 'facets', 'types'] }]);
  });
});
