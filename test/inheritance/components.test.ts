import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { condense, longestChain } from '../../src/inheritance/graph/components.ts';
import { buildGraph } from '../../src/inheritance/graph/graph.ts';
import { finish } from '../../src/inheritance/steps.ts';
import { arbitraryAcyclicNodes, arbitraryNodes, chain, clique, diamonds, graphOf, layered } from './arbitrary-graph.ts';
import { parentLists, reaches, simplePaths } from './brute-force.ts';

function componentLists(nodes: Parameters<typeof buildGraph>[0]) {
  const { members, size, parents } = finish(condense(buildGraph(nodes).up));
  return Array.from({ length: size }, (_, component) => ({
    members: [...members.of(component)],
    parents: [...parents.of(component)],
  }));
}

describe('condense', () => {
  it('shrinks each knot to one, parents first', () => {
    const { members, parents } = finish(condense(graphOf('a>b', 'b>c a', 'c>d', 'd>c e', 'e', 'f>f').up));
    expect([0, 1, 2, 3].map((component) => [...members.of(component)])).toEqual([[4], [2, 3], [0, 1], [5]]);
    expect([0, 1, 2, 3].map((component) => [...parents.of(component)])).toEqual([[], [0], [1], []]);
  });

  it('agrees with mutual reachability', () => {
    fc.assert(
      fc.property(arbitraryNodes, (nodes) => {
        const { componentOf, parents } = finish(condense(buildGraph(nodes).up));
        const lists = parentLists(nodes);
        nodes.forEach((_, a) => {
          nodes.forEach((_, b) => {
            expect(componentOf[a] === componentOf[b]).toBe(reaches(lists, a, b) && reaches(lists, b, a));
          });
          for (const parent of lists[a] ?? []) {
            const [own = -1, above = -1] = [componentOf[a], componentOf[parent]];
            expect(above).toBeLessThanOrEqual(own);
            if (above !== own) expect([...parents.of(own)]).toContain(above);
          }
        });
        for (const [component, list] of componentLists(nodes).entries()) {
          expect(list.members).toEqual(list.members.toSorted((a, b) => a - b));
          expect(list.parents).toEqual([...new Set(list.parents)].toSorted((a, b) => a - b));
          const above = list.members.flatMap((node) => lists[node] ?? []).map((node) => componentOf[node] ?? -1);
          expect(new Set(list.parents)).toEqual(new Set(above.filter((other) => other !== component)));
        }
      }),
    );
  });

  it('takes what is deep, dense and large', () => {
    expect(finish(condense(buildGraph(chain(10_000)).up)).size).toBe(10_000);
    const ring = chain(10_000).map((node) => (node.id === 'p9999' ? { ...node, parentIds: ['p0'] } : node));
    expect(finish(condense(buildGraph(ring).up)).size).toBe(1);
    expect(finish(condense(buildGraph(clique(200)).up)).size).toBe(1);
    expect(finish(condense(buildGraph(layered({ size: 10_000, layers: 10, parents: 3 })).up)).size).toBe(10_000);
  });
});

describe('longestChain', () => {
  const depthOf = (nodes: Parameters<typeof buildGraph>[0]) => longestChain(finish(condense(buildGraph(nodes).up)));

  it('counts edges, none within a cycle', () => {
    expect(longestChain(finish(condense(graphOf('a>b c', 'b>c', 'c').up)))).toBe(2);
    expect(longestChain(finish(condense(graphOf('a>b', 'b>c', 'c>b d', 'd>d').up)))).toBe(2);
    expect(longestChain(finish(condense(graphOf('a', 'b').up)))).toBe(0);
    expect(depthOf([])).toBe(0);
  });

  it('is the longest simple path where there are no cycles', () => {
    fc.assert(
      fc.property(arbitraryAcyclicNodes, (nodes) => {
        const lists = parentLists(nodes);
        const lengths = nodes.flatMap((_, node) => simplePaths(lists, node).map((path) => path.length - 1));
        expect(depthOf(nodes)).toBe(Math.max(0, ...lengths));
      }),
    );
  });

  it('counts the most component changes on any simple path', () => {
    fc.assert(
      fc.property(arbitraryNodes, (nodes) => {
        const lists = parentLists(nodes);
        const together = (a: number, b: number) => reaches(lists, a, b) && reaches(lists, b, a);
        const changes = nodes.flatMap((_, node) =>
          simplePaths(lists, node).map((path) => path.filter((b, i) => i > 0 && !together(path[i - 1] ?? b, b)).length),
        );
        expect(depthOf(nodes)).toBe(Math.max(0, ...changes));
      }),
    );
  });

  it('takes what is deep, wide and large', () => {
    expect(depthOf(chain(10_000))).toBe(9_999);
    expect(depthOf(diamonds(30))).toBe(60);
    expect(depthOf(clique(200))).toBe(0);
    expect(depthOf(layered({ size: 10_000, layers: 10, parents: 3 }))).toBe(9);
  });
});
