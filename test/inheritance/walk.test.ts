import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../src/inheritance/graph/graph.ts';
import { ancestors, descendants } from '../../src/inheritance/graph/walk.ts';
import { arbitraryNodes, chain, clique, diamonds, graphOf, layered } from './arbitrary-graph.ts';
import { childLists, distances, parentLists } from './brute-force.ts';

describe('ancestors and descendants', () => {
  const graph = graphOf('nurse>ward staff', 'ward>hospital', 'staff>hospital', 'hospital', 'doctor>staff');

  it('come nearest first, in parent order, each once', () => {
    expect(ancestors(graph, 0)).toEqual([
      { node: 1, depth: 1 },
      { node: 2, depth: 1 },
      { node: 3, depth: 2 },
    ]);
    expect(descendants(graph, 3)).toEqual([
      { node: 1, depth: 1 },
      { node: 2, depth: 1 },
      { node: 0, depth: 2 },
      { node: 4, depth: 2 },
    ]);
  });

  it('stop at maxDepth', () => {
    expect(ancestors(graph, 0, 1).map(({ node }) => node)).toEqual([1, 2]);
    expect(ancestors(graph, 0, 0)).toEqual([]);
  });

  it('never hold the start, on a cycle or a self-loop neither', () => {
    const loop = graphOf('a>a b', 'b>a');
    expect(ancestors(loop, 0)).toEqual([{ node: 1, depth: 1 }]);
    expect(descendants(loop, 0)).toEqual([{ node: 1, depth: 1 }]);
  });

  it('agree with brute force', () => {
    fc.assert(
      fc.property(arbitraryNodes, fc.integer({ min: 0, max: 9 }), (nodes, maxDepth) => {
        const graph = buildGraph(nodes);
        nodes.forEach((_, start) => {
          for (const [found, lists] of [
            [ancestors(graph, start, maxDepth), parentLists(nodes)],
            [descendants(graph, start, maxDepth), childLists(nodes)],
          ] as const) {
            const wanted = distances(lists, start);
            wanted.delete(start);
            const near = [...wanted].filter(([, depth]) => depth <= maxDepth);
            expect(new Map(found.map(({ node, depth }) => [node, depth]))).toEqual(new Map(near));
            expect(found).toHaveLength(near.length);
            expect(found.map(({ depth }) => depth)).toEqual(found.map(({ depth }) => depth).sort((a, b) => a - b));
          }
        });
      }),
    );
  });

  it('take what is deep, wide and dense', () => {
    expect(ancestors(buildGraph(chain(10_000)), 0).at(-1)).toEqual({ node: 9_999, depth: 9_999 });
    expect(ancestors(buildGraph(diamonds(30)), 0).at(-1)).toEqual({ node: 90, depth: 60 });
    expect(descendants(buildGraph(clique(200)), 7)).toHaveLength(199);
    const big = buildGraph(layered({ size: 10_000, layers: 10, parents: 3 }));
    expect(ancestors(big, 9_999).at(-1)?.depth).toBe(9);
  });
});
