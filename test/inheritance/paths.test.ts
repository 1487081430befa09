import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../src/inheritance/graph/graph.ts';
import { shortestPath } from '../../src/inheritance/graph/walk.ts';
import { arbitraryNodes, chain, diamonds, graphOf, layered } from './arbitrary-graph.ts';
import { distances, parentLists } from './brute-force.ts';

describe('shortestPath', () => {
  it('goes up the shortest way, by parent order among equals', () => {
    const graph = graphOf('a>b c d', 'b>e', 'c>f', 'd>f', 'e>f', 'f');
    expect(shortestPath(graph, 0, 5)).toEqual([0, 2, 5]);
    expect(shortestPath(graph, 5, 0)).toBeNull();
  });

  it('of a profile to itself is the profile, on a cycle too', () => {
    expect(shortestPath(graphOf('a>b', 'b>a'), 0, 0)).toEqual([0]);
    expect(shortestPath(graphOf('a>a'), 0, 0)).toEqual([0]);
  });

  it('agrees with brute force', () => {
    fc.assert(
      fc.property(arbitraryNodes, (nodes) => {
        const graph = buildGraph(nodes);
        const parents = parentLists(nodes);
        nodes.forEach((_, from) => {
          const wanted = distances(parents, from);
          nodes.forEach((_, to) => {
            const path = shortestPath(graph, from, to);
            expect(path === null ? undefined : path.length - 1).toBe(wanted.get(to));
            if (path === null) return;
            expect([path.at(0), path.at(-1)]).toEqual([from, to]);
            path.slice(1).forEach((parent, step) => {
              expect(parents[path[step] ?? -1]).toContain(parent);
            });
          });
        });
      }),
    );
  });

  it('takes what is deep and has 2^30 ways', () => {
    expect(shortestPath(buildGraph(chain(10_000)), 0, 9_999)).toHaveLength(10_000);
    expect(shortestPath(buildGraph(diamonds(30)), 0, 90)).toHaveLength(61);
    const big = buildGraph(layered({ size: 10_000, layers: 10, parents: 3 }));
    expect(shortestPath(big, 9_999, big.parents(9_999)[0] ?? -1)).toHaveLength(2);
  });
});
