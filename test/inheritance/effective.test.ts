import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveGrants } from '../../src/inheritance/analysis/effective.ts';
import { buildGrantTable } from '../../src/inheritance/analysis/grants.ts';
import { buildGraph } from '../../src/inheritance/graph/graph.ts';
import { finish } from '../../src/inheritance/steps.ts';
import {
  arbitraryWorldAndNode,
  build,
  chain,
  clique,
  diamonds,
  entitlement,
  grantsOf,
  graphOf,
  layered,
  randomHolds,
} from './arbitrary-graph.ts';
import { distances, effectiveOf, parentLists } from './brute-force.ts';

describe('effectiveGrants', () => {
  it('has each grant once, with who grants it, nearest first', () => {
    const graph = graphOf('nurse>ward staff', 'ward>hospital', 'staff>hospital', 'hospital');
    const table = grantsOf(graph, {
      nurse: ['chart'],
      ward: ['door', 'chart'],
      staff: ['mail', 'door'],
      hospital: ['mail', 'wifi'],
    });
    const { grants, pathTo } = effectiveGrants(graph, table, 0);
    expect(grants.map(({ entitlement, direct, grantedBy }) => [entitlement.entityId, direct, grantedBy])).toEqual([
      ['chart', true, [0, 1]],
      ['door', false, [1, 2]],
      ['mail', false, [2, 3]],
      ['wifi', false, [3]],
    ]);
    expect(pathTo(0)).toEqual([0]);
    expect(pathTo(3)).toEqual([0, 1, 3]);
    expect(pathTo(3)).toBe(pathTo(3));
    expect(() => effectiveGrants(graph, table, 3).pathTo(0)).toThrow(RangeError);
  });

  it('shows the entitlement of the nearest granting profile', () => {
    const graph = graphOf('a>b', 'b');
    const table = finish(buildGrantTable(graph, (id) => [entitlement('x', { grantBy: `set by ${id}` })]));
    expect(effectiveGrants(graph, table, 0).grants[0]?.entitlement.grantBy).toBe('set by a');
    expect(effectiveGrants(graph, table, 1).grants[0]?.entitlement.grantBy).toBe('set by b');
  });

  it('tells grants apart by what they are assigned through, not by conditions', () => {
    const graph = graphOf('a>b', 'b');
    const table = finish(
      buildGrantTable(graph, (id) =>
        id === 'a'
          ? [entitlement('x'), entitlement('x', { assignedToEntityId: 'group', assignedToEntityType: 'Group' })]
          : [entitlement('x', { condition: { type: null, conditionString: 'c' }, assignedToEntityId: '' })],
      ),
    );
    expect(effectiveGrants(graph, table, 0).grants.map(({ grantedBy }) => grantedBy)).toEqual([[0, 1], [0]]);
  });

  it('on a cycle inherits from the others, never from itself', () => {
    const graph = graphOf('a>b', 'b>a');
    const table = grantsOf(graph, { a: ['x'], b: ['y'] });
    const { grants } = effectiveGrants(graph, table, 0);
    expect(grants.map(({ direct, grantedBy }) => [direct, grantedBy])).toEqual([
      [true, [0]],
      [false, [1]],
    ]);
  });

  it('agrees with brute force', () => {
    fc.assert(
      fc.property(arbitraryWorldAndNode, ({ world, node }) => {
        const { graph, table } = build(world);
        const { grants, pathTo } = effectiveGrants(graph, table, node);
        const wanted = effectiveOf(world, node);
        const depths = distances(parentLists(world.nodes), node);
        expect(new Set(grants.map(({ entitlement }) => entitlement.entityId))).toEqual(
          new Set([...wanted.keys()].map((grant) => `g${grant}`)),
        );
        expect(grants).toHaveLength(wanted.size);
        for (const { entitlement, direct, grantedBy } of grants) {
          expect(new Set(grantedBy)).toEqual(wanted.get(Number(entitlement.entityId.slice(1))));
          expect(new Set(grantedBy).size).toBe(grantedBy.length);
          expect(direct).toBe(grantedBy.includes(node));
          const far = grantedBy.map((granting) => depths.get(granting) ?? -1);
          expect(far).toEqual(far.toSorted((a, b) => a - b));
          for (const granting of grantedBy) {
            const path = pathTo(granting);
            expect(path).toHaveLength((depths.get(granting) ?? -1) + 1);
            expect([path.at(0), path.at(-1)]).toEqual([node, granting]);
            path.slice(1).forEach((parent, step) => {
              expect([...graph.parents(path[step] ?? -1)]).toContain(parent);
            });
          }
        }
        const nearest = grants.map(({ grantedBy }) => depths.get(grantedBy[0] ?? -1) ?? -1);
        expect(nearest).toEqual(nearest.toSorted((a, b) => a - b));
      }),
    );
  });

  it('takes what is deep, wide, dense and large', () => {
    const everyone = (id: string) => [entitlement(id), entitlement('shared')];
    const grantsIn = (nodes: ReturnType<typeof chain>, node: number) => {
      const graph = buildGraph(nodes);
      return effectiveGrants(graph, finish(buildGrantTable(graph, everyone)), node);
    };
    const deep = grantsIn(chain(10_000), 0);
    expect(deep.grants).toHaveLength(10_001);
    expect(deep.grants[1]?.grantedBy).toHaveLength(10_000);
    expect(deep.pathTo(9_999)).toHaveLength(10_000);
    expect(grantsIn(diamonds(30), 0).grants).toHaveLength(92);
    expect(grantsIn(clique(200), 5).grants).toHaveLength(201);

    const { graph, table } = build({
      nodes: layered({ size: 10_000, layers: 10, parents: 3 }),
      holds: randomHolds(10_000, 5_000),
    });
    const bottom = effectiveGrants(graph, table, 9_999);
    expect(bottom.grants.length).toBeGreaterThan(4_000);
    expect(bottom.pathTo(bottom.grants.at(-1)?.grantedBy[0] ?? -1)).toHaveLength(10);
  });
});
