import type { Box } from './box.ts';
import type { Point } from './layered.ts';

export interface Placed {
  readonly point: Point;
  readonly box: Box;
}

/** How an edge runs: from the middle of one side of the child's box to the middle of one of the parent's, bent by control points. */
export interface Line {
  readonly start: Point;
  readonly end: Point;
  /** None for a straight line. With several, the curve passes through the middle between one and the next. */
  readonly controls: readonly Point[];
  /** Whether the parent stands above the child. It doesn't where the edge closes a cycle. */
  readonly isUpwards: boolean;
}

/** How far an edge that closes a cycle swings out, so that it isn't hidden behind the one it turns back. */
const bulge = 44;

/**
 * Lines leave and arrive upright, which lets the eye follow one among many, and pass between the boxes of the layers they cross
 * where the layout gives a route for them.
 */
export function lineBetween(child: Placed, parent: Placed, route: readonly Point[]): Line {
  const isUpwards = parent.point.y < child.point.y;
  const side = isUpwards ? -0.5 : 0.5;
  const start = { x: child.point.x, y: child.point.y + side * child.box.height };
  const end = { x: parent.point.x, y: parent.point.y - side * parent.box.height };
  return { start, end, controls: controlsOf(start, end, route, isUpwards), isUpwards };
}

function controlsOf(start: Point, end: Point, route: readonly Point[], isUpwards: boolean): readonly Point[] {
  const first = route[0];
  const last = route.at(-1);
  if (first !== undefined && last !== undefined) {
    return [{ x: start.x, y: (start.y + first.y) / 2 }, ...route, { x: end.x, y: (last.y + end.y) / 2 }];
  }
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  if (!isUpwards) return [{ x: middle.x + bulge, y: middle.y }];
  if (Math.abs(end.x - start.x) < 12) return [];
  return [
    { x: start.x, y: middle.y },
    { x: end.x, y: middle.y },
  ];
}

/** Points relative to the straight line between two others: how far along it (0 to 1), and how far to its side. */
export function relativeTo(
  from: Point,
  to: Point,
  points: readonly Point[],
): { weights: number[]; distances: number[] } {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const offsets = points.map(({ x, y }) => ({ x: x - from.x, y: y - from.y }));
  return {
    weights: offsets.map(({ x, y }) => (x * dx + y * dy) / (length * length)),
    distances: offsets.map(({ x, y }) => (y * dx - x * dy) / length),
  };
}
