import cytoscape from 'cytoscape';
import { describe, expect, it } from 'vitest';
import { borderOf, palettesByType } from '../../src/graphiql/inheritance/drawing/appearance.ts';
import { boxesOf } from '../../src/graphiql/inheritance/drawing/box.ts';
import { composeDrawing } from '../../src/graphiql/inheritance/drawing/drawing.ts';
import { elementId, elementsOf } from '../../src/graphiql/inheritance/drawing/elements.ts';
import { layOut } from '../../src/graphiql/inheritance/drawing/layout.ts';
import { relativeTo } from '../../src/graphiql/inheritance/drawing/line.ts';
import { printSvg } from '../../src/graphiql/inheritance/drawing/svg.ts';
import { nextNode } from '../../src/graphiql/inheritance/drawing/walk.ts';
import { findConnection } from '../../src/graphiql/inheritance/graph/connection.ts';
import { findCycles } from '../../src/graphiql/inheritance/graph/cycles.ts';
import type { InheritanceGraph } from '../../src/graphiql/inheritance/graph/graph.ts';
import { printGraph } from '../../src/graphiql/inheritance/graph/mermaid.ts';
import { narrowGraph } from '../../src/graphiql/inheritance/graph/narrow.ts';
import { readGraph } from '../../src/graphiql/inheritance/graph/read-graph.ts';
import { readResponse } from '../../src/graphiql/inheritance/graph/read-response.ts';
import { diamond, edge, graphOf, node } from './support.ts';

function draw(graph: InheritanceGraph) {
  const boxes = boxesOf(graph);
  return composeDrawing(graph, boxes, layOut({ boxes, edges: graph.edges, proportion: 1.8 }), 'light');
}

const family = graphOf([node('lead'), node('eng'), node('ana'), node('base')], diamond);

describe('elementsOf', () => {
  it('gives one element for each node and edge, arrows from child to parent', () => {
    const elements = elementsOf(draw(family));
    expect(elements.map(({ group, data }) => `${group} ${data.id?.slice(1)}`)).toEqual([
      'nodes lead',
      'nodes eng',
      'nodes ana',
      'nodes base',
      ...diamond.map(({ key }) => `edges ${key}`),
    ]);
    expect(elements[4]?.data).toMatchObject({ source: '#lead', target: '#eng' });
  });

  it('marks cycles, indirect edges and missing profiles', () => {
    const graph = graphOf(
      [node('a'), node('b'), node('c', { isMissing: true })],
      [edge('a', 'b'), edge('b', 'a'), edge('a', 'c', 'indirect')],
    );
    const byId = new Map(elementsOf(draw(graph)).map((element) => [element.data.id, element]));
    expect(byId.get('#["a","b"]')?.classes).toContain('cycle');
    expect(byId.get('#["a","c"]')?.classes).toContain('indirect');
    expect(byId.get('#c')?.classes).toContain('missing');
    expect(byId.get('#a')?.data['borderColour']).not.toBe(byId.get('#c')?.data['borderColour']);
  });
});

describe('profiles whose ids every object has as names', () => {
  const ids = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', 'length', ''];
  const edges = [
    ...ids.slice(1).map((id, i) => edge(id, ids[i] ?? '')),
    edge('__proto__', 'toString', 'indirect'),
    edge('valueOf', 'valueOf'),
    edge('constructor', 'toString'),
  ];
  const odd = graphOf(
    ids.map((key) => node(key)),
    edges,
  );

  it('are laid out, drawn and found', () => {
    const drawing = draw(odd);
    expect(drawing.nodes.map(({ node: { key } }) => key)).toEqual(ids);
    const places = drawing.nodes.map(({ point: { x, y } }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(ids.length);
    const cy = cytoscape({ headless: true, elements: [...elementsOf(drawing)] });
    expect([cy.nodes().length, cy.edges().length]).toEqual([ids.length, edges.length]);
    for (const id of ids) {
      const found = cy.getElementById(elementId(id));
      expect(found.data('key')).toBe(id);
      expect(found.connectedEdges().length).toBe(
        edges.filter((each) => each.child === id || each.parent === id).length,
      );
    }
    cy.destroy();
  });

  it('have cycles, connections, neighbours and a text of their own', () => {
    expect([...findCycles(edges).nodes].sort()).toEqual(['__proto__', 'constructor', 'toString', 'valueOf']);
    expect(findConnection('length', 'valueOf', edges)?.nodes).toEqual(['length', 'prototype', 'valueOf']);
    expect(narrowGraph(odd, { kind: 'around', key: 'length' }).nodes).toHaveLength(8);
    const palettes = palettesByType([node('a', { type: 'constructor' }), node('b', { type: '__proto__' })], 'light');
    expect([palettes.get('constructor'), palettes.get('__proto__')]).toEqual([expect.anything(), expect.anything()]);
    expect(printGraph(odd)).toContain('n1["#95;#95;proto#95;#95;"]');
  });

  it('are read from a response, also under such aliases', () => {
    const query =
      '{ constructor: accessProfile(id: "a") { toString: profileId valueOf: name hasOwnProperty: inheritsFrom { profileId } } }';
    const body = `{"data": {"constructor": {"toString": "__proto__", "hasOwnProperty": [{"profileId": "constructor"}]}}}`;
    const read = readResponse(body, query, null);
    const graph = read.kind === 'data' ? readGraph([read.response]) : null;
    expect(graph?.nodes.map(({ key, name }) => [key, name])).toEqual([
      ['__proto__', undefined],
      ['constructor', undefined],
    ]);
    expect(graph?.edges.map(({ child, parent }) => [child, parent])).toEqual([['__proto__', 'constructor']]);
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
