import { describe, expect, it } from 'vitest';
import { askComparison, haveDifferentSources } from '../../../src/graphiql/explorer/ask/comparison.ts';
import { fileName, printCsv } from '../../../src/graphiql/explorer/export/files.ts';
import { sceneMermaid } from '../../../src/graphiql/explorer/export/scene-files.ts';
import { printSvg } from '../../../src/graphiql/explorer/export/svg.ts';
import { facetsOf, filterProfiles, noFilters, rowsOf, sortRows } from '../../../src/graphiql/explorer/graph/filter.ts';
import { indexFindings } from '../../../src/graphiql/explorer/graph/finding-index.ts';
import { levelsOf } from '../../../src/graphiql/explorer/graph/levels.ts';
import { mapPlaces } from '../../../src/graphiql/explorer/layout/map-places.ts';
import { graphScene } from '../../../src/graphiql/explorer/look/graph-scene.ts';
import { compareNamed } from '../../../src/graphiql/explorer/text/order.ts';
import { findingTitle, orderedFindings, withoutIds } from '../../../src/graphiql/explorer/views/finding-text.ts';
import { hostileNames } from '../../inheritance/hostile-names.ts';
import { graphOf, measure, noFindings, profile, rowScene } from '../support.ts';

describe('CSV', () => {
  it('is read by spreadsheets, which take no cell for a formula', () => {
    expect(
      printCsv([
        ['a', 'b,c', 'say "x"'],
        ['=1+1', '-2', ' @x'],
        ['+x', '\t=1', 'a\nb'],
      ]),
    ).toBe('\ufeffa,"b,c","say ""x"""\r\n\'=1+1,\'-2,\' @x\r\n\'+x,"\'\t=1","a\nb"\r\n');
  });

  it('is in a file whose name is letters and digits', () => {
    expect(fileName('../../etc/passwd', 'csv')).toBe('etc-passwd.csv');
    expect(fileName('\u202e<b>', 'csv')).toBe('b.csv');
    expect(fileName('…', 'csv')).toBe('access-profiles.csv');
    expect(fileName(`${'a'.repeat(59)} b`, 'csv')).toBe(`${'a'.repeat(59)}.csv`);
  });
});

