import type { Item } from './grid.ts';

const sweeps = 8;

/**
 * Heights of the items, as the middle of each: near those that lines lead to, in the given order, with a gap between neighbours.
 * Neighbours that would overlap are pooled and share the mean of what they want (least squares under an order).
 */
export function settleHeights(columns: readonly (readonly Item[])[], gap: number): ReadonlyMap<Item, number> {
  const heights = new Map<Item, number>();
  for (const column of columns) {
    let top = 0;
    for (const item of column) {
      heights.set(item, top + item.height / 2);
      top += item.height + gap;
    }
  }
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isRightwards = sweep % 2 === 0;
    // The last sweep looks both ways.
    const isLast = sweep === sweeps - 1;
    const order = isRightwards ? columns : columns.toReversed();
    for (const column of order) {
      const wanted = column.map((item) => {
        const neighbours = isLast ? [...item.left, ...item.right] : isRightwards ? item.left : item.right;
        return mean(neighbours.map((neighbour) => heights.get(neighbour) ?? 0)) ?? heights.get(item) ?? 0;
      });
      for (const [index, height] of pool(column, wanted, gap).entries()) {
        const item = column[index];
        if (item !== undefined) heights.set(item, height);
      }
    }
  }
  return heights;
}

/** Undefined for nothing. */
export function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Pool adjacent violators: the middles closest to those wanted at which the items stand in order, `gap` apart. */
function pool(items: readonly Item[], wanted: readonly number[], gap: number): readonly number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const [index, item] of items.entries()) {
    const previous = items[index - 1];
    if (previous !== undefined) offset += (previous.height + item.height) / 2 + gap;
    offsets.push(offset);
  }
  const blocks: { sum: number; count: number }[] = [];
  for (const [index, height] of wanted.entries()) {
    let block = { sum: height - (offsets[index] ?? 0), count: 1 };
    for (let above = blocks.at(-1); above !== undefined; above = blocks.at(-1)) {
      if (above.sum / above.count <= block.sum / block.count) break;
      blocks.pop();
      block = { sum: above.sum + block.sum, count: above.count + block.count };
    }
    blocks.push(block);
  }
  const result: number[] = [];
  for (const { sum, count } of blocks) {
    for (let index = 0; index < count; index++) result.push(sum / count + (offsets[result.length] ?? 0));
  }
  return result;
}
