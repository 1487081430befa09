import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProfileGraph } from '../../../src/graphiql/explorer/graph/profile-graph.ts';
import { between, findRoutes, stepsFrom, waysToSource } from '../../../src/graphiql/explorer/graph/routes.ts';
import { anyGraph, graphOf } from '../support.ts';

const diamond = graphOf('lead > engineer', 'lead > analyst', 'engineer > employee', 'analyst > employee');

/** Every way up without a profile twice, worked out by plain recursion. */
function allRoutes(graph: ProfileGraph, from: string, to: string, trail: readonly string[] = [from]): string[] {
  if (from === to) return [trail.join()];
  return graph
    .parents(from)
    .filter((parent) => !trail.includes(parent))
    .flatMap((parent) => allRoutes(graph, parent, to, [...trail, parent]));
}

describe('routes', () => {
  it('are all ways up, shortest first', () => {
    expect(findRoutes(diamond, 'lead', 'employee')).toEqual({
      chains: [
        ['lead', 'engineer', 'employee'],
        ['lead', 'analyst', 'employee'],
      ],
      isCut: false,
    });
    expect(findRoutes(diamond, 'employee', 'lead').chains).toEqual([]);
  });

  it('agree with plain recursion in small graphs', () => {
    const small = anyGraph.filter((graph) => graph.profiles.length > 1 && graph.edges.length <= 14);
    fc.assert(
      fc.property(small, (graph) => {
        const { chains, isCut } = findRoutes(graph, 'p0', 'p1', 10_000);
        expect(isCut).toBe(false);
        expect(chains.map((chain) => chain.join()).sort()).toEqual(allRoutes(graph, 'p0', 'p1').sort());
        expect(chains.map(({ length }) => length)).toEqual(chains.map(({ length }) => length).sort((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  it('end at a limit and say so', () => {
    const layers = Array.from({ length: 9 }, (_item, index) => index);
    const wide = graphOf(
      ...layers.flatMap((level) =>
        ['a', 'b', 'c'].flatMap((one) => ['a', 'b', 'c'].map((other) => `${one}${level} > ${other}${level + 1}`)),
      ),
    );
    const { chains, isCut } = findRoutes(wide, 'a0', 'a9');
    expect(chains.length).toBeGreaterThan(0);
    expect(isCut).toBe(true);
  });

  it('light what lies between two profiles, whichever inherits', () => {
    expect([...between(diamond, 'employee', 'lead')].sort()).toEqual(['analyst', 'employee', 'engineer', 'lead']);
    expect([...between(diamond, 'engineer', 'analyst')].sort()).toEqual(['analyst', 'engineer']);
  });
});

describe('who grants an entitlement', () => {
  it('groups profiles by steps from the nearest that grants it itself', () => {
    expect(stepsFrom(diamond, new Set(['employee', 'analyst']))).toEqual([
      ['analyst', 'employee'],
      ['lead', 'engineer'],
    ]);
  });

  it('lights the ways to those that grant it, and no further', () => {
    expect([...waysToSource(diamond, 'lead', new Set(['analyst', 'employee']))].sort()).toEqual([
      'analyst',
      'employee',
      'engineer',
      'lead',
    ]);
    expect([...waysToSource(diamond, 'analyst', new Set(['analyst']))]).toEqual(['analyst']);
  });
});
