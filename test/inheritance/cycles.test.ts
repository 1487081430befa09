import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { condense } from '../../src/inheritance/graph/components.ts';
import { type CycleLimits, elementaryCycles } from '../../src/inheritance/graph/cycles.ts';
import { buildGraph, type Graph, type GraphNode } from '../../src/inheritance/graph/graph.ts';
import { finish } from '../../src/inheritance/steps.ts';
import { runs } from '../support/runs.ts';
import { arbitraryNodes, chain, clique, graphOf, layered } from './arbitrary-graph.ts';
import { cyclesOf } from './brute-force.ts';

const unlimited: CycleLimits = { maxCycles: 1e9, maxWork: 1e9 };

function cycles(nodes: Iterable<GraphNode>, limits?: CycleLimits) {
  return cyclesIn(buildGraph(nodes), limits);
}

function cyclesIn(graph: Graph, limits?: CycleLimits) {
  return finish(elementaryCycles(graph, finish(condense(graph.up)), limits));
}

describe('elementaryCycles', () => {
  it('finds each once, from its smallest node, child to parent', () => {
    const found = cyclesIn(graphOf('a>b', 'b>c a', 'c>a', 'd>d e', 'e>f', 'f>e'));
    expect(found).toEqual({ cycles: [[0, 1, 2], [0, 1], [3], [4, 5]], complete: true });
  });

  it('finds the two ways round a ring with a chord, and none without a ring', () => {
    expect(cyclesIn(graphOf('a>b', 'b>c d', 'c>d', 'd>a')).cycles).toEqual([
      [0, 1, 2, 3],
      [0, 1, 3],
    ]);
    expect(cycles(chain(50))).toEqual({ cycles: [], complete: true });
  });

  it('agrees with brute force', () => {
    fc.assert(
      fc.property(arbitraryNodes, (nodes) => {
        const found = cycles(nodes, unlimited);
        expect(found.complete).toBe(true);
        const sorted = (list: readonly (readonly number[])[]) => list.map(String).sort();
        expect(sorted(found.cycles)).toEqual(sorted(cyclesOf(nodes)));
        const perComponent = new Map<number, number[]>();
        const { componentOf } = finish(condense(buildGraph(nodes).up));
        for (const [start = -1] of found.cycles) {
          const component = componentOf[start] ?? -1;
          perComponent.set(component, [...(perComponent.get(component) ?? []), start]);
        }
        for (const starts of perComponent.values()) expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      }),
      { numRuns: runs(300) },
    );
  });

  it('cut short, it gives real cycles and each knot its own', () => {
    fc.assert(
      fc.property(arbitraryNodes, fc.nat({ max: 4 }), fc.nat({ max: 5 }), (nodes, maxCycles, maxWork) => {
        const all = cyclesOf(nodes).map(String);
        const found = cycles(nodes, { maxCycles, maxWork });
        expect(found.cycles.length).toBeLessThanOrEqual(maxCycles);
        expect(all).toEqual(expect.arrayContaining(found.cycles.map(String)));
        expect(new Set(found.cycles.map(String)).size).toBe(found.cycles.length);
        if (found.complete) expect(found.cycles).toHaveLength(all.length);
        const { componentOf } = finish(condense(buildGraph(nodes).up));
        const knots = (starts: readonly (number | undefined)[]) =>
          new Set(starts.map((node = -1) => componentOf[node]));
        const wanted = knots(cyclesOf(nodes).map(([start]) => start));
        if (maxCycles >= wanted.size) expect(knots(found.cycles.map(([start]) => start))).toEqual(wanted);
      }),
      { numRuns: runs(300) },
    );
  });

  it('takes one ring of 10,000', () => {
    const ring = chain(10_000).map((node) => (node.id === 'p9999' ? { ...node, parentIds: ['p0'] } : node));
    const found = cycles(ring);
    expect(found.complete).toBe(true);
    expect(found.cycles).toEqual([Array.from({ length: 10_000 }, (_, node) => node)]);
  });

  it('stops at its limits on a clique of 200, and says so', () => {
    const found = cycles(clique(200));
    expect(found.complete).toBe(false);
    expect(found.cycles).toHaveLength(1_000);
    expect(cycles(clique(200), { maxCycles: 1e9, maxWork: 50_000 }).complete).toBe(false);
  });

  it('stops at its limits on one knot of nearly 10,000, and finds 5,000 small ones all', () => {
    const knot = layered({ size: 10_000, layers: 10, parents: 3 }).map((node, n) =>
      n < 1_000 ? { ...node, parentIds: [`p${9_000 + n}`] } : node,
    );
    const found = cycles(knot);
    expect(found.complete).toBe(false);
    expect(found.cycles.length).toBeGreaterThan(0);
    const pairs = Array.from({ length: 10_000 }, (_, n) => ({ id: `p${n}`, parentIds: [`p${n ^ 1}`] }));
    expect(cycles(pairs, { maxCycles: 5_000, maxWork: 1_000_000 })).toMatchObject({ complete: true });
  });
});
