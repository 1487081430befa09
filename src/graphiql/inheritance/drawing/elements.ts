import type { ElementDefinition } from 'cytoscape';
import { curveBetween } from './curve.ts';
import type { Drawing, DrawnEdge, DrawnNode } from './drawing.ts';

/** Above this many edges they are drawn straight: a curve costs several times as much, and is lost in the crowd. */
const mostCurves = 400;

/** A drawing as Cytoscape's elements. All text goes in as data for the canvas, never as markup. */
export function elementsOf(drawing: Drawing): readonly ElementDefinition[] {
  const isCurved = drawing.edges.length <= mostCurves;
  return [...drawing.nodes.map(nodeElement), ...drawing.edges.map((edge) => edgeElement(edge, isCurved))];
}

function nodeElement({ node, box, point, palette, border, borderColour, isOnCycle }: DrawnNode): ElementDefinition {
  return {
    group: 'nodes',
    data: {
      id: node.key,
      label: box.text,
      width: box.width,
      height: box.height,
      fill: palette.fill,
      text: palette.text,
      borderColour,
      borderWidth: isOnCycle || border === 'double' ? 3 : border === 'solid' ? 1.5 : 2,
    },
    position: { ...point },
    classes: node.isMissing ? 'missing dotted' : border,
  };
}

function edgeElement({ edge, from, to, colour, isOnCycle }: DrawnEdge, isCurved: boolean): ElementDefinition {
  const curve = isCurved ? curveBetween(from.point, to.point) : undefined;
  const isUpright = to.point.y + to.box.height / 2 <= from.point.y - from.box.height / 2;
  const classes = [
    edge.kind,
    isOnCycle ? 'cycle' : '',
    curve === undefined ? '' : 'curved',
    isUpright ? 'upright' : '',
  ];
  return {
    group: 'edges',
    data: {
      id: edge.key,
      source: edge.child,
      target: edge.parent,
      colour,
      weights: curve?.weights.join(' ') ?? '0.5',
      distances: curve?.distances.join(' ') ?? '0',
    },
    classes: classes.filter((name) => name !== '').join(' '),
  };
}
