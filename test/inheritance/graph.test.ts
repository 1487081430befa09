import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph, subgraph } from '../../src/inheritance/graph/graph.ts';
import { arbitraryNodes, graphOf, layered } from './arbitrary-graph.ts';
import { childLists, parentLists } from './brute-force.ts';

describe('buildGraph', () => {
  it('numbers nodes in input order and keeps parent order', () => {
    const graph = graphOf('c>b a', 'a', 'b>a');
    expect(graph.ids).toEqual(['c', 'a', 'b']);
    expect([...graph.parents(0)]).toEqual([2, 1]);
    expect([...graph.children(1)]).toEqual([0, 2]);
    expect(graph.indexOf('b')).toBe(2);
    expect(graph.indexOf('z')).toBe(-1);
    expect(graph.edges()).toEqual([
      { child: 0, parent: 2 },
      { child: 0, parent: 1 },
      { child: 2, parent: 1 },
    ]);
  });

  it('collapses parents named twice, keeps self-loops and the first of two nodes with one id', () => {
    const graph = graphOf('a>b b a', 'b', 'a>c', 'c');
    expect(graph.ids).toEqual(['a', 'b', 'c']);
    expect([...graph.parents(0)]).toEqual([1, 0]);
    expect([...graph.children(2)]).toEqual([]);
  });

  it('records missing parents by id with who names them', () => {
    const graph = graphOf('a>z y', 'b>z z a');
    expect(graph.missing).toEqual([
      { id: 'y', children: [0] },
      { id: 'z', children: [0, 1] },
    ]);
    expect(graph.up.slots).toBe(1);
  });

  it('is not misled by ids that name object properties', () => {
    const graph = graphOf('__proto__>constructor', 'constructor>toString');
    expect([...graph.parents(0)]).toEqual([1]);
    expect(graph.missing.map(({ id }) => id)).toEqual(['toString']);
  });

  it('refuses a node that is not there', () => {
    expect(() => graphOf('a').parents(1)).toThrow(RangeError);
    expect(() => graphOf('a').idOf(-1)).toThrow(RangeError);
  });

  it('has the parents and children of its input', () => {
    fc.assert(
      fc.property(arbitraryNodes, (nodes) => {
        const graph = buildGraph(nodes);
        expect(nodes.map((_, node) => [...graph.parents(node)])).toEqual(parentLists(nodes));
        expect(nodes.map((_, node) => [...graph.children(node)])).toEqual(childLists(nodes));
      }),
    );
  });

  it('takes 10,000 nodes and 30,000 edges', () => {
    const graph = buildGraph(layered({ size: 10_000, layers: 10, parents: 3 }));
    expect(graph.size).toBe(10_000);
    expect(graph.up.slots).toBeGreaterThan(26_900);
    expect(graph.missing).toEqual([]);
  });
});

describe('subgraph', () => {
  it('keeps edges between the nodes chosen, and missing parents, but makes no new missing ones', () => {
    const part = subgraph(graphOf('a>b c gone', 'b>c', 'c>c', 'd>b gone'), [2, 0]);
    expect(part.ids).toEqual(['c', 'a']);
    expect(part.edges()).toEqual([
      { child: 0, parent: 0 },
      { child: 1, parent: 0 },
    ]);
    expect(part.missing).toEqual([{ id: 'gone', children: [1] }]);
  });
});
