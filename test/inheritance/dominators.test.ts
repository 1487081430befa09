import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjacencyOf } from '../../src/inheritance/graph/adjacency.ts';
import { dominatorTree, flowBridges } from '../../src/inheritance/graph/dominators.ts';
import { runs } from '../support/runs.ts';
import { randomNumbers } from './arbitrary-graph.ts';

const bridges = (lists: readonly number[][]) => [...flowBridges(adjacencyOf(lists))];

/** By definition: the one edge into a node without which node 0 no longer reaches it. */
function bridgesByRemoval(lists: readonly number[][]): number[] {
  const reached = flood(lists);
  return lists.map((_, node) => {
    const into = lists.flatMap((list, from) => (list.includes(node) ? [from] : []));
    const isBridge = (from: number) =>
      !flood(lists.map((list, n) => (n === from ? list.filter((to) => to !== node) : list))).has(node);
    return node !== 0 && reached.has(node) ? (into.find(isBridge) ?? -1) : -1;
  });
}

function flood(lists: readonly (readonly number[])[]): Set<number> {
  const seen = new Set([0]);
  for (const node of seen) for (const next of lists[node] ?? []) seen.add(next);
  return seen;
}

/** The nearest other node without which node 0 no longer reaches it; -1 for node 0 and what it doesn't reach. */
function dominatorsByRemoval(lists: readonly number[][]): number[] {
  const dominated = lists.map((_, out) => {
    if (out === 0) return new Set(flood(lists));
    const left = flood(lists.map((list, node) => (node === out ? [] : list.filter((to) => to !== out))));
    return new Set([...flood(lists)].filter((node) => !left.has(node)));
  });
  return lists.map((_, node) => {
    const above = lists.flatMap((_, other) => (other !== node && dominated[other]?.has(node) ? [other] : []));
    // The nearest dominator is the one that dominates least.
    above.sort((a, b) => (dominated[a]?.size ?? 0) - (dominated[b]?.size ?? 0));
    return node === 0 ? -1 : (above[0] ?? -1);
  });
}

describe('dominatorTree', () => {
  it('agrees with removing each node in turn', () => {
    const random = randomNumbers(5);
    for (let round = 0; round < 500; round++) {
      const size = 1 + random(15);
      const lists = Array.from({ length: size }, () => [...new Set([random(size), random(size)].slice(random(2)))]);
      const { nodes, order, dominator } = dominatorTree(adjacencyOf(lists));
      const found = lists.map((_, node) => nodes[dominator[order[node] ?? -1] ?? -1] ?? -1);
      expect(found).toEqual(dominatorsByRemoval(lists));
    }
  });
});

describe('flowBridges', () => {
  it('finds the edges that every path from node 0 takes', () => {
    expect(bridges([[1, 2], [3], [3], [4], [3]])).toEqual([-1, 0, 0, -1, 3]);
    expect(bridges([[1], [2, 0], [1]])).toEqual([-1, 0, 1]);
    expect(bridges([[], [0]])).toEqual([-1, -1]);
  });

  it('agrees with removing each edge in turn', () => {
    const graphs = fc
      .integer({ min: 1, max: 9 })
      .chain((size) =>
        fc.array(fc.uniqueArray(fc.nat({ max: size - 1 }), { maxLength: 4 }), { minLength: size, maxLength: size }),
      );
    fc.assert(
      fc.property(graphs, (lists) => {
        expect(bridges(lists)).toEqual(bridgesByRemoval(lists));
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('agrees on larger sparse graphs, where dominators lie far apart', () => {
    const random = randomNumbers(11);
    for (let round = 0; round < 300; round++) {
      const size = 10 + random(20);
      const lists = Array.from({ length: size }, () => [...new Set([random(size), random(size)].slice(random(2)))]);
      const shuffled = lists.map((list, node) => [...new Set([...list, (node * 7 + 1) % size])]);
      expect(bridges(lists)).toEqual(bridgesByRemoval(lists));
      expect(bridges(shuffled)).toEqual(bridgesByRemoval(shuffled));
    }
  });

  it('takes a ladder of 50,000 rungs', () => {
    const rails = Array.from({ length: 50_000 }, (_, node) => (node < 49_999 ? [node + 1, Math.max(0, node - 5)] : []));
    expect(bridges(rails)).toEqual(Array.from({ length: 50_000 }, (_, node) => node - 1));
  });
});
