import { groupBy } from '../../group-by.ts';
import type { ProfileGraph } from '../graph/profile-graph.ts';
import { mean } from './heights.ts';

/** One column of the map. */
export interface MapColumn {
  readonly title: string;
  readonly count: number;
  readonly left: number;
  readonly width: number;
}

export interface MapPlaces {
  /** Side of a mark, in pixels. */
  readonly mark: number;
  readonly columns: readonly MapColumn[];
  /** Of all columns. */
  readonly width: number;
  /** Left upper corner of each profile's mark. */
  readonly marks: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
}

const headings = 24;
const columnGap = 26;
const largest = 14;
const smallest = 3;

/**
 * A mark for each profile: columns by level, profiles that are connected to none in the last one; within a column by type, then next
 * to their parents. Marks are as large as the space allows.
 */
export function mapPlaces(
  graph: ProfileGraph,
  levels: ReadonlyMap<string, number>,
  rankOfType: (id: string) => number,
  width: number,
  height: number,
): MapPlaces {
  const columns = mapColumns(graph, levels, rankOfType);
  const counts = columns.map(({ ids }) => ids.length);
  let mark = largest;
  while (mark > smallest && widthFor(counts, mark, height) > width) mark -= 1;
  const pitch = pitchOf(mark);
  const rows = rowsFor(mark, height);
  const marks = new Map<string, { x: number; y: number }>();
  const placed: MapColumn[] = [];
  let left = 0;
  for (const { title, ids } of columns) {
    const across = Math.max(1, Math.ceil(ids.length / rows));
    for (const [index, id] of ids.entries()) {
      marks.set(id, { x: left + Math.floor(index / rows) * pitch, y: headings + (index % rows) * pitch });
    }
    const columnWidth = Math.max(across * pitch, minimumWidth);
    placed.push({ title, count: ids.length, left, width: columnWidth });
    left += columnWidth + columnGap;
  }
  return { mark, columns: placed, width: Math.max(1, left - columnGap), marks };
}

/** Room for a heading. */
const minimumWidth = 92;

function mapColumns(graph: ProfileGraph, levels: ReadonlyMap<string, number>, rankOfType: (id: string) => number) {
  const byLevel = groupBy(
    graph.profiles.map(({ id }) => id),
    (id) => (graph.parents(id).length + graph.children(id).length === 0 ? notConnected : (levels.get(id) ?? 0)),
  );
  const place = new Map<string, number>();
  const columns: { title: string; ids: readonly string[] }[] = [];
  for (const [level, unsorted] of [...byLevel].sort(([one], [other]) => one - other)) {
    const weights = new Map(
      unsorted.map((id) => [
        id,
        rankOfType(id) + (mean(graph.parents(id).flatMap((parent) => place.get(parent) ?? [])) ?? 0),
      ]),
    );
    const ids = unsorted.toSorted((one, other) => (weights.get(one) ?? 0) - (weights.get(other) ?? 0));
    for (const [index, id] of ids.entries()) place.set(id, index / ids.length);
    columns.push({ title: levelTitle(level), ids });
  }
  return columns;
}

/** Stands behind all levels. */
const notConnected = Number.POSITIVE_INFINITY;

function levelTitle(level: number): string {
  if (level === notConnected) return 'Not connected';
  if (level <= 0) return 'Inherit from none';
  return level === 1 ? '1 step down' : `${level} steps down`;
}

function pitchOf(mark: number): number {
  return mark + (mark >= 9 ? 3 : mark >= 5 ? 2 : 1);
}

function rowsFor(mark: number, height: number): number {
  return Math.max(1, Math.floor((height - headings) / pitchOf(mark)));
}

function widthFor(counts: readonly number[], mark: number, height: number): number {
  const rows = rowsFor(mark, height);
  return counts.reduce(
    (sum, count) => sum + Math.max(minimumWidth, Math.ceil(count / rows) * pitchOf(mark)) + columnGap,
    -columnGap,
  );
}
