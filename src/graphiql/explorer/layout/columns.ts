import { buildGrid, type Item, type LayoutBox, type LayoutLine } from './grid.ts';
import { settleHeights } from './heights.ts';
import { orderColumns } from './order.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LayoutSizes {
  /** Width of every box. */
  readonly width: number;
  /** Between columns: lines bend there and nowhere else. */
  readonly columnGap: number;
  readonly rowGap: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Rectangle>;
  /** Each line as the path of an SVG. */
  readonly paths: ReadonlyMap<string, string>;
  /** Left edge of each column, by its number. */
  readonly columnLeft: ReadonlyMap<number, number>;
}

/**
 * Places boxes in columns and draws lines between them. No two boxes overlap; lines bend only between columns and cross a column only
 * in a slot of their own, so none runs through a box. A line whose ends are not in rising columns closes a cycle: it is led around
 * everything, below the lowest box. The same input gives the same picture.
 */
export function layOut(boxes: readonly LayoutBox[], lines: readonly LayoutLine[], sizes: LayoutSizes): Layout {
  const grid = buildGrid(boxes, lines);
  orderColumns(grid);
  const heights = new Map(settleHeights(grid.columns, sizes.rowGap));
  for (const [index, last] of grid.last.entries()) {
    const bottoms = (grid.columns[index] ?? []).map((item) => (heights.get(item) ?? 0) + item.height / 2);
    let top = bottoms.length === 0 ? 0 : Math.max(...bottoms) + sizes.rowGap;
    for (const item of last) {
      heights.set(item, top + item.height / 2);
      top += item.height + sizes.rowGap;
    }
  }

  const columns = grid.columns.map((column, index) => [...column, ...(grid.last[index] ?? [])]);
  let [top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const item of columns.flat()) {
    const middle = heights.get(item) ?? 0;
    top = Math.min(top, middle - item.height / 2);
    bottom = Math.max(bottom, middle + item.height / 2);
  }
  const middleOf = (item: Item) => round((heights.get(item) ?? 0) - top);
  const leftOf = (column: number) => column * (sizes.width + sizes.columnGap);

  const rectangles = new Map<string, Rectangle>();
  const leftOfItem = new Map<Item, number>();
  for (const [index, column] of columns.entries()) {
    for (const item of column) {
      leftOfItem.set(item, leftOf(index));
      if (item.isSlot) continue;
      const y = round(middleOf(item) - item.height / 2);
      rectangles.set(item.key, { x: leftOf(index), y, width: sizes.width, height: item.height });
    }
  }

  const paths = new Map<string, string>();
  for (const [key, way] of grid.ways) {
    const points = way.map((item) => ({ left: leftOfItem.get(item) ?? 0, y: middleOf(item) }));
    paths.set(key, pathAlong(points, sizes.width));
  }
  let height = columns.length === 0 ? 0 : round(bottom - top);
  for (const { key, from, to } of lines) {
    const [start, end] = [rectangles.get(from), rectangles.get(to)];
    if (paths.has(key) || start === undefined || end === undefined) continue;
    height += laneGap;
    paths.set(key, pathAround(start, end, height));
  }
  const first = Math.min(...boxes.map(({ column }) => column));
  return {
    width: columns.length === 0 ? 0 : leftOf(columns.length) - sizes.columnGap,
    height,
    boxes: rectangles,
    paths,
    columnLeft: new Map(columns.map((_column, index) => [first + index, leftOf(index)])),
  };
}

const laneGap = 10;
/** How far a line that closes a cycle keeps from the boxes it leaves and reaches. */
const aside = 9;

function pathAlong(points: readonly { readonly left: number; readonly y: number }[], width: number): string {
  const parts: string[] = [];
  for (const [index, { left, y }] of points.entries()) {
    const previous = points[index - 1];
    if (previous === undefined) {
      parts.push(`M${left + width} ${y}`);
      continue;
    }
    const from = previous.left + width;
    const middle = (from + left) / 2;
    parts.push(`C${middle} ${previous.y} ${middle} ${y} ${left} ${y}`);
    if (index < points.length - 1) parts.push(`H${left + width}`);
  }
  return parts.join('');
}

function pathAround(start: Rectangle, end: Rectangle, lane: number): string {
  const right = start.x + start.width;
  const startY = start.y + start.height / 2;
  const endY = end.y + end.height / 2;
  return `M${right} ${startY}H${right + aside}V${lane}H${end.x - aside}V${endY}H${end.x}`;
}

function round(value: number): number {
  return Math.round(value * 2) / 2;
}
