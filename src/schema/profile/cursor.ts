import type { ProfileOrder, SortKey, SortPlace } from '../../filter/order.ts';
import { supportKeyShape } from '../../filter/support.ts';
import type { Position } from '../../loaders/list-plans.ts';
import { maxPageSize } from '../../loaders/profile-pages.ts';
import { decodeCursor, encodeCursor, malformedCursor } from '../cursor.ts';

/** Encodes the cursor of an edge of a profile list. */
export function cursorOf(mark: string, position: Position): string {
  const { pageToken, offset, pageSize, maxComparisons, assumes } = position;
  const limit = Number.isFinite(maxComparisons) ? maxComparisons : null;
  return encodeCursor(mark, [pageToken, offset, pageSize, limit, ...assumes]);
}

/**
 * Decodes a cursor and checks each part. The cursor does not contain the filter, which is built from the arguments, so a
 * forged cursor cannot change it. Throws UserInputError for `after`.
 */
export function positionOf(mark: string, cursor: string): Position {
  const [pageToken, offset, pageSize, limit, ...assumes] = decodeCursor(mark, cursor);
  if (
    (typeof pageToken === 'string' || pageToken === null) &&
    isWhole(offset, 0, maxPageSize * 100) &&
    isWhole(pageSize, 1, maxPageSize) &&
    (limit === null || isWhole(limit, 1, 100)) &&
    assumes.length <= 100 &&
    assumes.every(isSupportKey)
  ) {
    return { pageToken, offset, pageSize, maxComparisons: limit ?? Number.POSITIVE_INFINITY, assumes };
  }
  throw malformedCursor();
}

/** Encodes the cursor of an edge of a sorted list: the values by which its profile is sorted, and its id. */
export function sortedCursorOf(mark: string, { keys, id }: SortPlace): string {
  return encodeCursor(mark, [id, ...keys]);
}

/** Decodes a cursor of a sorted list and checks each part. Throws UserInputError for `after`. */
export function sortPlaceOf(mark: string, cursor: string, order: readonly ProfileOrder[]): SortPlace {
  const [id, ...keys] = decodeCursor(mark, cursor);
  if (typeof id !== 'string' || keys.length !== order.length || !keys.every(isSortKey)) throw malformedCursor();
  return { keys, id };
}

function isSortKey(value: unknown): value is SortKey {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

function isSupportKey(value: unknown): value is string {
  return typeof value === 'string' && supportKeyShape.test(value);
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
