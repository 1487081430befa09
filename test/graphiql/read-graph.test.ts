import { describe, expect, it } from 'vitest';
import { readGraph } from '../../src/graphiql/response/read-graph.ts';
import { plainShape, readShape } from '../../src/graphiql/response/shape.ts';

/** Edges as `child > parent`; nodes by key. */
function read(data: unknown, query?: string) {
  const graph = readGraph({ data, shape: query === undefined ? plainShape : readShape(query) });
  return {
    nodes: graph.nodes.map((node) => node.key),
    edges: graph.edges.map((edge) => `${edge.child} > ${edge.parent}`),
    notices: graph.notices,
    graph,
  };
}

const p = (id: string, more: object = {}) => ({ id: `AccessProfile:${id}`, name: id.toUpperCase(), ...more });

describe('profiles in lists', () => {
  it('draws a parent that several profiles share once', () => {
    const { nodes, edges, notices } = read({
      accessProfiles: { nodes: [p('a', { inheritsFrom: [p('c')] }), p('b', { inheritsFrom: [p('c')] })] },
    });
    expect(nodes).toEqual(['a', 'c', 'b']);
    expect(edges).toEqual(['a > c', 'b > c']);
    expect(notices).toEqual([]);
  });

  it('turns inheritedBy round', () => {
    expect(read({ accessProfile: p('a', { inheritedBy: [p('b')] }) }).edges).toEqual(['b > a']);
  });

  it('reads edges of connections, and profiles of a type', () => {
    const data = { accessProfileType: { accessProfiles: { edges: [{ node: p('a', { inheritsFrom: [p('b')] }) }] } } };
    expect(read(data).edges).toEqual(['a > b']);
  });

  it('keeps what is known of each profile, whichever mention says it', () => {
    const { graph } = read({
      accessProfiles: {
        nodes: [
          p('a', { inheritsFrom: [p('b')], entitlements: [{}, {}] }),
          p('b', { state: 'PAUSED', type: { name: 'Role' }, labels: ['x'] }),
        ],
      },
    });
    expect(graph.nodes[0]).toMatchObject({ key: 'a', id: 'AccessProfile:a', state: undefined });
    expect(graph.nodes[1]).toMatchObject({ key: 'b', state: 'PAUSED', type: 'Role', labels: ['x'] });
  });
});

describe('which profile is meant', () => {
  it('takes profileId and the end of id for the same thing', () => {
    const data = { a: p('a', { inheritsFrom: [{ profileId: 'b' }] }), b: { id: 'AccessProfile:b', ancestors: [] } };
    expect(read(data).nodes).toEqual(['a', 'b']);
  });

  it('goes by name where the query selects no id, and says so', () => {
    const data = { accessProfiles: { nodes: [{ name: 'A', inheritsFrom: [{ name: 'B' }] }, { name: 'B' }] } };
    const { nodes, edges, notices } = read(data);
    expect(nodes).toEqual(['name:A', 'name:B']);
    expect(edges).toEqual(['name:A > name:B']);
    expect(notices).toEqual([expect.stringContaining('selects no id')]);
  });

  it('gives a bare name to the one profile that has it', () => {
    const data = { accessProfiles: { nodes: [p('a', { inheritsFrom: [{ name: 'B' }] }), p('b')] } };
    expect(read(data).edges).toEqual(['a > b']);
    expect(read(data).notices).toEqual([]);
  });

  it('does not guess between two profiles of one name', () => {
    const twins = [p('b'), { id: 'AccessProfile:c', name: 'B' }];
    const { edges, notices } = read({
      accessProfiles: { nodes: [p('a', { inheritsFrom: [{ name: 'B' }] }), ...twins] },
    });
    expect(edges).toEqual(['a > name:B']);
    expect(notices).toEqual([expect.stringContaining('“B”')]);
  });

  it('draws profiles of which it knows nothing each on its own', () => {
    const { nodes, edges } = read({ accessProfile: { inheritsFrom: [{ state: 'RUNNING' }, { state: 'PAUSED' }] } });
    expect(nodes).toHaveLength(3);
    expect(edges).toHaveLength(2);
  });
});

describe('transitive fields', () => {
  it('draws a distant ancestor with an indirect edge, a near one with a direct one', () => {
    const data = {
      accessProfile: p('a', {
        ancestors: [
          { depth: 1, profile: p('b') },
          { depth: 2, profile: p('c') },
        ],
      }),
    };
    expect(read(data).edges).toEqual(['a > b', 'a > c']);
  });

  it('leaves the indirect edge out where the chain is known', () => {
    const data = {
      accessProfile: p('a', {
        descendants: [
          { depth: 1, profile: p('b', { inheritsFrom: [p('a')] }) },
          { depth: 2, profile: p('c', { inheritsFrom: [p('b')] }) },
        ],
      }),
    };
    expect(read(data).edges).toEqual(['b > a', 'c > b']);
  });

  it('reads the paths of effective entitlements, whose first profile is the one asked about', () => {
    const data = {
      accessProfile: {
        id: 'AccessProfile:a',
        effectiveEntitlements: [
          { grantedBy: [p('c')], paths: [[{ name: 'A' }, p('b'), p('c')]] },
          { grantedBy: [p('a')], paths: [[{ name: 'A' }]] },
        ],
      },
    };
    const { nodes, edges, graph } = read(data);
    expect(nodes).toEqual(['a', 'b', 'c']);
    expect(edges).toEqual(['a > b', 'b > c']);
    expect(graph.nodes[0]).toMatchObject({ name: 'A' });
  });

  it('reads an inheritance path', () => {
    expect(read({ accessProfile: p('a', { inheritancePath: [p('a'), p('b'), p('c')] }) }).edges).toEqual([
      'a > b',
      'b > c',
    ]);
  });
});

