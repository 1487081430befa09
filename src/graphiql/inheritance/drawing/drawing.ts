import { type Cycles, findCycles } from '../graph/cycles.ts';
import type { InheritanceEdge, InheritanceGraph, ProfileNode } from '../graph/graph.ts';
import { type Border, borderOf, inks, type Palette, palettesByType, type Theme } from './appearance.ts';
import type { Box } from './box.ts';
import type { Point } from './layered.ts';
import type { Places } from './layout.ts';
import { type Line, lineBetween } from './line.ts';

export interface DrawnNode {
  readonly node: ProfileNode;
  readonly box: Box;
  readonly point: Point;
  readonly palette: Palette;
  readonly border: Border;
  readonly borderColour: string;
  readonly isOnCycle: boolean;
}

export interface DrawnEdge {
  readonly edge: InheritanceEdge;
  readonly from: DrawnNode;
  readonly to: DrawnNode;
  readonly line: Line;
  readonly colour: string;
  readonly isOnCycle: boolean;
}

/** Everything there is to draw, with its place and look settled: the screen and the SVG export show the same. */
export interface Drawing {
  readonly theme: Theme;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

export function composeDrawing(
  graph: InheritanceGraph,
  boxes: readonly Box[],
  { points, routes }: Places,
  theme: Theme,
  cycles: Cycles = findCycles(graph.edges),
): Drawing {
  const palettes = palettesByType(graph.nodes, theme);
  const plain = palettesByType([], theme).get(undefined);
  const boxByKey = new Map(boxes.map((box) => [box.key, box]));
  const drawn = new Map<string, DrawnNode>();
  for (const node of graph.nodes) {
    const box = boxByKey.get(node.key);
    const palette = palettes.get(node.type) ?? plain;
    if (box === undefined || palette === undefined) continue;
    const isOnCycle = cycles.nodes.has(node.key);
    drawn.set(node.key, {
      node,
      box,
      point: points.get(node.key) ?? { x: 0, y: 0 },
      palette,
      border: borderOf(node),
      borderColour: isOnCycle ? inks[theme].cycle : palette.border,
      isOnCycle,
    });
  }
  const edges = graph.edges.flatMap((edge): DrawnEdge[] => {
    const from = drawn.get(edge.child);
    const to = drawn.get(edge.parent);
    if (from === undefined || to === undefined) return [];
    const isOnCycle = cycles.edges.has(edge.key);
    const line = lineBetween(from, to, routes.get(edge.key) ?? []);
    return [{ edge, from, to, line, colour: isOnCycle ? inks[theme].cycle : inks[theme].edge, isOnCycle }];
  });
  return { theme, nodes: [...drawn.values()], edges };
}
