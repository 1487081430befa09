import { arrangeGrid, arrangeLayers, type Block } from './arrange.ts';
import type { Box } from './box.ts';
import { type LayoutEdge, layLayers } from './layered.ts';
import { packBlocks } from './pack.ts';

export interface Relations {
  readonly boxes: readonly Box[];
  readonly edges: readonly LayoutEdge[];
}

export interface LayoutTask extends Relations {
  /** Width to height of the place that the drawing is for. */
  readonly proportion: number;
}

/** Where each box's centre goes, by its key, and where an edge passes layers between its ends, by the edge's. */
export type Places = Pick<Block, 'points' | 'routes'>;

/** Parents above children, unconnected parts apart, profiles without relations in a grid. */
export function layOut({ boxes, edges, proportion }: LayoutTask): Places {
  const parts = connectedParts({ boxes, edges });
  const related = parts.filter((part) => part.boxes.length > 1);
  const alone = parts.filter((part) => part.boxes.length === 1).flatMap((part) => part.boxes);
  const blocks = related.map((part) => arrangeLayers(layLayers(part.boxes, part.edges), proportion));
  blocks.sort((one, other) => other.height - one.height || other.width - one.width);
  // Last, whatever its size: what isn't related to anything comes after what is.
  if (alone.length > 0) blocks.push(arrangeGrid(alone, Math.max(1, proportion)));
  return packBlocks(blocks, proportion);
}

function connectedParts({ boxes, edges }: Relations): readonly Relations[] {
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
