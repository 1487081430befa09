import type { Box } from './box.ts';
import type { Layered, PlacedBox, Point } from './layered.ts';

/** A rectangle of placed boxes. Points are the boxes' centres; the origin is the top left corner. */
export interface Block {
  readonly width: number;
  readonly height: number;
  readonly points: ReadonlyMap<string, Point>;
  readonly routes: ReadonlyMap<string, readonly Point[]>;
}

type Layer = readonly PlacedBox[];

const gapBetween = { columns: 24, rows: 18, layers: 76 };
/**
 * Up to so many in the widest layer nothing is wrapped, for a layer in one line is what people expect to see: 6 in a narrow panel,
 * 15 in a window.
 */
const mostInLine = (proportion: number) => Math.min(16, Math.max(5, Math.round(proportion * 9)));

/**
 * Layers placed under one another. A layer that is far wider than the picture is high is wrapped into several rows, so that a
 * company of a thousand profiles is a page and not a ribbon; order within a layer stays, so neighbours stay neighbours.
 * `proportion` is the wanted width to height.
 */
export function arrangeLayers({ layers, routes, width, height }: Layered, proportion: number): Block {
  const widestLayer = Math.max(...layers.map((layer) => layer.length));
  const unwrapped = mostInLine(proportion);
  if (widestLayer > unwrapped) return bestArrangement(layers, widestLayer, unwrapped, proportion);
  return { width, height, routes, points: new Map(layers.flat().map(({ box, x, y }) => [box.key, { x, y }])) };
}

/** Boxes without relations, row by row in the order given. */
export function arrangeGrid(boxes: readonly Box[], proportion: number): Block {
  let x = 0;
  const layer = boxes.map((box) => {
    x += box.width;
    return { box, x: x - box.width / 2, y: 0 };
  });
  return bestArrangement([layer], layer.length, 1, proportion);
}

function bestArrangement(layers: readonly Layer[], most: number, fewest: number, proportion: number): Block {
  const badness = ({ width, height }: Block) => Math.abs(Math.log(width / height / proportion));
  let best = arrangeWith(layers, most);
  for (let perRow = most - 1; perRow >= fewest; perRow = Math.floor(perRow * 0.85)) {
    const candidate = arrangeWith(layers, perRow);
    if (badness(candidate) < badness(best)) best = candidate;
  }
  return best;
}

function arrangeWith(layers: readonly Layer[], perRow: number): Block {
  const rows = layers.map((layer) => columnsOf(layer, perRow));
  const naturalWidth = Math.max(...layers.flat().map(({ x, box }) => x + box.width / 2));
  const fullWidth = Math.max(...rows.map(widthOf));
  // Layers that weren't wrapped keep their places relative to the whole, or parents would drift away from their children.
  const scale = Math.min(1, fullWidth / naturalWidth);

  const points = new Map<string, Point>();
  let top = 0;
  let right = 0;
  for (const columns of rows) {
    const boxes = columns.flat().map(({ box }) => box);
    const rowHeight = Math.max(...boxes.map((box) => box.height)) + gapBetween.rows;
    const rowCount = Math.max(...columns.map((column) => column.length));
    // Every other row stands before the gaps of the one above it: a line down from a box isn't taken for one between boxes.
    const stagger =
      rowCount > 1 && layers.length > 1 ? (Math.max(...boxes.map((box) => box.width)) + gapBetween.columns) / 2 : 0;
    const slack = fullWidth - widthOf(columns);
    let free = 0;
    let used = 0;
    for (const column of columns) {
      const columnWidth = Math.max(...column.map(({ box }) => box.width));
      const wanted = (column.reduce((sum, { x }) => sum + x, 0) / column.length) * scale - columnWidth / 2;
      // Never so far right that what follows would stick out, never over what stands to the left.
      const left = Math.max(free, Math.min(wanted, used + slack));
      for (const [row, { box }] of column.entries()) {
        const x = left + columnWidth / 2 + (row % 2) * stagger;
        points.set(box.key, { x, y: top + row * rowHeight + box.height / 2 });
      }
      free = left + columnWidth + gapBetween.columns;
      used += columnWidth + gapBetween.columns;
      right = Math.max(right, left + columnWidth + stagger);
    }
    top += rowCount * rowHeight - gapBetween.rows + gapBetween.layers;
  }
  // Routes lead past boxes that now stand elsewhere.
  return { width: right, height: top - gapBetween.layers, points, routes: new Map() };
}

/** A layer cut into columns of equal height, left to right and each from the top. */
function columnsOf(layer: Layer, perRow: number): readonly Layer[] {
  const height = Math.ceil(layer.length / perRow);
  const columns: Layer[] = [];
  for (let start = 0; start < layer.length; start += height) columns.push(layer.slice(start, start + height));
  return columns;
}

function widthOf(columns: readonly Layer[]): number {
  const widths = columns.map((column) => Math.max(...column.map(({ box }) => box.width)));
  return widths.reduce((sum, width) => sum + width + gapBetween.columns, -gapBetween.columns);
}
