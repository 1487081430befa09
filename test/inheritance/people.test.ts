import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldGrants } from '../../src/inheritance/analysis/held-grants.ts';
import { isLive, membershipWays, people } from '../../src/inheritance/analysis/membership-ways.ts';
import { arbitraryWorld, arbitraryWorldAndNode, build, chain, graphOf } from './arbitrary-graph.ts';
import { childLists, distances, effectiveOf, parentLists, simplePaths } from './brute-force.ts';
import { profile, version } from './profiles.ts';

describe('the ways to a profile', () => {
  it('lead from each descendant by a shortest path, live if any path is, on graphs of any shape', () => {
    fc.assert(
      fc.property(arbitraryWorldAndNode, fc.array(fc.boolean()), ({ world, node }, live) => {
        const { graph } = build(world);
        const parents = parentLists(world.nodes);
        const isLiveAt = (each: number) => live[each] ?? true;
        const ways = membershipWays(graph, [node], isLiveAt);
        const expected = distances(childLists(world.nodes), node);
        expect(new Map(ways.map((way) => [way.node, way.path().length - 1]))).toEqual(expected);
        for (const way of ways) {
          const { node: start, provisioned } = way;
          const path = way.path();
          expect([path[0], path.at(-1)]).toEqual([start, node]);
          path.slice(1).forEach((parent, i) => void expect(parents[path[i] ?? -1]).toContain(parent));
          const all = simplePaths(parents, start).filter((each) => each.at(-1) === node);
          expect(provisioned).toBe(all.some((each) => each.every(isLiveAt)));
        }
        const depths = ways.map((way) => way.path().length);
        expect(depths).toEqual(depths.toSorted((a, b) => a - b));
      }),
    );
  });

  it('are live by a longer path where the shortest is not', () => {
    const graph = graphOf('low>paused other', 'paused>top', 'other>more', 'more>top', 'top');
    const [, , , low] = membershipWays(graph, [4], (node) => node !== 1);
    expect([low?.node, low?.path(), low?.provisioned]).toEqual([0, [0, 1, 4], true]);
  });

  it('of several profiles lead to the nearest', () => {
    const graph = graphOf('a>b', 'b>c', 'c');
    expect(membershipWays(graph, [2, 1], () => true).map((way) => way.path())).toEqual([[2], [1], [0, 1]]);
  });

  it('are found on a chain of 10,000 profiles', () => {
    const { graph } = build({ nodes: chain(10_000), holds: [] });
    const ways = membershipWays(graph, [9_999], (node) => node !== 5_000);
    expect(ways).toHaveLength(10_000);
    expect(ways.filter(({ provisioned }) => provisioned)).toHaveLength(4_999);
  });

  it('are live only where a profile runs and has a published version', () => {
    expect(isLive(profile('a'))).toBe(true);
    expect(isLive(profile('a', { state: 'PAUSED' }))).toBe(false);
    expect(isLive(profile('a', { currentVersion: null, currentVersionNumber: null }))).toBe(false);
    expect(isLive(profile('a', { currentVersion: version('a', { state: 'DRAFT' }) }))).toBe(false);
  });
});

describe('people', () => {
  const membership = (identityId: string, way: number) => ({ identityId, identityName: `${identityId}!`, way });
  const memberships = [
    membership('b', 1),
    membership('a', 1),
    membership('b', 2),
    membership('c', 2),
    membership('a', 1),
  ];

  it('have all their memberships, each profile once, in the order of the first', () => {
    expect(people(memberships)).toEqual([
      { identityId: 'b', identityName: 'b!', ways: [1, 2] },
      { identityId: 'a', identityName: 'a!', ways: [1] },
      { identityId: 'c', identityName: 'c!', ways: [2] },
    ]);
  });

  it('are one where their identities have the same source record', () => {
    const personOf = (id: string) => (id === 'c' ? null : 'OktaUser 7');
    expect(people(memberships, personOf)).toEqual([
      { identityId: 'b', identityName: 'b!', ways: [1, 2] },
      { identityId: 'c', identityName: 'c!', ways: [2] },
    ]);
    // A source record is no identity id.
    expect(people([membership('x', 1), membership('y', 1)], (id) => (id === 'y' ? 'x' : null))).toHaveLength(2);
  });
});

describe('what somebody gets through the profiles that they hold', () => {
  it('is what each grants in the end, each once, with each way, on graphs of any shape', () => {
    fc.assert(
      fc.property(
        arbitraryWorld,
        fc.array(fc.nat({ max: 7 }), { maxLength: 3 }),
        fc.array(fc.boolean()),
        (world, picked, live) => {
          const { graph, table } = build(world);
          const held = picked.filter((node) => node < world.nodes.length);
          const isLiveAt = (each: number) => live[each] ?? true;
          const parents = parentLists(world.nodes);
          const expected = new Map<string, Set<string>>();
          for (const start of new Set(held)) {
            for (const [grant, holders] of effectiveOf(world, start)) {
              const ways = expected.get(`g${grant}`) ?? new Set();
              expected.set(`g${grant}`, ways);
              for (const holder of holders) ways.add(`${start}>${holder}:${distances(parents, start).get(holder)}`);
            }
          }
          const grants = heldGrants(graph, table, held, isLiveAt);
          expect(
            new Map(
              grants.map(({ entitlement, ways }) => [
                entitlement.entityId,
                new Set(ways.map((way) => `${way.held}>${way.grantedBy}:${way.path().length - 1}`)),
              ]),
            ),
          ).toEqual(expected);
          for (const { ways, provisioned } of grants) {
            const paths = ways.flatMap((way) =>
              simplePaths(parents, way.held).filter((path) => path.at(-1) === way.grantedBy),
            );
            expect(provisioned).toBe(paths.some((path) => path.every(isLiveAt)));
          }
        },
      ),
    );
  });
});