describe('inheritanceGraph, findings and previews', () => {
  it('reads nodes, edges, missing profiles and whether it was cut', () => {
    const { nodes, edges, notices, graph } = read({
      inheritanceGraph: {
        nodes: [p('a'), p('b'), p('c')],
        edges: [{ child: { profileId: 'a' }, parent: { profileId: 'b' } }],
        missingProfileIds: ['gone'],
        truncated: true,
      },
    });
    expect(nodes).toEqual(['a', 'b', 'c', 'gone']);
    expect(edges).toEqual(['a > b']);
    expect(graph.nodes.map((node) => node.isMissing)).toEqual([false, false, false, true]);
    expect(notices).toEqual([expect.stringContaining('cut')]);
  });

  it('draws a cycle that is told of without its edges, and adds nothing to one with them', () => {
    const cycles = [[p('a'), p('b')]];
    expect(read({ inheritanceGraph: { cycles } }).edges).toEqual(['a > b', 'b > a']);
    const three = {
      nodes: [],
      edges: [
        { child: p('b'), parent: p('a') },
        { child: p('a'), parent: p('c') },
        { child: p('c'), parent: p('b') },
      ],
      cycles: [[p('a'), p('b'), p('c')]],
    };
    expect(read({ inheritanceGraph: three }).edges).toEqual(['b > a', 'a > c', 'c > b']);
    const finding = { kind: 'CYCLE', message: '', profiles: [p('a')] };
    expect(read({ inheritanceFindings: [finding] }).edges).toEqual(['a > a']);
  });

  it('reads a dry run: what each profile gains and loses, all below the first', () => {
    const preview = {
      affectedProfiles: [
        { profile: p('a'), gained: [{}], lost: [] },
        { profile: p('b', { inheritsFrom: [p('a')] }), gained: [], lost: [{}, {}] },
        { profile: p('c'), gained: [{}], lost: [] },
      ],
    };
    const { edges, graph } = read({ updateAccessProfileVersion: { preview } });
    expect(edges).toEqual(['b > a', 'c > a']);
    expect(graph.nodes.map(({ gained, lost }) => [gained, lost])).toEqual([
      [1, 0],
      [0, 2],
      [1, 0],
    ]);
  });

  it('reads a version for the profile it belongs to', () => {
    const version = { accessProfile: p('a'), inheritsFrom: [p('b')] };
    expect(read({ updateAccessProfileVersion: { version } }).edges).toEqual(['a > b']);
    expect(read({ accessProfile: p('a', { currentVersion: version }) }).edges).toEqual(['a > b']);
  });
});

describe('renamed fields', () => {
  it('reads aliases and fragments by the query that led to them', () => {
    const query = `
      query Two { one: accessProfile(id: "a") { ...Names boss: inheritsFrom { ...Names } } two: accessProfile(id: "b") { ...Names } }
      fragment Names on AccessProfile { key: id title: name }
    `;
    const data = {
      one: { key: 'AccessProfile:a', title: 'A', boss: [{ key: 'AccessProfile:b', title: 'B' }] },
      two: { key: 'AccessProfile:b', title: 'B' },
    };
    const { edges, graph } = read(data, query);
    expect(edges).toEqual(['a > b']);
    expect(graph.nodes.map((node) => node.name)).toEqual(['A', 'B']);
  });

  it('is not misled by another field under a familiar name', () => {
    const query = '{ accessProfile(id: "a") { id inheritsFrom: inheritedBy { id } } }';
    expect(read({ accessProfile: p('a', { inheritsFrom: [p('b')] }) }, query).edges).toEqual(['b > a']);
  });

  it('survives fragments that spread themselves, and text that is no query', () => {
    const query = '{ accessProfile(id: "a") { ...F } } fragment F on AccessProfile { id inheritsFrom { ...F } ...F }';
    expect(read({ accessProfile: p('a', { inheritsFrom: [p('b')] }) }, query).edges).toEqual(['a > b']);
    expect(read({ accessProfile: p('a', { inheritsFrom: [p('b')] }) }, '{ not a query').edges).toEqual(['a > b']);
  });
});

it('takes any JSON without failing', () => {
  for (const data of [
    null,
    undefined,
    7,
    'text',
    [],
    { accessProfile: null },
    { constructor: {}, toString: [[{ id: 1 }]] },
  ]) {
    expect(read(data)).toMatchObject({ nodes: [], edges: [] });
  }
});
