import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closingEdges, columnsOf } from '../../../src/graphiql/explorer/graph/levels.ts';
import { edgeKey, type ProfileGraph } from '../../../src/graphiql/explorer/graph/profile-graph.ts';
import { type Layout, layOut, type Rectangle } from '../../../src/graphiql/explorer/layout/columns.ts';
import { buildGrid } from '../../../src/graphiql/explorer/layout/grid.ts';
import { countCrossings, orderColumns } from '../../../src/graphiql/explorer/layout/order.ts';
import { movePath } from '../../../src/graphiql/explorer/look/scene.ts';
import { runs } from '../../support/runs.ts';
import { anyGraph, graphOf } from '../support.ts';

const sizes = { width: 150, columnGap: 40, rowGap: 10 };

function place(graph: ProfileGraph): Layout {
  const columns = columnsOf(graph, closingEdges(graph));
  return layOut(
    graph.profiles.map(({ id }) => ({ key: id, column: columns.get(id) ?? 0, height: 40 })),
    graph.edges.map((edge) => ({ key: edgeKey(edge), from: edge.parent, to: edge.child })),
    sizes,
  );
}

const overlap = (one: Rectangle, other: Rectangle) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

/** Points along a path, close enough together that none of a box's area lies between two. */
function* pointsAlong(path: string): Generator<readonly [x: number, y: number]> {
  let [x, y] = [0, 0];
  for (const [, command, values = ''] of path.matchAll(/([MCHV])([^MCHV]*)/g)) {
    const numbers = values
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    const [start, startY] = [x, y];
    if (command === 'M') [x = 0, y = 0] = numbers;
    if (command === 'H') [x = 0] = numbers;
    if (command === 'V') [y = 0] = numbers;
    const [c1x = 0, c1y = 0, c2x = 0, c2y = 0, endX = 0, endY = 0] = numbers;
    if (command === 'C') [x, y] = [endX, endY];
    if (command === 'M') continue;
    const steps = Math.max(8, Math.ceil(Math.hypot(x - start, y - startY) / 3));
    for (let step = 0; step <= steps; step++) {
      const t = step / steps;
      const u = 1 - t;
      if (command === 'C') {
        yield [
          u ** 3 * start + 3 * u * u * t * c1x + 3 * u * t * t * c2x + t ** 3 * endX,
          u ** 3 * startY + 3 * u * u * t * c1y + 3 * u * t * t * c2y + t ** 3 * endY,
        ];
      } else yield [start + t * (x - start), startY + t * (y - startY)];
    }
  }
}

describe('the layout in columns', () => {
  it('has no overlaps, no line through a box, and each edge once, for any graph', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { boxes, paths } = place(graph);
        const rectangles = [...boxes.values()];
        expect(rectangles).toHaveLength(graph.profiles.length);
        for (const [index, one] of rectangles.entries()) {
          for (const other of rectangles.slice(index + 1)) expect(overlap(one, other)).toBe(false);
        }
        expect([...paths.keys()].sort()).toEqual(graph.edges.map(edgeKey).sort());
        for (const path of paths.values()) {
          for (const [x, y] of pointsAlong(path)) {
            const inside = rectangles.some(
              (box) =>
                x > box.x + 0.5 && x < box.x + box.width - 0.5 && y > box.y + 0.5 && y < box.y + box.height - 0.5,
            );
            expect(inside).toBe(false);
          }
        }
      }),
      { numRuns: runs(150) },
    );
  });

  it('gives the same picture for the same graph', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        expect(place(graph)).toEqual(place(graph));
      }),
      { numRuns: runs(30) },
    );
  });

  it('places every edge rightwards, except those that close a cycle', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const closing = closingEdges(graph);
        const columns = columnsOf(graph, closing);
        for (const edge of graph.edges) {
          if (closing.has(edgeKey(edge))) continue;
          expect(columns.get(edge.child)).toBeGreaterThan(columns.get(edge.parent) ?? 0);
        }
      }),
    );
  });

  it('cuts only what is on a cycle', () => {
    expect(closingEdges(graphOf('a > b', 'b > c', 'a > c')).size).toBe(0);
    expect(closingEdges(graphOf('a > a')).size).toBe(1);
    expect(closingEdges(graphOf('a > b', 'b > c', 'c > a')).size).toBe(1);
  });

  it('survives a chain of 10,000 profiles', () => {
    const chain = graphOf(...Array.from({ length: 10_000 }, (_item, index) => `p${index} > p${index + 1}`));
    expect(columnsOf(chain, closingEdges(chain)).get('p0')).toBe(10_000);
  });

  it('untangles two lines that need not cross', () => {
    const boxes = ['a', 'b'].map((key) => ({ key, column: 0, height: 20 }));
    const heirs = ['c', 'd'].map((key) => ({ key, column: 1, height: 20 }));
    const grid = buildGrid(
      [...boxes, ...heirs],
      [
        { key: '1', from: 'a', to: 'd' },
        { key: '2', from: 'b', to: 'c' },
      ],
    );
    orderColumns(grid);
    expect(countCrossings(grid.columns)).toBe(0);
  });

  it('keeps a box at the end of its column there', () => {
    const { boxes } = layOut(
      [
        { key: 'stub', column: 0, height: 20, isLast: true },
        { key: 'a', column: 0, height: 20 },
        { key: 'b', column: 0, height: 20 },
      ],
      [],
      sizes,
    );
    const bottom = Math.max(boxes.get('a')?.y ?? 0, boxes.get('b')?.y ?? 0);
    expect(boxes.get('stub')?.y).toBe(bottom + 30);
  });

  it('moves a path', () => {
    expect(movePath('M1 2C3 4 5 6 7 8H9V10', 100, 1_000)).toBe('M101 1002C103 1004 105 1006 107 1008H109V1010');
  });
});
