import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { condense } from '../../src/inheritance/graph/components.ts';
import { buildGraph, type GraphNode } from '../../src/inheritance/graph/graph.ts';
import { redundantEdges } from '../../src/inheritance/graph/redundant-edges.ts';
import { finish } from '../../src/inheritance/steps.ts';
import { runs } from '../support/runs.ts';
import {
  arbitraryAcyclicNodes,
  arbitraryNodes,
  chain,
  clique,
  diamonds,
  graphOf,
  layered,
  randomNumbers,
} from './arbitrary-graph.ts';
import { parentLists, reaches, simplePaths } from './brute-force.ts';

const found = (nodes: Iterable<GraphNode>) => {
  const graph = buildGraph(nodes);
  return finish(redundantEdges(graph, finish(condense(graph.up))));
};

const withoutEdge = (lists: readonly number[][], child: number, parent: number) =>
  lists.map((list, node) => (node === child ? list.filter((other) => other !== parent) : list));

describe('redundantEdges', () => {
  const of = (...lines: string[]) => {
    const graph = graphOf(...lines);
    return finish(redundantEdges(graph, finish(condense(graph.up)))).map(({ child, parent, via }) => [
      `${graph.idOf(child)}>${graph.idOf(parent)}`,
      via === null ? null : graph.idOf(via),
    ]);
  };

  it('finds short cuts, and says through whom they are covered', () => {
    expect(of('a>c b', 'b>c', 'c')).toEqual([['a>c', 'b']]);
    expect(of('a>d b', 'b>c', 'c>d', 'd')).toEqual([['a>d', 'b']]);
    expect(of('a>b c', 'b>d', 'c>d', 'd')).toEqual([]);
  });

  it('leaves a plain ring and self-loops alone', () => {
    expect(of('a>b', 'b>c', 'c>a')).toEqual([]);
    expect(of('a>a b', 'b>a')).toEqual([]);
    expect(of('a>a')).toEqual([]);
  });

  it('judges edges on and out of a cycle one by one', () => {
    expect(of('a>b c', 'b>c', 'c>a')).toEqual([['a>c', null]]);
    // Each covers the other: either can go, not both.
    expect(of('a>b x', 'b>a x', 'x')).toEqual([
      ['a>x', null],
      ['b>x', null],
    ]);
    expect(of('a>b x y', 'b>a', 'x>y', 'y')).toEqual([['a>y', 'x']]);
    expect(of('c>a b', 'a>b', 'b>a')).toEqual([
      ['c>a', 'b'],
      ['c>b', 'a'],
    ]);
  });

  it('is an edge without which the parent is still reached', () => {
    fc.assert(
      fc.property(arbitraryNodes, (nodes) => {
        const lists = parentLists(nodes);
        const wanted = lists.flatMap((list, child) =>
          list
            .filter((parent) => parent !== child && reaches(withoutEdge(lists, child, parent), child, parent))
            .map((parent) => `${child}>${parent}`),
        );
        const edges = found(nodes);
        expect(edges.map(({ child, parent }) => `${child}>${parent}`)).toEqual(wanted);
        for (const { child, parent, via } of edges) {
          if (via === null) continue;
          expect(lists[child]).toContain(via);
          expect(via).not.toBe(parent);
          expect(reaches(withoutEdge(lists, child, parent), via, parent)).toBe(true);
        }
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('without cycles all can go at once and nothing is lost', () => {
    fc.assert(
      fc.property(arbitraryAcyclicNodes, (nodes) => {
        const lists = parentLists(nodes);
        const left = found(nodes).reduce((kept, { child, parent }) => withoutEdge(kept, child, parent), lists);
        const reach = (of: number[][]) => of.map((_, node) => [...new Set(simplePaths(of, node).flat())].sort());
        expect(reach(left)).toEqual(reach(lists));
        expect(found(nodes).every(({ via }) => via !== null)).toBe(true);
      }),
    );
  });

  it('finds the strong bridges of large knots', () => {
    const random = randomNumbers(3);
    for (let round = 0; round < 20; round++) {
      const size = 2 + random(60);
      const nodes = Array.from({ length: size }, (_, node) => ({
        id: `p${node}`,
        parentIds: [`p${(node + 1) % size}`, ...Array.from({ length: random(3) }, () => `p${random(size)}`)],
      }));
      const lists = parentLists(nodes);
      const wanted = lists.flatMap((list, child) =>
        list
          .filter((parent) => parent !== child && reachesByFlood(withoutEdge(lists, child, parent), child, parent))
          .map((parent) => `${child}>${parent}`),
      );
      expect(found(nodes).map(({ child, parent }) => `${child}>${parent}`)).toEqual(wanted);
    }
  });

  it('takes what is deep, wide and dense', () => {
    expect(found(chain(10_000))).toEqual([]);
    expect(found(diamonds(30))).toEqual([]);
    expect(found(clique(200))).toHaveLength(200 * 199);
    const shortcut = chain(10_000).map((node, n) => ({
      ...node,
      parentIds: n < 9_998 ? [...node.parentIds, 'p9999'] : node.parentIds,
    }));
    expect(found(shortcut)).toHaveLength(9_998);
    const ring = chain(10_000).map((node, n) => ({
      ...node,
      parentIds: n === 9_999 ? ['p0'] : [...node.parentIds, 'p9999'],
    }));
    expect(found(ring)).toHaveLength(9_998);
  });

  it('takes 10,000 × 30,000: exactly the edges whose parent another way leads to', () => {
    const nodes = layered({ size: 10_000, layers: 10, parents: 3 }).map(({ id, parentIds }, n) => ({
      id,
      // Every seventh node also names someone far above.
      parentIds: n % 7 === 0 && n > 3_000 ? [...parentIds, `p${(n * 31) % 2_000}`] : parentIds,
    }));
    const lists = parentLists(nodes);
    const edges = found(nodes);
    const shortcuts = lists.flatMap((list, child) =>
      list
        .filter((parent) => Math.floor(child / 1_000) - Math.floor(parent / 1_000) > 1)
        .map((parent) => [child, parent] as const),
    );
    const wanted = shortcuts.filter(([child, parent]) =>
      reachesByFlood(withoutEdge(lists, child, parent), child, parent),
    );
    expect(edges.map(({ child, parent }) => [child, parent])).toEqual(wanted);
    expect(edges.length).toBeGreaterThan(100);
    expect(edges.length).toBeLessThan(shortcuts.length);
  });
});

function reachesByFlood(lists: readonly (readonly number[])[], from: number, to: number): boolean {
  const seen = new Set([from]);
  for (const node of seen) for (const next of lists[node] ?? []) seen.add(next);
  return seen.has(to);
}
