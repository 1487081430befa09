import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Subgraph, subgraphAround, wholeSubgraph } from '../../src/inheritance/graph/subgraph.ts';
import { finish } from '../../src/inheritance/steps.ts';
import { arbitraryWorldAndNode } from './arbitrary-graph.ts';
import { hierarchyOf, hierarchyOfWorld } from './profiles.ts';

const factsOf = (subgraph: Subgraph) => finish(subgraph.facts());

describe('a subgraph', () => {
  it('of everything is in order, and knows its cycles, its depth and what is missing', () => {
    const subgraph = wholeSubgraph(hierarchyOf(['a>b gone', 'b>c', 'c>a d', 'd>d lost', 'e']), 10);
    expect(subgraph.nodes).toEqual([0, 1, 2, 3, 4]);
    expect(factsOf(subgraph).cycles).toEqual([[0, 1, 2], [3]]);
    expect(factsOf(subgraph)).toMatchObject({ depth: 1, limits: [] });
    expect(subgraph.missingIds).toEqual(['gone', 'lost']);
  });

  it('of a part has only what lies within it, in numbers of the whole', () => {
    const hierarchy = hierarchyOf(['x', 'a>b gone', 'b>c', 'c>a d', 'd>d lost']);
    const subgraph = subgraphAround(hierarchy, [3], 'ANCESTORS', { maxDepth: 1 });
    expect(subgraph.nodes).toEqual([3, 1, 4]);
    expect(factsOf(subgraph).cycles).toEqual([[4]]);
    expect(factsOf(subgraph)).toMatchObject({ depth: 1, limits: ['MAX_DEPTH'] });
    expect(subgraph.missingIds).toEqual(['gone', 'lost']);
    expect(factsOf(subgraphAround(hierarchy, [3], 'BOTH', {})).cycles).toEqual([[3, 1, 2], [4]]);
  });

  it('ends at the limit of nodes, and says so', () => {
    const hierarchy = hierarchyOf(['a>b', 'b>c', 'c']);
    expect(factsOf(wholeSubgraph(hierarchy, 3)).limits).toEqual([]);
    const cut = wholeSubgraph(hierarchy, 2);
    expect(cut).toMatchObject({ nodes: [0, 1], edges: [{ child: 0, parent: 1 }] });
    expect(factsOf(cut).limits).toEqual(['NODE_LIMIT']);
    expect(factsOf(subgraphAround(hierarchy, [0], 'ANCESTORS', { maxNodes: 2 })).limits).toEqual(['NODE_LIMIT']);
  });

  it('around every node is that of everything', () => {
    fc.assert(
      fc.property(arbitraryWorldAndNode, ({ world, node }) => {
        const hierarchy = hierarchyOfWorld(world);
        const whole = wholeSubgraph(hierarchy, 100);
        const size = hierarchy.graph.size;
        const turned = Array.from({ length: size }, (_, i) => (i + node) % size);
        const around = subgraphAround(hierarchy, turned, 'BOTH', {});
        const sets = (cycles: readonly (readonly number[])[]) => cycles.map((cycle) => [...cycle].sort()).sort();
        expect(sets(factsOf(around).cycles)).toEqual(sets(factsOf(whole).cycles));
        expect(factsOf(around).depth).toBe(factsOf(whole).depth);
        expect(around.missingIds).toEqual(whole.missingIds);
        expect(around.edges).toHaveLength(whole.edges.length);
      }),
    );
  });
});
