/** A box to be placed in a column. */
export interface LayoutBox {
  readonly key: string;
  readonly column: number;
  readonly height: number;
  /** Stands at the end of its column and has no lines. */
  readonly isLast?: boolean;
}

/** A line from a box to another one in a column further right. */
export interface LayoutLine {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

/** A box, or the place that a line keeps in a column it passes. */
export interface Item {
  readonly key: string;
  readonly height: number;
  readonly isSlot: boolean;
  /** Items in the columns beside this one that lines lead to. */
  readonly left: Item[];
  readonly right: Item[];
}

export interface Grid {
  /** Items by column, from the leftmost; those at the end of a column apart. */
  readonly columns: Item[][];
  readonly last: readonly (readonly Item[])[];
  /** For each line the items it visits, both ends included. */
  readonly ways: ReadonlyMap<string, readonly Item[]>;
}

const slotHeight = 6;

/** Boxes and slots in columns. Long lines from one box share their slots. */
export function buildGrid(boxes: readonly LayoutBox[], lines: readonly LayoutLine[]): Grid {
  const [first, end] = span(boxes);
  const columns: Item[][] = Array.from({ length: end - first }, () => []);
  const last: Item[][] = Array.from({ length: end - first }, () => []);
  const places = new Map<string, { item: Item; column: number }>();
  for (const { key, column, height, isLast } of boxes) {
    const item: Item = { key, height, isSlot: false, left: [], right: [] };
    places.set(key, { item, column: column - first });
    (isLast === true ? last : columns)[column - first]?.push(item);
  }
  const slots = new Map<string, Item>();
  const ways = new Map<string, readonly Item[]>();
  for (const { key, from, to } of lines) {
    const [start, target] = [places.get(from), places.get(to)];
    if (start === undefined || target === undefined || start.column >= target.column) continue;
    const way = [start.item];
    for (let column = start.column + 1; column < target.column; column++) {
      const slotKey = `${column} ${from}`;
      let slot = slots.get(slotKey);
      if (slot === undefined) {
        slot = { key: slotKey, height: slotHeight, isSlot: true, left: [], right: [] };
        slots.set(slotKey, slot);
        columns[column]?.push(slot);
      }
      way.push(slot);
    }
    way.push(target.item);
    ways.set(key, way);
    for (const [index, item] of way.entries()) {
      const next = way[index + 1];
      if (next === undefined || item.right.includes(next)) continue;
      item.right.push(next);
      next.left.push(item);
    }
  }
  return { columns, last, ways };
}

/** The first column that is taken, and the one behind the last. */
export function span(boxes: readonly Pick<LayoutBox, 'column'>[]): readonly [first: number, end: number] {
  let [first, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { column } of boxes) {
    first = Math.min(first, column);
    end = Math.max(end, column + 1);
  }
  return boxes.length === 0 ? [0, 0] : [first, end];
}
