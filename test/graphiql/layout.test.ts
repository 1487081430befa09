import { describe, expect, it } from 'vitest';
import { boxesOf } from '../../src/graphiql/inheritance/drawing/box.ts';
import { layOut, type Places } from '../../src/graphiql/inheritance/drawing/layout.ts';
import type { InheritanceGraph } from '../../src/graphiql/inheritance/graph/graph.ts';
import { diamond, edge, graphOf, node } from './support.ts';

function lay({ nodes, edges, notices }: InheritanceGraph, proportion = 1.8) {
  const boxes = boxesOf({ nodes, edges, notices });
  return { boxes, ...layOut({ boxes, edges, proportion }) };
}

function overlaps({ boxes, points }: ReturnType<typeof lay>): string[] {
  const placed = boxes.flatMap((box) => {
    const point = points.get(box.key);
    return point === undefined ? [] : [{ box, point }];
  });
  return placed.flatMap((one, index) =>
    placed
      .slice(index + 1)
      .filter(
        (other) =>
          Math.abs(one.point.x - other.point.x) < (one.box.width + other.box.width) / 2 &&
          Math.abs(one.point.y - other.point.y) < (one.box.height + other.box.height) / 2,
      )
      .map((other) => `${one.box.key} on ${other.box.key}`),
  );
}

const height = ({ points }: Places, key: string) => points.get(key)?.y ?? Number.NaN;

describe('layOut', () => {
  it('puts parents above children, equals on one height', () => {
    const laid = lay(
      graphOf(
        ['lead', 'eng', 'ana', 'base'].map((key) => node(key)),
        diamond,
      ),
    );
    expect(height(laid, 'base')).toBeLessThan(height(laid, 'eng'));
    expect(height(laid, 'eng')).toBe(height(laid, 'ana'));
    expect(height(laid, 'eng')).toBeLessThan(height(laid, 'lead'));
    expect(overlaps(laid)).toEqual([]);
  });

  it('leads an edge that skips a layer around the boxes of that layer', () => {
    const shortcut = edge('c', 'a');
    const laid = lay(
      graphOf(
        ['a', 'b', 'c'].map((key) => node(key)),
        [edge('c', 'b'), edge('b', 'a'), shortcut],
      ),
    );
    const route = laid.routes.get(shortcut.key) ?? [];
    const middle = laid.points.get('b');
    const beside = route.filter(({ y }) => Math.abs(y - (middle?.y ?? 0)) < 19);
    expect(beside.length).toBeGreaterThan(0);
    for (const { x } of beside) expect(Math.abs(x - (middle?.x ?? 0))).toBeGreaterThan(46);
  });

  it('wraps a layer that would be a ribbon, without an overlap and still below its parent', () => {
    const children = Array.from({ length: 400 }, (_item, index) => `child ${index}`);
    const edges = children.map((child) => edge(child, 'root'));
    const laid = lay(graphOf([node('root'), ...children.map((key) => node(key))], edges));
    const xs = [...laid.points.values()].map(({ x }) => x);
    const ys = [...laid.points.values()].map(({ y }) => y);
    const proportion = (Math.max(...xs) - Math.min(...xs)) / (Math.max(...ys) - Math.min(...ys));
    expect(proportion).toBeGreaterThan(1);
    expect(proportion).toBeLessThan(3);
    expect(children.every((child) => height(laid, child) > height(laid, 'root'))).toBe(true);
    expect(overlaps(laid)).toEqual([]);
  });

  it('keeps unconnected parts and single profiles apart', () => {
    const alone = Array.from({ length: 30 }, (_item, index) => node(`alone ${index}`));
    const laid = lay(
      graphOf([...['a', 'b', 'c', 'd'].map((key) => node(key)), ...alone], [edge('a', 'b'), edge('c', 'd')]),
    );
    expect(laid.points.size).toBe(34);
    expect(overlaps(laid)).toEqual([]);
  });

  it('gets through cycles and self-inheritance', () => {
    const laid = lay(
      graphOf(
        ['a', 'b', 'c'].map((key) => node(key)),
        [edge('a', 'b'), edge('b', 'a'), edge('c', 'c')],
      ),
    );
    expect(laid.points.size).toBe(3);
    expect(overlaps(laid)).toEqual([]);
  });

  it('lays out nothing', () => {
    expect(lay(graphOf([], [])).points.size).toBe(0);
  });
});

describe('boxesOf', () => {
  it('makes room for the name, up to a limit', () => {
    const names = ['a', 'x'.repeat(20), 'x'.repeat(80), '日'.repeat(80)];
    const boxes = boxesOf(
      graphOf(
        names.map((name) => node(name)),
        [],
      ),
    );
    // 7 pixels a letter, 14 for a wide one, 28 around them; at least 92 and at most 220 in all.
    expect(boxes.map(({ width, text }) => [width, text])).toEqual([
      [92, 'a'],
      [168, 'x'.repeat(20)],
      [217, `${'x'.repeat(26)}…`],
      [217, `${'日'.repeat(13)}…`],
    ]);
  });
});
