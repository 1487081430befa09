import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profilesGranting } from '../../src/inheritance/analysis/granting.ts';
import { buildGrantTable } from '../../src/inheritance/analysis/grants.ts';
import { buildGraph } from '../../src/inheritance/graph/graph.ts';
import { finish } from '../../src/inheritance/steps.ts';
import { arbitraryWorld, build, chain, entitlement, graphOf, layered, randomHolds } from './arbitrary-graph.ts';
import { childLists, distances } from './brute-force.ts';

describe('profilesGranting', () => {
  const graph = graphOf('a>b', 'b>c', 'c', 'd>d', 'e');
  const table = finish(
    buildGrantTable(graph, (id) => {
      if (id === 'c') return [entitlement('x'), entitlement('x', { entityType: 'Group' })];
      if (id === 'd') return [entitlement('x', { assignedToEntityId: 'via', assignedToEntityType: 'Group' })];
      return id === 'e' ? [entitlement('x', { datasourceId: 'ds2' })] : [];
    }),
  );
  const ref = { datasourceId: 'ds1', entityId: 'x' };

  it('names direct holders first, then heirs, nearest first', () => {
    expect(profilesGranting(graph, table, ref)).toEqual([
      { node: 2, depth: 0 },
      { node: 3, depth: 0 },
      { node: 1, depth: 1 },
      { node: 0, depth: 2 },
    ]);
    expect(profilesGranting(graph, table, ref, { includeInherited: false }).map(({ node }) => node)).toEqual([2, 3]);
  });

  it('narrows by entity type and data source', () => {
    expect(profilesGranting(graph, table, { ...ref, entityType: 'Group' }).map(({ node }) => node)).toEqual([2, 1, 0]);
    expect(profilesGranting(graph, table, { ...ref, datasourceId: 'ds2' }).map(({ node }) => node)).toEqual([4]);
    expect(profilesGranting(graph, table, { ...ref, entityId: 'X' })).toEqual([]);
  });

  it('agrees with brute force', () => {
    fc.assert(
      fc.property(arbitraryWorld, (world) => {
        const { graph, table } = build(world);
        const children = childLists(world.nodes);
        const wanted = new Map<number, number>();
        world.holds.forEach((held, holder) => {
          if (!held.includes(0)) return;
          for (const [node, depth] of distances(children, holder))
            wanted.set(node, Math.min(depth, wanted.get(node) ?? depth));
        });
        const found = profilesGranting(graph, table, { datasourceId: 'ds1', entityId: 'g0' });
        expect(new Map(found.map(({ node, depth }) => [node, depth]))).toEqual(wanted);
        expect(found).toHaveLength(wanted.size);
        const depths = found.map(({ depth }) => depth);
        expect(depths).toEqual(depths.toSorted((a, b) => a - b));
      }),
    );
  });

  it('takes what is deep and large', () => {
    const deep = buildGraph(chain(10_000));
    const top = finish(buildGrantTable(deep, (id) => (id === 'p9999' ? [entitlement('x')] : [])));
    expect(profilesGranting(deep, top, ref).at(-1)).toEqual({ node: 0, depth: 9_999 });
    const big = build({ nodes: layered({ size: 10_000, layers: 10, parents: 3 }), holds: randomHolds(10_000, 5_000) });
    expect(profilesGranting(big.graph, big.table, { datasourceId: 'ds1', entityId: 'g17' }).length).toBeGreaterThan(10);
  });
});
