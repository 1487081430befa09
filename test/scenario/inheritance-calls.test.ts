import { describe, expect, it } from 'vitest';
import { generateWorld } from '../../src/sandbox/seed/generate.ts';
import { adminKey, type SandboxOptions } from '../../src/sandbox/server.ts';
import type { World } from '../../src/sandbox/world.ts';
import { rounds } from '../support/call-log.ts';
import type { SandboxedGateway } from '../support/gateway.ts';
import { every } from '../support/runs.ts';
import { startGenerous } from './inheritance-support.ts';
import { NaiveHierarchy } from './naive-hierarchy.ts';

/** What was called since the last time: lists of everything, lists by a filter, types, and those that were refused. */
function taken({ sandbox }: SandboxedGateway) {
  const calls = [...sandbox.calls];
  sandbox.clearCalls();
  const lists = calls.filter(({ path }) => path.endsWith('/access_profiles'));
  return {
    all: lists.filter(({ query }) => !query.has('filter')).length,
    filtered: lists.filter(({ query, status }) => query.has('filter') && status === 200).length,
    refused: calls.filter(({ status }) => status !== 200).length,
    types: calls.filter(({ path }) => path.endsWith('/access_profiles_types')).length,
    rounds: rounds(calls),
  };
}

async function ask(gateway: SandboxedGateway, query: string) {
  const answer = await gateway.ask<Record<string, unknown>, never>(query);
  expect(answer.errors).toBeUndefined();
  return answer.data ?? {};
}

/** `p0` inherits from `p1` inherits from … */
function chain(length: number): World {
  return {
    types: [{ id: 't', name: 'T' }],
    profiles: Array.from({ length }, (_, i) => ({
      id: `p${i}`,
      name: `P${i}`,
      profile_type: 't',
      inherits: i + 1 < length ? [`p${i + 1}`] : [],
    })),
  };
}

const world = generateWorld(950);
const naive = new NaiveHierarchy(world);
const top = naive.ids.at(-1) ?? '';

describe.each<SandboxOptions>([{ openFilters: false }, { openFilters: true }])('950 profiles, %j', (options) => {
  it('takes one scan for any number of questions about the whole tenant', async () => {
    await using gateway = await startGenerous({ world, ...options });
    await ask(
      gateway,
      `{
        a: inheritanceGraph { nodes { name type { name } inheritsFrom { name } inheritedBy { name } } depth }
        b: inheritanceGraph(filter: { labels: { has: "finance" } }, maxDepth: 1) { nodes { name } mermaid }
        c: inheritanceGraph(roots: ["${top}"]) { nodes { name } dot }
        accessProfilesGranting(entity: { datasourceId: "x", entityId: "y" }) { name }
        inheritanceFindings { message }
        accessProfile(id: "${top}") { effectiveEntitlements { entitlement { entityId } paths { name } } }
        accessProfiles(first: 100) { nodes { name ancestors { depth } descendants { depth } missingParentIds } }
      }`,
    );
    const { all, filtered, refused, types } = taken(gateway);
    // The first page is read again after the counts.
    expect({ all, types }).toEqual({ all: 11, types: 1 });
    // The profile by its id; nothing else is asked for.
    expect(filtered + refused).toBeLessThanOrEqual(1);
  });

  it('takes types once, to count profiles by, until a scan can be compared with the one before', async () => {
    await using gateway = await startGenerous({ world, ...options });
    const query = '{ inheritanceGraph { nodes { name } depth cycles { name } } }';
    await ask(gateway, query);
    expect(taken(gateway)).toMatchObject({ all: 11, filtered: 0, types: 1, rounds: 12 });
    const again = await gateway.ask(query, undefined, {
      authorization: `Bearer ${adminKey}`,
      'cache-control': 'no-cache',
    });
    expect(again.errors).toBeUndefined();
    expect(taken(gateway)).toMatchObject({ all: 10, filtered: 0, types: 0 });
  });

  it('takes at most one scan for what lies around a page of profiles, however deep', async () => {
    await using gateway = await startGenerous({ world, ...options });
    const selection = 'name ancestors { profile { name } } effectiveEntitlements { paths { name } }';
    await ask(gateway, `{ accessProfiles(first: 50) { nodes { ${selection} inheritedBy { ${selection} } } } }`);
    const { all, filtered } = taken(gateway);
    // One page more: the list began before the counts of the scan were read.
    expect(all).toBeLessThanOrEqual(11);
    expect(filtered).toBeLessThanOrEqual(options.openFilters ? 12 : 0);
  });
});

