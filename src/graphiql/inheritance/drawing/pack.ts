import type { Block } from './arrange.ts';
import type { Point } from './layered.ts';

const gap = 60;
const proportion = 1.7;

/** Blocks side by side on shelves, the largest first, so that unconnected parts of a graph make one compact picture. */
export function packBlocks(blocks: readonly Block[]): ReadonlyMap<string, Point> {
  const sorted = [...blocks].sort((one, other) => other.height - one.height || other.width - one.width);
  const area = blocks.reduce((sum, block) => sum + (block.width + gap) * (block.height + gap), 0);
  const shelfWidth = Math.max(Math.sqrt(area * proportion), ...blocks.map((block) => block.width));

  const points = new Map<string, Point>();
  let left = 0;
  let top = 0;
  let shelfHeight = 0;
  for (const block of sorted) {
    if (left > 0 && left + block.width > shelfWidth) {
      top += shelfHeight + gap;
      left = 0;
      shelfHeight = 0;
    }
    for (const [key, { x, y }] of block.points) points.set(key, { x: left + x, y: top + y });
    left += block.width + gap;
    shelfHeight = Math.max(shelfHeight, block.height);
  }
  return points;
}