describe('SVG and Mermaid', () => {
  const scene = graphScene({
    graph: graphOf('a > b', 'c > b', 'c > a', 'd > d'),
    looks: new Map(),
    findings: { ...noFindings, unneeded: new Set(['["c","b"]']) },
    shape: 'card',
    available: 900,
    measure,
  });

  it('show what the stage shows', () => {
    const { svg } = printSvg({ scene, title: 'T <b>', theme: 'light', looks: new Map(), widthOf: () => 50 });
    expect(svg.match(/<g transform="translate\([^)]*\)"><title>/g)).toHaveLength(4);
    expect(svg.match(/marker-start="url\(#to-plain\)"/g)).toHaveLength(2);
    expect(svg.match(/marker-start="url\(#to-unneeded\)"/g)).toHaveLength(1);
    expect(svg.match(/marker-start="url\(#to-cycle\)"/g)).toHaveLength(1);
    expect(svg).toContain('T &#60;b&#62;');
    // Boxes are drawn over the lines: an arrow ends where the box begins.
    expect(svg.match(/refX="\d+"/g)?.every((point) => point === 'refX="8"')).toBe(true);
    expect(sceneMermaid(scene).match(/ --> /g)).toHaveLength(4);
  });

  it('say what was changed under the title', () => {
    const request = { scene, title: 'T', theme: 'light', looks: new Map(), widthOf: () => 50 } as const;
    const plain = printSvg(request);
    const noted = printSvg({ ...request, notes: ['A without <B>', 'A with C'] });
    expect(noted.svg).toContain('A without &#60;B&#62;');
    expect(noted.height - plain.height).toBe(36);
  });

  it('hold names as text and nothing else', () => {
    const { svg } = printSvg({
      scene: rowScene(hostileNames),
      title: '',
      theme: 'dark',
      looks: new Map(),
      widthOf: () => 50,
    });
    expect(svg.match(/<[a-z]+/gi)?.filter((tag) => !/^<(svg|title|defs|marker|path|rect|text|g)$/.test(tag))).toEqual(
      [],
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no XML may hold.
    expect(svg).not.toMatch(/[\u0000-\u0008\ufffe]/);
  });
});

describe('findings', () => {
  const find = (kind: string, ...names: readonly string[]) => ({
    kind,
    message: `"x" of 3f3587a2-22d7-4ab8-a5fc-f23bf63d966a`,
    profiles: names.map((name) => profile(name)),
    entitlements: [],
  });

  it('are ordered problems first, unknown kinds before tidying', () => {
    const kinds = ['SAME_EFFECTIVE_ENTITLEMENTS', 'NEW_KIND', 'REDUNDANT_PARENT', 'CYCLE'];
    expect(orderedFindings(kinds.map((kind) => find(kind, 'a', 'b'))).map(({ kind }) => kind)).toEqual([
      'CYCLE',
      'NEW_KIND',
      'REDUNDANT_PARENT',
      'SAME_EFFECTIVE_ENTITLEMENTS',
    ]);
  });

  it('are said in names, never in ids', () => {
    expect(findingTitle(find('REDUNDANT_PARENT', 'Inside Sales', 'Staff'))).toBe('Inside Sales, no need of Staff');
    expect(findingTitle(find('NEW_KIND', 'a'))).toBe('"x" of …');
    expect(withoutIds('held (3f3587a2-22d7-4ab8-a5fc-f23bf63d966a) twice')).toBe('held … twice');
  });

  it('are known by profile, with the edges that are not needed', () => {
    const { byProfile, unneeded } = indexFindings([find('REDUNDANT_PARENT', 'a', 'b', 'a'), find('CYCLE', 'b')]);
    expect([...byProfile].map(([id, list]) => [id, list.length])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect([...unneeded]).toEqual(['["a","b"]']);
  });
});

describe('the table', () => {
  const graph = graphOf('b > a', 'c > a', 'd');
  const profiles = [
    profile('a', { name: 'Team 10', typeId: 't', typeName: 'Team', state: 'RUNNING', labels: ['x'] }),
    profile('b', { name: 'team 9', state: 'PAUSED' }),
    profile('c', { name: 'Other', labels: ['x', '__proto__'] }),
  ];

  it('is narrowed by every filter; of several values one is enough', () => {
    const ids = (more: object) =>
      filterProfiles(profiles, { ...noFilters, ...more }, (id) => id === 'c').map(({ id }) => id);
    expect(ids({})).toEqual(['a', 'b', 'c']);
    expect(ids({ labels: ['x', 'y'] })).toEqual(['a', 'c']);
    expect(ids({ labels: ['x'], types: ['t'] })).toEqual(['a']);
    expect(ids({ withFindings: true })).toEqual(['c']);
    expect(ids({ words: 'TEAM' })).toEqual(['a', 'b']);
    expect(ids({ words: '__proto__' })).toEqual(['c']);
  });

  it('counts what there is to filter by', () => {
    expect(facetsOf(profiles)).toEqual({
      types: [{ value: 't', text: 'Team', count: 1 }],
      states: [
        { value: 'PAUSED', text: 'Paused', count: 1 },
        { value: 'RUNNING', text: 'Running', count: 1 },
      ],
      labels: [
        { value: 'x', text: 'x', count: 2 },
        { value: '__proto__', text: '__proto__', count: 1 },
      ],
    });
  });

  it('is sorted by a column, then by name with numbers by their value', () => {
    const rows = rowsOf(profiles.toSorted(compareNamed), graph, () => 0);
    const ids = (column: 'name' | 'inheritedBy' | 'findings', isDescending: boolean) =>
      sortRows(rows, { column, isDescending }).map(({ profile: { id } }) => id);
    expect(ids('name', false)).toEqual(['c', 'b', 'a']);
    expect(ids('inheritedBy', true)).toEqual(['a', 'c', 'b']);
    expect(ids('findings', true)).toEqual(['c', 'b', 'a']);
  });

  it('has a map with a mark for each profile, none over another', () => {
    const all = graphOf('b > a', 'c > b', ...Array.from({ length: 500 }, (_item, index) => `p${index} > a`), 'alone');
    const { marks, columns, mark } = mapPlaces(all, levelsOf(all, new Set()), () => 0, 600, 300);
    expect(marks.size).toBe(504);
    expect(new Set([...marks.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(504);
    expect(columns.map(({ title, count }) => [title, count])).toEqual([
      ['Inherit from none', 1],
      ['1 step down', 501],
      ['2 steps down', 1],
      ['Not connected', 1],
    ]);
    expect(mark).toBeGreaterThanOrEqual(3);
  });
});

describe('a comparison', () => {
  const item = (entityId: string, ...sources: readonly string[]) => ({
    direct: false,
    entitlement: { entityType: 'Role', datasourceId: 'd', entityId },
    grantedBy: sources.map((profileId) => ({ profileId, name: profileId })),
    paths: [],
  });
  const profileOf = (profileId: string, ...effectiveEntitlements: readonly object[]) => ({
    profileId,
    name: profileId,
    effectiveEntitlements,
  });

  it('takes the lists of the gateway and adds where each entitlement comes from', async () => {
    const compareAccessProfiles = {
      a: profileOf('a', item('1', 'x'), item('2', 'x')),
      b: profileOf('b', item('2', 'y'), item('3', 'y')),
      shared: [item('2').entitlement],
      onlyA: [item('1').entitlement],
      onlyB: [item('3').entitlement],
    };
    const comparison = await askComparison(
      async () => ({ data: { compareAccessProfiles }, errorAt: () => undefined }),
      'a',
      'b',
    );
    const namesOf = (
      items: readonly { entitlement: { entityId: string }; grantedBy: readonly { name: string }[] }[] | undefined,
    ) => items?.map(({ entitlement, grantedBy }) => [entitlement.entityId, ...grantedBy.map(({ name }) => name)]);
    expect(namesOf(comparison?.onlyA)).toEqual([['1', 'x']]);
    expect(namesOf(comparison?.onlyB)).toEqual([['3', 'y']]);
    expect(comparison?.both.map((shared) => [shared.a.entitlement.entityId, haveDifferentSources(shared)])).toEqual([
      ['2', true],
    ]);
  });
});
