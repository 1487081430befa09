import { arrangeLayers, type Block } from './arrange.ts';
import type { Box } from './box.ts';
import { type LayoutEdge, layLayers, type Point } from './layered.ts';
import { packBlocks } from './pack.ts';

export interface LayoutTask {
  readonly boxes: readonly Box[];
  readonly edges: readonly LayoutEdge[];
}

/** Where each box's centre goes: parents above children, unconnected parts apart, profiles without relations in a grid. */
export function layOut({ boxes, edges }: LayoutTask): ReadonlyMap<string, Point> {
  const parts = connectedParts(boxes, edges);
  const related = parts.filter((part) => part.boxes.length > 1);
  const alone = parts.filter((part) => part.boxes.length === 1).flatMap((part) => part.boxes);
  const blocks = related.map((part): Block => arrangeLayers(layLayers(part.boxes, part.edges)));
  if (alone.length > 0) blocks.push(grid(alone));
  return packBlocks(blocks);
}

function grid(boxes: readonly Box[]): Block {
  // One layer that is wrapped like any other; it has no order but that of the response.
  let x = 0;
  return arrangeLayers([
    boxes.map((box) => {
      x += box.width;
      return { box, x: x - box.width / 2 };
    }),
  ]);
}

function connectedParts(boxes: readonly Box[], edges: readonly LayoutEdge[]): readonly LayoutTask[] {
  const neighbours = new Map<string, string[]>(boxes.map((box) => [box.key, []]));
  for (const { child, parent } of edges) {
    neighbours.get(child)?.push(parent);
    neighbours.get(parent)?.push(child);
  }
  const partOf = new Map<string, number>();
  let parts = 0;
  for (const { key } of boxes) {
    if (partOf.has(key)) continue;
    const pending = [key];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (partOf.has(next)) continue;
      partOf.set(next, parts);
      pending.push(...(neighbours.get(next) ?? []));
    }
    parts++;
  }
  const tasks = Array.from({ length: parts }, () => ({ boxes: [] as Box[], edges: [] as LayoutEdge[] }));
  for (const box of boxes) tasks[partOf.get(box.key) ?? 0]?.boxes.push(box);
  for (const edge of edges) tasks[partOf.get(edge.child) ?? 0]?.edges.push(edge);
  return tasks;
}
