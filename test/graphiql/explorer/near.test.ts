import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NearOptions, nearSet, placeNear, relativeKey } from '../../../src/graphiql/explorer/graph/near.ts';
import { edgeKey, reach } from '../../../src/graphiql/explorer/graph/profile-graph.ts';
import { anyGraph, graphOf } from '../support.ts';

const options: NearOptions = {
  levels: 2,
  perStep: 10,
  opened: new Set(),
  brought: new Set(),
  compare: (one, other) => (one < other ? -1 : one > other ? 1 : 0),
};

const many = Array.from({ length: 12 }, (_item, index) => `c${String(index).padStart(2, '0')} > f`);

describe('what is near a profile', () => {
  it('is what inherits within so many steps, each way', () => {
    const graph = graphOf('f > a', 'a > b', 'b > c', 'd > f', 'e > d');
    const { shown, counts, further } = nearSet(graph, 'f', options);
    expect([...shown]).toEqual([
      ['a', { side: 'above', step: 1 }],
      ['b', { side: 'above', step: 2 }],
      ['d', { side: 'below', step: 1 }],
      ['e', { side: 'below', step: 2 }],
    ]);
    expect(counts).toEqual({ above: 3, below: 2 });
    expect(further).toEqual(new Map([['b', ['c']]]));
  });

  it('leaves out what has nothing to do with it', () => {
    expect(nearSet(graphOf('f > a', 'other > a'), 'f', options).shown.has('other')).toBe(false);
  });

  it('puts what does not fit into one stub, which counts nothing twice', () => {
    const { shown, stubs, further } = nearSet(graphOf(...many, 'x > c11'), 'f', { ...options, perStep: 5 });
    expect(shown.size).toBe(4);
    expect(stubs).toEqual([{ side: 'below', step: 1, hidden: many.slice(4).map((edge) => edge.split(' ')[0]) }]);
    expect(further.size).toBe(0);
  });

  it('keeps what was brought from a stub, and brings in relatives in place', () => {
    const graph = graphOf(...many, 'x > c00', 'y > x');
    const brought = nearSet(graph, 'f', { ...options, levels: 1, perStep: 3, brought: new Set(['c11']) });
    expect([...brought.shown.keys()]).toEqual(['c11', 'c00']);
    const opened = nearSet(graph, 'f', { ...options, levels: 1, opened: new Set([relativeKey('c00', 'below')]) });
    expect(opened.shown.get('x')).toEqual({ side: 'below', step: 2 });
    expect(opened.further).toEqual(new Map([['x', ['y']]]));
  });

  it('shows a profile of a cycle once, on the nearer side', () => {
    const { shown } = nearSet(graphOf('f > a', 'a > b', 'b > f'), 'f', options);
    expect([...shown]).toEqual([
      ['a', { side: 'above', step: 1 }],
      ['b', { side: 'below', step: 1 }],
    ]);
  });

  it('shows, stubs or counts each relative of what it shows, once, in any graph', () => {
    fc.assert(
      fc.property(
        anyGraph,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        (graph, levels, perStep) => {
          const near = nearSet(graph, 'p0', { ...options, levels, perStep });
          const hidden = near.stubs.flatMap((stub) => stub.hidden);
          expect(new Set(hidden).size).toBe(hidden.length);
          for (const id of hidden) expect(near.shown.has(id)).toBe(false);
          for (const ids of near.further.values()) {
            for (const id of ids) expect(near.shown.has(id) || hidden.includes(id)).toBe(false);
          }
          expect(near.counts.above).toBe(reach('p0', (id) => graph.parents(id)).size);
          expect(near.shown.has('p0')).toBe(false);
        },
      ),
    );
  });

  it('stands left and right of it, with every line rightwards but those that close a cycle', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const near = nearSet(graph, 'p0', { ...options, levels: 3, perStep: 3 });
        const { columns, edges, closing } = placeNear(graph, 'p0', near);
        expect(columns.size).toBe(near.shown.size + 1);
        for (const [id, { side }] of near.shown) {
          expect(Math.sign(columns.get(id) ?? 0)).toBe(side === 'above' ? -1 : 1);
        }
        for (const edge of edges) {
          if (!closing.has(edgeKey(edge)))
            expect(columns.get(edge.child)).toBeGreaterThan(columns.get(edge.parent) ?? 0);
        }
      }),
    );
  });

  it('places a profile by its longest way', () => {
    const graph = graphOf('sales > staff', 'inside > sales', 'inside > staff');
    const { columns } = placeNear(graph, 'staff', nearSet(graph, 'staff', { ...options, levels: 1 }));
    expect([...columns].sort()).toEqual([
      ['inside', 2],
      ['sales', 1],
      ['staff', 0],
    ]);
  });
});
