import type { Point } from './layered.ts';

/**
 * The two control points of an edge between the centres of a child and its parent, as Cytoscape takes them: how far along the
 * straight line (0 to 1), and how far to its side.
 */
export interface Curve {
  readonly weights: readonly [number, number];
  readonly distances: readonly [number, number];
}

/**
 * An S from the child's top to the parent's bottom that leaves and arrives upright, which lets the eye follow one edge among many.
 * Undefined where a straight line does: nearly upright, or not going up (an edge that closes a cycle).
 */
export function curveBetween(start: Point, end: Point): Curve | undefined {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = Math.hypot(dx, dy);
  if (dy >= -20 || Math.abs(dx) < 12) return undefined;
  // The points straight above the start and straight below the end, half way up, expressed relative to the line between them.
  const lift = dy / 2;
  const along = (lift * dy) / (length * length);
  // Cytoscape measures to the left of the line as seen on screen, where y grows downwards.
  const aside = (lift * dx) / length;
  return { weights: [along, 1 - along], distances: [aside, -aside] };
}
