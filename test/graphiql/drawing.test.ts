import { describe, expect, it } from 'vitest';
import { borderOf, palettesByType } from '../../src/graphiql/inheritance/drawing/appearance.ts';
import { boxesOf } from '../../src/graphiql/inheritance/drawing/box.ts';
import { composeDrawing } from '../../src/graphiql/inheritance/drawing/drawing.ts';
import { elementsOf } from '../../src/graphiql/inheritance/drawing/elements.ts';
import { layOut } from '../../src/graphiql/inheritance/drawing/layout.ts';
import { relativeTo } from '../../src/graphiql/inheritance/drawing/line.ts';
import { printSvg } from '../../src/graphiql/inheritance/drawing/svg.ts';
import { nextNode } from '../../src/graphiql/inheritance/drawing/walk.ts';
import type { InheritanceGraph } from '../../src/graphiql/inheritance/graph/graph.ts';
import { diamond, edge, graphOf, node } from './support.ts';

function draw(graph: InheritanceGraph) {
  const boxes = boxesOf(graph);
  return composeDrawing(graph, boxes, layOut({ boxes, edges: graph.edges, proportion: 1.8 }), 'light');
}

const family = graphOf([node('lead'), node('eng'), node('ana'), node('base')], diamond);

describe('elementsOf', () => {
  it('gives one element for each node and edge, arrows from child to parent', () => {
    const elements = elementsOf(draw(family));
    expect(elements.map(({ group, data }) => `${group} ${data.id}`)).toEqual([
      'nodes lead',
      'nodes eng',
      'nodes ana',
      'nodes base',
      ...diamond.map(({ key }) => `edges ${key}`),
    ]);
    expect(elements[4]?.data).toMatchObject({ source: 'lead', target: 'eng' });
  });

  it('marks cycles, indirect edges and missing profiles', () => {
    const graph = graphOf(
      [node('a'), node('b'), node('c', { isMissing: true })],
      [edge('a', 'b'), edge('b', 'a'), edge('a', 'c', 'indirect')],
    );
    const byId = new Map(elementsOf(draw(graph)).map((element) => [element.data.id, element]));
    expect(byId.get('["a","b"]')?.classes).toContain('cycle');
    expect(byId.get('["a","c"]')?.classes).toContain('indirect');
    expect(byId.get('c')?.classes).toContain('missing');
    expect(byId.get('a')?.data['borderColour']).not.toBe(byId.get('c')?.data['borderColour']);
  });
});

describe('looks', () => {
  it('gives each type a colour, and keeps it when more types come', () => {
    const few = palettesByType([node('a', { type: 'X' }), node('b', { type: 'Y' })], 'light');
    const more = palettesByType(
      [node('a', { type: 'X' }), node('b', { type: 'Y' }), node('c', { type: 'Z' })],
      'light',
    );
    expect(few.get('X')).toEqual(more.get('X'));
    expect(few.get('Y')).toEqual(more.get('Y'));
    expect(new Set([...more.values()].map(({ fill }) => fill)).size).toBe(4);
  });

  it('tells states apart by border, and takes one it does not know', () => {
    const states = ['RUNNING', 'PAUSED', 'DRY_RUN', 'INITIAL', 'PENDING', 'SOMETHING_NEW'];
    const borders = states.map((state) => JSON.stringify(borderOf({ state, isMissing: false })));
    expect(new Set(borders).size).toBe(states.length);
  });
});

describe('relativeTo', () => {
  it('expresses points along and beside a line', () => {
    // From (0, 100) up to (100, 0): a point straight above the start is half way along, and to the left of it.
    const { weights, distances } = relativeTo({ x: 0, y: 100 }, { x: 100, y: 0 }, [{ x: 0, y: 0 }]);
    expect(weights[0]).toBeCloseTo(0.5);
    expect(distances[0]).toBeCloseTo(-Math.SQRT1_2 * 100);
  });
});

describe('nextNode', () => {
  it('follows the arrow keys', () => {
    const drawing = draw(family);
    expect(nextNode(drawing, undefined, 'down')).toBeDefined();
    expect(nextNode(drawing, 'eng', 'up')).toBe('base');
    expect(nextNode(drawing, 'eng', 'down')).toBe('lead');
    expect(nextNode(drawing, 'base', 'up')).toBeUndefined();
    const sideways = [nextNode(drawing, 'eng', 'left'), nextNode(drawing, 'eng', 'right')];
    expect(sideways).toContain('ana');
    expect(sideways).toContain(undefined);
  });
});

describe('printSvg', () => {
  it('draws every node and edge', () => {
    const svg = printSvg(draw(family));
    expect(svg.match(/<text /g)).toHaveLength(4);
    expect(svg.match(/marker-end/g)).toHaveLength(4);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="[\d.]+" height="[\d.]+"/);
  });

  it('keeps names text, and drops what XML cannot hold', () => {
    const svg = printSvg(draw(graphOf([node('a', { name: '<img src=x onerror=alert(1)>&"\u0000\ud800' })], [])));
    expect(svg).not.toContain('<img');
    expect(svg).toContain('&#60;img src=x onerror=alert(1)&#62;&#38;&#34;</title>');
  });

  it('draws nothing without failing', () => {
    expect(printSvg(draw(graphOf([], [])))).toContain('<svg');
  });
});
