import dagre from '@dagrejs/dagre';
import type { Box } from './box.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Child and parent, by key. `steps` keeps room for the levels between them. */
export interface LayoutEdge {
  readonly child: string;
  readonly parent: string;
  readonly steps: number | undefined;
}

/** Dagre's best ranking takes seconds at a thousand nodes; the second best is as good to the eye there, and five times faster. */
const mostForBestRanking = 300;

/** Boxes in layers from the top, as left to right as keeps crossings few. Each layer holds what ends up on the same height. */
export function layLayers(
  boxes: readonly Box[],
  edges: readonly LayoutEdge[],
): readonly (readonly { readonly box: Box; readonly x: number }[])[] {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({
    rankdir: 'TB',
    nodesep: 24,
    ranksep: 60,
    ranker: boxes.length > mostForBestRanking ? 'tight-tree' : 'network-simplex',
  });
  for (const { key, width, height } of boxes) graph.setNode(key, { width, height });
  for (const { child, parent, steps } of edges) {
    if (child !== parent) graph.setEdge(parent, child, { minlen: Math.min(steps ?? 1, 6) });
  }
  dagre.layout(graph);

  const layers = new Map<number, { box: Box; x: number }[]>();
  for (const box of boxes) {
    const { x, y } = graph.node(box.key);
    const layer = layers.get(Math.round(y)) ?? [];
    layers.set(Math.round(y), layer);
    layer.push({ box, x });
  }
  return [...layers]
    .sort(([one], [other]) => one - other)
    .map(([, layer]) => layer.sort((one, other) => one.x - other.x));
}
