import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duplicateGrants } from '../../src/inheritance/analysis/duplicate-grants.ts';
import { effectiveGrants } from '../../src/inheritance/analysis/effective.ts';
import { effectiveSets } from '../../src/inheritance/analysis/effective-sets.ts';
import { condense } from '../../src/inheritance/graph/components.ts';
import { finish } from '../../src/inheritance/steps.ts';
import { runs } from '../support/runs.ts';
import { arbitraryWorld, build, clique, layered, randomHolds, type World } from './arbitrary-graph.ts';
import { effectiveOf } from './brute-force.ts';

function duplicates(world: World) {
  const { graph, table } = build(world);
  const condensation = finish(condense(graph.up));
  const found = duplicateGrants(graph, condensation, table, finish(effectiveSets(condensation, table)));
  return { graph, table, found };
}

const node = (id: string, ...parentIds: string[]) => ({ id, parentIds });

describe('duplicateGrants', () => {
  it('finds direct grants that are also inherited, and from whom nearest', () => {
    const { found } = duplicates({
      nodes: [node('a', 'b', 'c'), node('b', 'c'), node('c')],
      holds: [[1, 2], [3], [1, 3]],
    });
    expect(found.map((it) => [it.node, it.slot, it.from])).toEqual([
      [0, 0, 2],
      [1, 2, 2],
    ]);
  });

  it('does not count what comes back round a cycle', () => {
    expect(duplicates({ nodes: [node('a', 'b'), node('b', 'a')], holds: [[1], [2]] }).found).toEqual([]);
    expect(duplicates({ nodes: [node('a', 'a')], holds: [[1]] }).found).toEqual([]);
    const shared = duplicates({ nodes: [node('a', 'b'), node('b', 'a')], holds: [[1], [1]] }).found;
    expect(shared.map((it) => [it.node, it.from])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it('agrees with brute force, the nearest being the second that effectiveGrants names', () => {
    fc.assert(
      fc.property(arbitraryWorld, (world) => {
        const { graph, table, found } = duplicates(world);
        const wanted = world.holds.flatMap((held, holder) =>
          [...new Set(held)]
            .filter((grant) => (effectiveOf(world, holder).get(grant)?.size ?? 0) > 1)
            .map((grant) => `${holder} g${grant}`),
        );
        expect(found.map((it) => `${it.node} ${table.entitlementAt(it.slot).entityId}`)).toEqual(wanted);
        for (const it of found) {
          const effective = effectiveGrants(graph, table, it.node).grants.find(({ grant }) => grant === it.grant);
          expect(it.from).toBe(effective?.grantedBy[1]);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('names some holder where the nearest is far: up a ladder, and on a long cycle', () => {
    const nodes = layered({ size: 1_000, layers: 10, parents: 3 });
    const ends = duplicates({ nodes, holds: nodes.map((_, n) => (n < 100 || n >= 900 ? [1] : [])) }).found;
    expect(ends.map((it) => it.node)).toEqual(Array.from({ length: 100 }, (_, n) => 900 + n));
    expect(ends.every((it) => it.from < 100)).toBe(true);

    const ring = nodes.map((node, n) => (n < 100 ? { ...node, parentIds: [`p${900 + n}`] } : node));
    const two = duplicates({ nodes: ring, holds: nodes.map((_, n) => (n === 950 || n === 50 ? [1] : [])) }).found;
    expect(two.map((it) => [it.node, it.from])).toEqual([
      [50, 950],
      [950, 50],
    ]);
  });

  it('takes what is dense and large', () => {
    const dense = clique(200);
    expect(duplicates({ nodes: dense, holds: dense.map(() => [1]) }).found).toHaveLength(200);
    const world = { nodes: layered({ size: 10_000, layers: 10, parents: 3 }), holds: randomHolds(10_000, 5_000) };
    const { graph, table, found } = duplicates(world);
    expect(found.length).toBeGreaterThan(1_000);
    for (const it of found.filter((_, index) => index % 1_000 === 0)) {
      const effective = effectiveGrants(graph, table, it.node).grants.find(({ grant }) => grant === it.grant);
      expect(effective?.grantedBy.slice(1)).toContain(it.from);
    }
  });
});
