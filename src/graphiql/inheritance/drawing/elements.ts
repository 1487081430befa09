import type { ElementDefinition } from 'cytoscape';
import type { Drawing, DrawnEdge, DrawnNode } from './drawing.ts';
import { relativeTo } from './line.ts';

/** Above this many edges they are drawn straight: a curve costs several times as much, and is lost in the crowd. */
const mostCurves = 400;

/** What Cytoscape knows a node or an edge by: it keeps them as properties of objects, where `constructor` is taken already. */
export function elementId(key: string): string {
  return `#${key}`;
}

/** A drawing as Cytoscape's elements. All text goes in as data for the canvas, never as markup. */
export function elementsOf(drawing: Drawing): readonly ElementDefinition[] {
  const isCurved = drawing.edges.length <= mostCurves;
  return [...drawing.nodes.map(nodeElement), ...drawing.edges.map((edge) => edgeElement(edge, isCurved))];
}

function nodeElement({ node, box, point, palette, border, borderColour, isOnCycle }: DrawnNode): ElementDefinition {
  return {
    group: 'nodes',
    data: {
      id: elementId(node.key),
      key: node.key,
      label: box.text,
      width: box.width,
      height: box.height,
      fill: palette.fill,
      text: palette.text,
      borderColour,
      borderWidth: isOnCycle ? Math.max(3, border.width) : border.width,
      dashes: [...border.dashes],
    },
    position: { ...point },
    classes: [
      node.isMissing ? 'missing' : '',
      border.isDouble ? 'double' : '',
      border.dashes.length > 0 ? 'dashed' : '',
    ].join(' '),
  };
}

function edgeElement({ edge, from, to, line, colour, isOnCycle }: DrawnEdge, isCurved: boolean): ElementDefinition {
  const isBent = edge.child !== edge.parent && line.controls.length > 0 && (isCurved || !line.isUpwards);
  const { weights, distances } = relativeTo(from.point, to.point, line.controls);
  return {
    group: 'edges',
    data: {
      id: elementId(edge.key),
      source: elementId(edge.child),
      target: elementId(edge.parent),
      colour,
      weights,
      distances,
    },
    classes: [
      edge.kind,
      isOnCycle ? 'cycle' : '',
      isBent ? 'curved' : '',
      line.isUpwards ? 'upwards' : 'downwards',
    ].join(' '),
  };
}