describe('an API that takes ids', () => {
  it('is asked once for each level above a profile', async () => {
    await using gateway = await startGenerous({ world, openFilters: true });
    const levels = Math.max(...naive.above(top).values());
    await ask(gateway, `{ accessProfile(id: "${top}") { effectiveEntitlements { direct } } }`);
    const { all, filtered } = taken(gateway);
    // One call for the profile, one for each level, and one page to see that the API takes ids at all.
    expect(filtered + all).toBeLessThanOrEqual(levels + 2);
    await ask(gateway, `{ accessProfile(id: "${top}") { ancestors(maxDepth: 1) { depth } } }`);
    expect(taken(gateway)).toMatchObject({ all: 0, filtered: 2 });
  });

  it('is asked for the levels above fifty profiles together', async () => {
    // Slow enough to see which calls are made at a time.
    await using gateway = await startGenerous({ world, openFilters: true, latencyMs: 20 });
    await ask(gateway, `{ accessProfile(id: "${top}") { id } }`);
    taken(gateway);
    const ids = JSON.stringify(naive.ids.slice(-50).map((id) => `AccessProfile:${id}`));
    const selection = 'ancestors { depth } effectiveEntitlements { direct }';
    await ask(gateway, `{ nodes(ids: ${ids}) { ... on AccessProfile { ${selection} } } }`);
    const { all, filtered, rounds: levels } = taken(gateway);
    // The fifty, and five levels of which the widest takes three calls.
    expect(levels).toBe(6);
    expect(all).toBe(0);
    expect(filtered).toBeLessThanOrEqual(11);
  });

  it('is asked level by level for the graph around a profile, and for one level where no more is wanted', async () => {
    await using gateway = await startGenerous({ world, openFilters: true });
    await ask(gateway, `{ nodes(ids: ["${top}"]) { id } }`);
    taken(gateway);
    await ask(gateway, `{ inheritanceGraph(roots: ["${top}"], direction: ANCESTORS) { nodes { name } } }`);
    expect(taken(gateway)).toMatchObject({ all: 0, filtered: Math.max(...naive.above(top).values()) + 1 });
    await ask(gateway, `{ inheritanceGraph(roots: ["${top}"], direction: ANCESTORS, maxDepth: 0) { truncated } }`);
    expect(taken(gateway)).toMatchObject({ all: 0, filtered: 2 });
  });

  it('is read as a whole where levels would cost more', async () => {
    await using gateway = await startGenerous({ world: chain(450), openFilters: true });
    const data = await ask(gateway, '{ accessProfile(id: "p0") { ancestors { depth } } }');
    expect(data).toMatchObject({ accessProfile: { ancestors: { length: 449 } } });
    const { all, filtered } = taken(gateway);
    expect(all).toBe(5);
    expect(filtered).toBeLessThanOrEqual(12);
    // Once it is known how many profiles there are, a walk gives up sooner.
    await ask(gateway, '{ inheritanceGraph { depth } }');
    taken(gateway);
    await ask(gateway, '{ accessProfile(id: "p0") { ancestors { depth } } }');
    expect(taken(gateway)).toMatchObject({ all: 5, filtered: 5 });
  });
});

describe('an API that refuses ids', () => {
  it('is read only as far as it takes to find all that is above a profile', async () => {
    // The bottom layer comes first in the list, and a profile of the next one has its parents there.
    const early = naive.ids.find((id) => naive.parents(id).length > 0) ?? '';
    const last = Math.max(...[...naive.above(early).keys()].map((id) => naive.ids.indexOf(id)));
    await using gateway = await startGenerous({ world });
    await ask(gateway, `{ accessProfile(id: "${early}") { effectiveEntitlements { direct } } }`);
    expect(taken(gateway)).toMatchObject({ all: Math.ceil((last + 1) / 100), filtered: 0, refused: 1 });
  });
});

describe('10,000 profiles', () => {
  const questions: readonly (readonly [what: string, query: string])[] = [
    [
      'the whole graph',
      '{ inheritanceGraph { nodes { id } edges { child { id } } missingProfileIds depth truncated mermaid } }',
    ],
    ['the findings', '{ inheritanceFindings { kind } }'],
    ['one effective set', '{ accessProfile(id: "$0") { effectiveEntitlements { direct paths { id } } } }'],
    [
      'effective sets of a hundred',
      '{ nodes(ids: $100) { ... on AccessProfile { effectiveEntitlements { direct } } } }',
    ],
  ];

  it.each(every(2, 0, questions))('take a call for each hundred: %s', async (_what, text) => {
    const large = generateWorld(10_000);
    const ids = large.profiles.slice(-100).map(({ id }) => id);
    const query = text.replace('$100', JSON.stringify(ids)).replace('$0', ids[0] ?? '');
    await using gateway = await startGenerous({ world: large }, { requestTimeoutMs: 120_000 });
    const data = await ask(gateway, query);
    const { all, filtered, types } = taken(gateway);
    expect(all + filtered + types).toBeLessThanOrEqual(102);
    if ('inheritanceGraph' in data) {
      const edges = large.profiles.reduce((sum, { inherits = [] }) => sum + inherits.length, 0);
      expect(data['inheritanceGraph']).toMatchObject({ nodes: { length: 10_000 }, edges: { length: edges }, depth: 5 });
    }
  });
});
