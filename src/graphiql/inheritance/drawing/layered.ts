import dagre from '@dagrejs/dagre';
import type { Box } from './box.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Child and parent, by key. `steps` keeps room for the levels between them. */
export interface LayoutEdge {
  readonly key: string;
  readonly child: string;
  readonly parent: string;
  readonly steps: number | undefined;
}

/** Boxes in layers from the top, as left to right as keeps crossings few. */
export interface Layered {
  readonly layers: readonly (readonly PlacedBox[])[];
  /** By key of an edge: where it passes the layers between its ends, from child to parent. Nothing for neighbouring layers. */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
  readonly width: number;
  readonly height: number;
}

export interface PlacedBox extends Point {
  readonly box: Box;
}

/**
 * Up to so many Dagre may take all the time it likes. Beyond, its best ranking takes seconds, and its search for fewer crossings half
 * of the rest; what it does without them is as good to the eye in a drawing of that size.
 */
const mostForBest = 300;

export function layLayers(boxes: readonly Box[], edges: readonly LayoutEdge[]): Layered {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({
    rankdir: 'TB',
    nodesep: 24,
    edgesep: 16,
    ranksep: 76,
    ranker: boxes.length > mostForBest ? 'tight-tree' : 'network-simplex',
  });
  // Dagre keeps nodes as properties of an object: a profile of the id `constructor` would be found before it is put there.
  const names = new Map(boxes.map(({ key }, number) => [key, `n${number}`]));
  const nameOf = (key: string) => names.get(key) ?? '';
  for (const { key, width, height } of boxes) graph.setNode(nameOf(key), { width, height });
  const drawn = edges.filter(({ child, parent }) => child !== parent);
  for (const { child, parent, steps } of drawn) {
    graph.setEdge(nameOf(parent), nameOf(child), { minlen: Math.min(steps ?? 1, 6) });
  }
  dagre.layout(graph, { disableOptimalOrderHeuristic: boxes.length > mostForBest });

  const layers = new Map<number, PlacedBox[]>();
  for (const box of boxes) {
    const { x, y } = graph.node(nameOf(box.key));
    const layer = layers.get(Math.round(y)) ?? [];
    layers.set(Math.round(y), layer);
    layer.push({ box, x, y });
  }
  const routes = new Map<string, readonly Point[]>();
  for (const { key, child, parent } of drawn) {
    // The first and the last point are where the line meets the boxes, which is for those who draw it to settle.
    const points: readonly Point[] = graph.edge(nameOf(parent), nameOf(child)).points ?? [];
    const passed = points.slice(1, -1).map(({ x, y }) => ({ x, y }));
    if (points.length > 3) routes.set(key, passed.toReversed());
  }
  const { width = 0, height = 0 } = graph.graph();
  return {
    layers: [...layers].sort(([one], [other]) => one - other).map(([, layer]) => layer.sort((a, b) => a.x - b.x)),
    routes,
    width,
    height,
  };
}
