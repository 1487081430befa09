import { describe, expect, it } from 'vitest';
import type { World } from '../../src/sandbox/world.ts';
import { startGateway } from '../support/gateway.ts';
import { startGenerous } from './inheritance-support.ts';

const world: World = {
  types: [{ id: 't', name: 'T' }],
  profiles: [
    { id: 'a', name: 'A', profile_type: 't', inherits: ['gone'] },
    { id: 'b', name: 'B', profile_type: 't', inherits: ['a'], labels: ['x'] },
    { id: 'c', name: 'C', profile_type: 't', inherits: ['b'] },
  ],
};

describe('arguments that make no sense', () => {
  it.each([
    ['maxDepth', '{ inheritanceGraph(maxDepth: -1) { depth } }'],
    ['filter', '{ inheritanceGraph(roots: ["a"], filter: {}) { depth } }'],
    ['roots.1', '{ inheritanceGraph(roots: ["a", "AccessProfileType:t"]) { depth } }'],
    ['roots.0', '{ inheritanceGraph(roots: [""]) { depth } }'],
    [
      'roots',
      `{ inheritanceGraph(roots: ${JSON.stringify(Array.from({ length: 501 }, (_, i) => `p${i}`))}) { depth } }`,
    ],
    ['filter.type.eq', '{ inheritanceGraph(filter: { type: { eq: "AccessProfile:a" } }) { depth } }'],
    ['filter.id.eq', '{ inheritanceFindings(filter: { id: { eq: "" } }) { kind } }'],
    ['entity.entityId', '{ accessProfilesGranting(entity: { datasourceId: "d", entityId: "" }) { name } }'],
    ['entity.datasourceId', '{ accessProfilesGranting(entity: { datasourceId: "", entityId: "e" }) { name } }'],
  ])('are refused by name before any call: %s', async (field, query) => {
    await using gateway = await startGateway({ world });
    const { data, errors } = await gateway.ask(query);
    expect(Object.values(data ?? {})).toEqual([null]);
    expect(errors).toMatchObject([{ path: Object.keys(data ?? {}), extensions: { code: 'BAD_USER_INPUT', field } }]);
    expect(gateway.sandbox.calls).toEqual([]);
  });

  it.each([
    ['maxDepth', 'ancestors(maxDepth: -1) { depth }', { ancestors: null }],
    ['maxDepth', 'descendants(maxDepth: -1) { depth }', { descendants: null }],
    ['ancestor', 'inheritancePath(ancestor: "AccessProfileType:t") { name }', { inheritancePath: null }],
  ])('cost a profile no more than their field: %s in %s', async (field, selection, expected) => {
    await using gateway = await startGateway({ world });
    const { data, errors } = await gateway.ask(`{ accessProfile(id: "c") { name ${selection} } }`);
    expect(data).toEqual({ accessProfile: { name: 'C', ...expected } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});

describe('a graph', () => {
  it.each([{ openFilters: true }, { openFilters: false }])('names roots that are not there, %j', async (options) => {
    await using gateway = await startGateway({ world, ...options });
    const { data } = await gateway.ask(
      '{ inheritanceGraph(roots: ["nobody", "AccessProfile:c", "c"], direction: ANCESTORS) { nodes { name } missingProfileIds } }',
    );
    expect(data).toEqual({
      inheritanceGraph: { nodes: [{ name: 'C' }, { name: 'B' }, { name: 'A' }], missingProfileIds: ['gone', 'nobody'] },
    });
  });

  it.each([
    ['roots: []', []],
    ['roots: null', ['A', 'B', 'C']],
    ['filter: {}', ['A', 'B', 'C']],
    ['filter: null, maxDepth: 0', ['A', 'B', 'C']],
    ['filter: { labels: { has: "x" } }', ['B', 'A', 'C']],
    ['filter: { labels: { has: "x" } }, maxDepth: 0', ['B']],
    ['filter: { inheritedBy: { eq: "c" } }, direction: ANCESTORS', ['B', 'A']],
    ['filter: { inheritsFrom: { eq: "a" } }, direction: DESCENDANTS', ['B', 'C']],
    ['filter: { id: { in: [] } }', []],
    ['roots: ["b"], direction: null, maxDepth: 1', ['B', 'A', 'C']],
  ])('starts from what it is told: %s', async (argument, expected) => {
    await using gateway = await startGateway({ world });
    const { data, errors } = await gateway.ask<{ inheritanceGraph: { nodes: { name: string }[] } }, never>(
      `{ inheritanceGraph(${argument}) { nodes { name } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data?.inheritanceGraph.nodes.map(({ name }) => name)).toEqual(expected);
  });

  it('says what cut it short', async () => {
    await using gateway = await startGateway({ world });
    const { data } = await gateway.ask(
      '{ inheritanceGraph(roots: ["c"], maxDepth: 1) { truncated truncatedBy missingProfileIds depth edges { child { name } } } }',
    );
    expect(data).toEqual({
      inheritanceGraph: {
        truncated: true,
        truncatedBy: ['MAX_DEPTH'],
        missingProfileIds: [],
        depth: 1,
        edges: [{ child: { name: 'C' } }],
      },
    });
  });

  it('says when it does not list all cycles', async () => {
    const ids = Array.from({ length: 9 }, (_, i) => `p${i}`);
    const profiles = ids.map((id) => ({
      id,
      name: id,
      profile_type: 't',
      inherits: ids.filter((each) => each !== id),
    }));
    await using gateway = await startGateway({ world: { ...world, profiles } });
    const { data } = await gateway.ask('{ inheritanceGraph { truncated truncatedBy cycles { name } depth } }');
    expect(data).toMatchObject({
      inheritanceGraph: { truncated: true, truncatedBy: ['CYCLE_LIMIT'], cycles: { length: 1000 }, depth: 0 },
    });
  });
});

describe('findings', () => {
  it.each([
    ['', ['MISSING_PARENT', 'GRANTS_NOTHING', 'GRANTS_NOTHING', 'GRANTS_NOTHING']],
    ['(kinds: [])', []],
    ['(kinds: [CYCLE])', []],
    ['(filter: { id: { eq: "a" } })', ['MISSING_PARENT', 'GRANTS_NOTHING']],
    ['(filter: { id: { eq: "b" } })', ['GRANTS_NOTHING']],
    ['(filter: { inheritedBy: { eq: "b" } }, kinds: [MISSING_PARENT])', ['MISSING_PARENT']],
  ])('are about the profiles and kinds asked for %s', async (argument, expected) => {
    await using gateway = await startGateway({ world });
    const { data, errors } = await gateway.ask<{ inheritanceFindings: { kind: string }[] }, never>(
      `{ inheritanceFindings${argument} { kind } }`,
    );
    expect(errors).toBeUndefined();
    expect(data?.inheritanceFindings.map(({ kind }) => kind)).toEqual(expected);
  });
});

describe('an operation that lists too much', () => {
  it('ends with COST_LIMIT', async () => {
    const length = 250;
    const profiles = Array.from({ length }, (_, i) => ({
      id: `p${i}`,
      name: `P${i}`,
      profile_type: 't',
      inherits: i + 1 < length ? [`p${i + 1}`] : [],
      entities: [{ entity_type: 'G', datasource_id: 'd', entity_id: `e${i}` }],
    }));
    await using gateway = await startGenerous({ world: { ...world, profiles } });
    // Of each profile all that it grants, and the way to each of it: length³ / 6 steps.
    const { errors } = await gateway.ask(
      '{ accessProfiles(first: 500) { nodes { effectiveEntitlements { paths { name } } } } }',
    );
    expect(errors?.[0]?.extensions['code']).toBe('COST_LIMIT');
    expect(errors?.length).toBeLessThanOrEqual(length);
  });
});

describe('an API that does not say who inherits from a profile', () => {
  it('is read as a whole for that', async () => {
    await using gateway = await startGateway({ world, openFilters: true });
    const hide = (list: readonly object[]) => list.map((row) => ({ ...row, access_profiles_inherited_by: undefined }));
    const response = await fetch(`${gateway.sandbox.origin}/api/private/lifecycle_management/access_profiles`, {
      headers: { authorization: `Bearer ${Buffer.from('sandbox-admin').toString('base64')}` },
    });
    const page: { values: object[] } = await response.json();
    gateway.sandbox.faults.add({
      kind: 'answer',
      body: { values: hide(page.values), has_more: false },
      match: { method: 'GET', path: '/access_profiles' },
      times: 100,
    });
    const { data, errors } = await gateway.ask(
      '{ accessProfiles { nodes { name descendants { depth profile { name } } } } inheritanceGraph(roots: ["a"], direction: DESCENDANTS) { nodes { name } } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      accessProfiles: {
        nodes: [
          {
            descendants: [
              { depth: 1, profile: { name: 'B' } },
              { depth: 2, profile: { name: 'C' } },
            ],
          },
          { descendants: [{ depth: 1, profile: { name: 'C' } }] },
          { descendants: [] },
        ],
      },
      inheritanceGraph: { nodes: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] },
    });
  });
});
