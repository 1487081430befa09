import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveGrants } from '../../src/inheritance/analysis/effective.ts';
import { effectiveSets } from '../../src/inheritance/analysis/effective-sets.ts';
import { condense } from '../../src/inheritance/graph/components.ts';
import { finish } from '../../src/inheritance/steps.ts';
import { runs } from '../support/runs.ts';
import {
  arbitraryWorld,
  build,
  chain,
  clique,
  diamonds,
  grantsOf,
  graphOf,
  layered,
  randomHolds,
  type World,
} from './arbitrary-graph.ts';
import { effectiveOf } from './brute-force.ts';

function setsOf(world: World) {
  const { graph, table } = build(world);
  return { graph, table, sets: finish(effectiveSets(finish(condense(graph.up)), table)) };
}

describe('effectiveSets', () => {
  it('gives every profile its direct and inherited grants', () => {
    const graph = graphOf('a>b', 'b>c', 'c>b', 'd', 'e>d');
    const table = grantsOf(graph, { a: ['x'], b: ['y'], c: ['z', 'y'], d: [] });
    const sets = finish(effectiveSets(finish(condense(graph.up)), table));
    const names = (node: number) => Array.from(sets.grants(node), (grant) => table.entitlementOf(grant).entityId);
    expect([0, 1, 2, 3].map(names)).toEqual([['x', 'y', 'z'], ['y', 'z'], ['y', 'z'], []]);
    expect([0, 1, 2, 3].map((node) => sets.count(node))).toEqual([3, 2, 2, 0]);
    expect(sets.classOf(1)).toBe(sets.classOf(2));
    expect(sets.classOf(0)).not.toBe(sets.classOf(1));
    expect([sets.classOf(3), sets.classOf(4)]).toEqual([0, 0]);
    expect([sets.has(0, 1), sets.has(1, 0), sets.has(1, 99_999)]).toEqual([true, false, false]);
  });

  // The bits of a set are worked on in blocks of 1,024, so the grants are spread over several of them.
  it.each([1, 30, 31, 32, 500, 1_024])('agrees with brute force, grants %i numbers apart', (apart) => {
    fc.assert(
      fc.property(arbitraryWorld, (small) => {
        const filler = { id: 'filler', parentIds: [] };
        const world = {
          nodes: [filler, ...small.nodes],
          holds: [
            Array.from({ length: 5 * apart }, (_, grant) => grant),
            ...small.holds.map((list) => list.map((grant) => grant * apart)),
          ],
        };
        const { sets, table } = setsOf(world);
        const numbers = (node: number) =>
          Array.from(sets.grants(node), (grant) => Number(table.entitlementOf(grant).entityId.slice(1)));
        const wanted = world.nodes.map((_, node) => [...effectiveOf(world, node).keys()].sort((a, b) => a - b));
        wanted.forEach((grants, node) => {
          expect(numbers(node)).toEqual(grants);
          expect(sets.count(node)).toBe(grants.length);
          for (const grant of [0, 1, 2, 3, 4])
            expect(sets.has(node, grant * apart)).toBe(grants.includes(grant * apart));
          wanted.forEach((others, other) => {
            expect(sets.classOf(node) === sets.classOf(other)).toBe(String(grants) === String(others));
          });
        });
      }),
      { numRuns: runs(apart > 100 ? 30 : 100) },
    );
  });

  it('takes what is deep, wide and dense', () => {
    const one = (nodes: World['nodes']) => setsOf({ nodes, holds: nodes.map((_, node) => [node]) });
    const deep = one(chain(10_000));
    expect([deep.sets.count(0), deep.sets.count(9_999)]).toEqual([10_000, 1]);
    expect(one(diamonds(30)).sets.count(0)).toBe(91);
    const dense = one(clique(200));
    expect(new Set(dense.graph.ids.map((_, node) => dense.sets.classOf(node))).size).toBe(1);
  });

  it('takes 10,000 profiles, 30,000 edges and 5,000 grants in no more memory than a bitset each', () => {
    const { graph, table, sets } = setsOf({
      nodes: layered({ size: 10_000, layers: 10, parents: 3 }),
      holds: randomHolds(10_000, 5_000),
    });
    for (const node of [0, 1_234, 5_555, 9_999]) {
      const wanted = effectiveGrants(graph, table, node).grants.map(({ grant }) => grant);
      expect([...sets.grants(node)]).toEqual(wanted.toSorted((a, b) => a - b));
      expect(sets.count(node)).toBe(wanted.length);
    }
    expect(sets.bytes).toBeLessThan((10_000 * 5_000) / 8 + 1_000_000);
  });

  it('stores what sets have in common once', () => {
    const nodes = [
      { id: 'root', parentIds: [] },
      ...Array.from({ length: 999 }, (_, n) => ({ id: `p${n}`, parentIds: ['root'] })),
    ];
    const holds = nodes.map((_, node) => (node === 0 ? Array.from({ length: 100_000 }, (_, grant) => grant) : []));
    const { sets } = setsOf({ nodes, holds });
    expect(sets.count(999)).toBe(100_000);
    expect(sets.bytes).toBeLessThan(500_000);
  });
});
