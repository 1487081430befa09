import type { Block } from './arrange.ts';
import type { Point } from './layered.ts';

const gap = 60;

/** Blocks side by side on shelves, so that unconnected parts of a graph make one compact picture. Order them by height. */
export function packBlocks(blocks: readonly Block[], proportion: number): Pick<Block, 'points' | 'routes'> {
  const area = blocks.reduce((sum, block) => sum + (block.width + gap) * (block.height + gap), 0);
  const shelfWidth = Math.max(Math.sqrt(area * proportion), ...blocks.map((block) => block.width));

  const points = new Map<string, Point>();
  const routes = new Map<string, readonly Point[]>();
  let left = 0;
  let top = 0;
  let shelfHeight = 0;
  for (const block of blocks) {
    if (left > 0 && left + block.width > shelfWidth) {
      top += shelfHeight + gap;
      left = 0;
      shelfHeight = 0;
    }
    const [dx, dy] = [left, top];
    const moved = ({ x, y }: Point): Point => ({ x: x + dx, y: y + dy });
    for (const [key, point] of block.points) points.set(key, moved(point));
    for (const [key, route] of block.routes) routes.set(key, route.map(moved));
    left += block.width + gap;
    shelfHeight = Math.max(shelfHeight, block.height);
  }
  return { points, routes };
}
