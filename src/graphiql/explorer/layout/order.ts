import type { Grid, Item } from './grid.ts';

/** Sweeps after which the order hardly gets better. */
const sweeps = 12;
/** Swaps of neighbours look at every pair of a column; beyond this many items the medians alone must do. */
const mostSwapped = 1_500;

/** Orders the items of each column so that few lines cross: medians both ways with swaps of neighbours, best order kept. Changes the grid. */
export function orderColumns(grid: Grid): void {
  const { columns } = grid;
  startByWalk(columns);
  const isSmall = columns.reduce((sum, column) => sum + column.length, 0) <= mostSwapped;
  let best = columns.map((column) => [...column]);
  let fewest = countCrossings(columns);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    const isRightwards = sweep % 2 === 0;
    const order = isRightwards ? columns.keys() : [...columns.keys()].reverse();
    for (const index of order) sortByMedian(columns, index, isRightwards ? 'left' : 'right');
    if (isSmall) for (const index of columns.keys()) swapNeighbours(columns, index);
    const crossings = countCrossings(columns);
    if (crossings >= fewest) continue;
    fewest = crossings;
    best = columns.map((column) => [...column]);
  }
  for (const [index, column] of best.entries()) columns[index] = column;
}

/** How many pairs of lines cross between neighbouring columns: inversions, counted by a Fenwick tree. */
export function countCrossings(columns: readonly (readonly Item[])[]): number {
  let crossings = 0;
  for (const [index, column] of columns.entries()) {
    const next = columns[index + 1];
    if (next === undefined) continue;
    const places = new Map(next.map((item, place) => [item, place]));
    const tree = new Int32Array(next.length + 1);
    let seen = 0;
    for (const item of column) {
      const targets = item.right.map((target) => places.get(target) ?? 0);
      for (const target of targets) {
        let before = 0;
        for (let at = target + 1; at > 0; at -= at & -at) before += tree[at] ?? 0;
        crossings += seen - before;
      }
      for (const target of targets) {
        seen += 1;
        for (let at = target + 1; at < tree.length; at += at & -at) tree[at] = (tree[at] ?? 0) + 1;
      }
    }
  }
  return crossings;
}

/** What belongs together starts together: in the order in which a walk along the lines meets the items. */
function startByWalk(columns: Item[][]): void {
  const met = new Map<Item, number>();
  for (const column of columns) {
    for (const start of column) {
      const pending = [start];
      for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
        if (met.has(item)) continue;
        met.set(item, met.size);
        for (const next of item.right.toReversed()) if (!met.has(next)) pending.push(next);
      }
    }
  }
  for (const column of columns) column.sort((one, other) => (met.get(one) ?? 0) - (met.get(other) ?? 0));
}

function sortByMedian(columns: Item[][], index: number, side: 'left' | 'right'): void {
  const column = columns[index] ?? [];
  const beside = columns[side === 'left' ? index - 1 : index + 1];
  if (beside === undefined) return;
  const places = new Map(beside.map((item, place) => [item, place]));
  const wanted = new Map(
    column.map((item, place) => [
      item,
      medianOf(item[side], places) ?? (place / Math.max(1, column.length)) * beside.length,
    ]),
  );
  column.sort((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0));
}

function medianOf(items: readonly Item[], places: ReadonlyMap<Item, number>): number | undefined {
  if (items.length === 0) return undefined;
  const sorted = items.map((item) => places.get(item) ?? 0).sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

function swapNeighbours(columns: Item[][], index: number): void {
  const column = columns[index] ?? [];
  const besides = [columns[index - 1], columns[index + 1]].map(
    (beside) => new Map((beside ?? []).map((item, place) => [item, place])),
  );
  for (let place = 0; place + 1 < column.length; place++) {
    const [upper, lower] = [column[place], column[place + 1]];
    if (upper === undefined || lower === undefined) continue;
    let gain = 0;
    for (const [at, side] of (['left', 'right'] as const).entries()) {
      gain += inversions(upper[side], lower[side], besides[at]) - inversions(lower[side], upper[side], besides[at]);
    }
    if (gain <= 0) continue;
    column[place] = lower;
    column[place + 1] = upper;
  }
}

/** Crossings of the lines of two items, the first of which stands above the second. */
function inversions(
  upper: readonly Item[],
  lower: readonly Item[],
  places: ReadonlyMap<Item, number> | undefined,
): number {
  let count = 0;
  for (const one of upper) {
    for (const other of lower) if ((places?.get(one) ?? 0) > (places?.get(other) ?? 0)) count += 1;
  }
  return count;
}
