import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../src/inheritance/graph/graph.ts';
import { type Direction, neighbourhood } from '../../src/inheritance/graph/neighbourhood.ts';
import { arbitraryNodes, chain, clique, graphOf, layered } from './arbitrary-graph.ts';
import { childLists, distances, parentLists } from './brute-force.ts';

describe('neighbourhood', () => {
  //   hospital
  //   ward   staff
  //   nurse  (ward, staff)   doctor (staff)
  const graph = graphOf('nurse>ward staff', 'ward>hospital', 'staff>hospital', 'hospital', 'doctor>staff');

  it('is the union of ancestors and descendants, not the connected component', () => {
    expect(neighbourhood(graph, [1], 'BOTH').nodes).toEqual([1, 3, 0]);
    expect(neighbourhood(graph, [1], 'ANCESTORS').nodes).toEqual([1, 3]);
    expect(neighbourhood(graph, [1], 'DESCENDANTS').nodes).toEqual([1, 0]);
  });

  it('has every edge between its nodes', () => {
    expect(neighbourhood(graph, [1], 'BOTH').edges).toEqual([
      { child: 1, parent: 3 },
      { child: 0, parent: 1 },
    ]);
  });

  it('says which limit kept something out, and nothing if none did', () => {
    expect(neighbourhood(graph, [0], 'ANCESTORS', { maxDepth: 1 })).toMatchObject({ truncatedBy: 'maxDepth' });
    expect(neighbourhood(graph, [0], 'ANCESTORS', { maxDepth: 2 })).toMatchObject({ truncatedBy: null });
    expect(neighbourhood(graph, [0], 'ANCESTORS', { maxNodes: 3 })).toMatchObject({
      nodes: [0, 1, 2],
      truncatedBy: 'maxNodes',
    });
    expect(neighbourhood(graph, [0], 'ANCESTORS', { maxNodes: 4 })).toMatchObject({ truncatedBy: null });
    expect(neighbourhood(graph, [0, 1, 0], 'BOTH', { maxNodes: 1 })).toMatchObject({
      nodes: [0],
      truncatedBy: 'maxNodes',
    });
  });

  it('is not cut where the other walk brings what the depth limit left out', () => {
    const ring = graphOf('a>b', 'b>c', 'c>d', 'd>a');
    expect(neighbourhood(ring, [0], 'BOTH', { maxDepth: 2 })).toMatchObject({ nodes: [0, 1, 3, 2], truncatedBy: null });
    expect(neighbourhood(ring, [0], 'ANCESTORS', { maxDepth: 2 })).toMatchObject({ truncatedBy: 'maxDepth' });
  });

  it('agrees with brute force', () => {
    const directions = fc.constantFrom<Direction>('ANCESTORS', 'DESCENDANTS', 'BOTH');
    const limits = fc.record({ maxDepth: fc.integer({ min: 0, max: 6 }), maxNodes: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(
        arbitraryNodes,
        fc.array(fc.nat({ max: 7 })),
        directions,
        limits,
        (nodes, picks, direction, bounds) => {
          const graph = buildGraph(nodes);
          const roots = picks.filter((node) => node < nodes.length);
          const lists = [
            ...(direction === 'DESCENDANTS' ? [] : [parentLists(nodes)]),
            ...(direction === 'ANCESTORS' ? [] : [childLists(nodes)]),
          ];
          const nearest = new Map<number, number>();
          for (const root of roots) {
            for (const [node, depth] of lists.flatMap((list) => [...distances(list, root)])) {
              nearest.set(node, Math.min(depth, nearest.get(node) ?? depth));
            }
          }
          const within = [...nearest].filter(([, depth]) => depth <= bounds.maxDepth).map(([node]) => node);
          const found = neighbourhood(graph, roots, direction, bounds);

          expect(found.truncatedBy !== null).toBe(found.nodes.length < nearest.size);
          expect(found.nodes).toHaveLength(Math.min(within.length, bounds.maxNodes));
          expect(within).toEqual(expect.arrayContaining([...found.nodes]));
          const depths = found.nodes.map((node) => nearest.get(node) ?? -1);
          expect(depths).toEqual(depths.toSorted((a, b) => a - b));
          const parents = parentLists(nodes);
          expect(found.edges).toEqual(
            found.nodes.flatMap((child) =>
              (parents[child] ?? [])
                .filter((parent) => found.nodes.includes(parent))
                .map((parent) => ({ child, parent })),
            ),
          );
        },
      ),
    );
  });

  it('takes what is deep, dense and large', () => {
    expect(neighbourhood(buildGraph(chain(10_000)), [5_000], 'BOTH').nodes).toHaveLength(10_000);
    expect(neighbourhood(buildGraph(clique(200)), [0], 'BOTH').edges).toHaveLength(200 * 199);
    const big = buildGraph(layered({ size: 10_000, layers: 10, parents: 3 }));
    const cut = neighbourhood(big, big.ids.keys(), 'BOTH', { maxNodes: 500 });
    expect(cut).toMatchObject({ truncatedBy: 'maxNodes' });
    expect(cut.nodes).toHaveLength(500);
  });
});
