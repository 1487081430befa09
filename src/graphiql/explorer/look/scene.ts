import { layOut, type Rectangle } from '../layout/columns.ts';
import { type LayoutBox, span } from '../layout/grid.ts';
import { cutMiddle, type Measure, tidy, wrap } from '../text/cut.ts';
import type { LineLook, Tone } from './colours.ts';

/** What a box says, before it has a place. */
export interface BoxContent {
  readonly key: string;
  readonly column: number;
  readonly kind: 'profile' | 'stub';
  readonly name: string;
  /** The second line. */
  readonly sub?: string | undefined;
  readonly chip?: { readonly letters: string; readonly slot: number | undefined } | undefined;
  readonly tone: Tone;
  readonly isDashed: boolean;
  readonly hasFinding?: boolean;
  readonly isFocus?: boolean;
  /** At the right end of a row: what it gains or loses. */
  readonly badge?: string | undefined;
  /** Relatives further out that a click brings in. */
  readonly more?: { readonly count: number; readonly side: 'left' | 'right' } | undefined;
  /** All of it in words, for a screen reader. */
  readonly label: string;
}

export interface LineContent {
  readonly key: string;
  readonly child: string;
  readonly parent: string;
  readonly look: LineLook;
}

export interface SceneBox extends BoxContent {
  readonly place: Rectangle;
  readonly lines: readonly string[];
}

export interface SceneLine extends LineContent {
  readonly path: string;
}

type Headings = readonly { readonly text: string; readonly x: number }[];

/** Everything in a picture with its place and look: the page draws it, and the files hold the same. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly SceneBox[];
  readonly lines: readonly SceneLine[];
  readonly headings: Headings;
  readonly shape: Shape;
}

/** Cards have two lines and a chip, rows one line. */
export type Shape = 'card' | 'row';

export interface SceneRequest {
  readonly boxes: readonly BoxContent[];
  readonly lines: readonly LineContent[];
  readonly shape: Shape;
  /** Width of the stage; columns are as wide as it allows. */
  readonly available: number;
  readonly measure: Record<'name' | 'row', Measure>;
  readonly headings?: (columnLeft: ReadonlyMap<number, number>) => Headings;
}

const boxHeights: Readonly<Record<Shape, number>> = { card: 46, row: 24 };
const stubHeight = 30;
const widths: Readonly<
  Record<Shape, { least: number; most: number; columnGap: number; rowGap: number; margin: number }>
> = {
  card: { least: 150, most: 200, columnGap: 46, rowGap: 12, margin: 40 },
  row: { least: 136, most: 200, columnGap: 30, rowGap: 5, margin: 14 },
};
const headingHeight = 34;
const bottomSpace = 24;
const chipSpace = 38;

/** Boxes that fit one above the other. */
export function rowsThatFit(height: number, shape: Shape): number {
  const { rowGap } = widths[shape];
  return Math.max(3, Math.floor((height - headingHeight - stubHeight - bottomSpace) / (boxHeights[shape] + rowGap)));
}

/** Gives everything its place: see `layOut` for what holds of it. */
export function composeScene(request: SceneRequest): Scene {
  const { boxes, lines, shape, measure } = request;
  const { least, most, columnGap, rowGap, margin } = widths[shape];
  const [first, end] = span(boxes);
  const columns = Math.max(1, end - first);
  const fitting = Math.floor((request.available - 2 * margin - (columns - 1) * columnGap) / columns);
  const width = Math.min(most, Math.max(least, fitting));
  const layout = layOut(
    boxes.map(
      ({ key, column, kind, isFocus }): LayoutBox => ({
        key,
        column,
        height: kind === 'stub' ? stubHeight : boxHeights[shape] + (isFocus && shape === 'card' ? 8 : 0),
        isLast: kind === 'stub',
      }),
    ),
    lines.map(({ key, child, parent }) => ({ key, from: parent, to: child })),
    { width, columnGap, rowGap },
  );
  const headings = request.headings?.(layout.columnLeft) ?? [];
  const top = headings.length > 0 ? headingHeight : 10;
  return {
    width: layout.width + 2 * margin,
    height: layout.height + top + bottomSpace,
    boxes: boxes.flatMap((box): SceneBox[] => {
      const place = layout.boxes.get(box.key);
      if (place === undefined) return [];
      const moved = { ...place, x: place.x + margin, y: place.y + top };
      return [{ ...box, place: moved, lines: linesOf(box, shape, width, measure) }];
    }),
    lines: lines.flatMap((line): SceneLine[] => {
      const path = layout.paths.get(line.key);
      return path === undefined ? [] : [{ ...line, path: movePath(path, margin, top) }];
    }),
    headings: headings.map(({ text, x }) => ({ text, x: x + margin })),
    shape,
  };
}

function linesOf(box: BoxContent, shape: Shape, width: number, measure: SceneRequest['measure']): readonly string[] {
  if (box.kind === 'stub') return [box.name];
  const badge = box.badge === undefined ? 0 : measure.row(box.badge) + 8;
  if (shape === 'row') return [cutMiddle(tidy(box.name), width - 20 - badge - (box.hasFinding ? 18 : 0), measure.row)];
  return wrap(box.name, width - chipSpace - 14 - badge, box.sub === undefined || !box.isDashed ? 2 : 1, measure.name);
}

/** Paths have absolute commands only: M, C, H and V. */
export function movePath(path: string, dx: number, dy: number): string {
  return path.replace(/([MCHV])([^MCHV]*)/g, (_whole, command: string, values: string) => {
    const moved = values
      .trim()
      .split(/[\s,]+/)
      .map(Number)
      .map((value, index) => value + (command === 'H' || (command !== 'V' && index % 2 === 0) ? dx : dy));
    return `${command}${moved.join(' ')}`;
  });
}
