import type { Drawing, DrawnNode } from './drawing.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

/**
 * Where an arrow key leads: up to the nearest parent, down to the nearest child, sideways to the next profile on the same height.
 * From nowhere it leads to the first profile at the top left. Undefined if there is nothing that way.
 */
export function nextNode(drawing: Drawing, from: string | undefined, direction: Direction): string | undefined {
  const start = drawing.nodes.find(({ node }) => node.key === from);
  if (start === undefined) return nearest(drawing.nodes, { x: 0, y: 0 });
  const candidates = {
    up: () => drawing.edges.filter((edge) => edge.from === start && edge.to !== start).map((edge) => edge.to),
    down: () => drawing.edges.filter((edge) => edge.to === start && edge.from !== start).map((edge) => edge.from),
    left: () => besides(drawing, start).filter(({ point }) => point.x < start.point.x),
    right: () => besides(drawing, start).filter(({ point }) => point.x > start.point.x),
  }[direction]();
  return nearest(candidates, start.point);
}

function besides({ nodes }: Drawing, { point, box }: DrawnNode): readonly DrawnNode[] {
  return nodes.filter((other) => Math.abs(other.point.y - point.y) < box.height / 2);
}

function nearest(nodes: readonly DrawnNode[], to: { readonly x: number; readonly y: number }): string | undefined {
  let best: { readonly key: string; readonly distance: number } | undefined;
  for (const { node, point } of nodes) {
    const distance = Math.hypot(point.x - to.x, point.y - to.y);
    if (distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { key: node.key, distance };
  }
  return best?.key;
}
