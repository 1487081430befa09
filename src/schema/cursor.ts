import { createHash } from 'node:crypto';
import { UserInputError } from '../errors.ts';

/** Maximum length of a cursor in characters. A cursor of this gateway with a long page token is much shorter. */
const maxLength = 16_384;

/** Hashes of filter objects, which several fields of a request can share. */
const printed = new WeakMap<object, string>();

function fingerprintOf(part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return part;
  const known = printed.get(part) ?? hashOf(part);
  printed.set(part, known);
  return known;
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

/** A short hash that identifies a list, so that a cursor is not used with another list. */
export function fingerprint(parts: readonly unknown[]): string {
  return hashOf(parts.map(fingerprintOf)).slice(0, 12);
}

/** Encodes an opaque cursor: a position in the list that `mark` identifies. */
export function encodeCursor(mark: string, place: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify([mark, ...place])).toString('base64url');
}

/**
 * Decodes the position of a cursor. Throws UserInputError for `after` if the text is not a cursor of this gateway or belongs
 * to another list.
 */
export function decodeCursor(mark: string, cursor: string): readonly unknown[] {
  const parts = parse(cursor);
  if (parts === null) throw malformedCursor();
  const [cursorMark, ...place] = parts;
  if (cursorMark !== mark) {
    throw new UserInputError(
      'after',
      'after: this cursor belongs to a list with another filter, search or order; keep the arguments while paging.',
    );
  }
  return place;
}

export function malformedCursor(): UserInputError {
  return new UserInputError(
    'after',
    'after: this is not a cursor of this gateway; take one from pageInfo.endCursor or edges.cursor.',
  );
}

function parse(cursor: string): readonly unknown[] | null {
  if (cursor.length > maxLength || !/^[\w-]+$/.test(cursor)) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
