import { isJsonObject, type JsonObject } from './decode.ts';

/** Is called for each row of a page, with the place where it starts in the body. */
export interface RowVisitor {
  /** Tells where the row ends, if that is known without reading it. */
  known(start: number): number | null;
  /** Reads a row. Throws SyntaxError where what stands between is not one whole JSON value. */
  read(start: number, end: number): unknown;
}

/** `{"values":[`, with scalars before it at most. */
const beginning = /^\s*\{\s*(?:"\w+"\s*:\s*(?:"[^"\\]*"|true|false|null|\d+)\s*,\s*)*"values"\s*:\s*\[\s*(?=\{)/;
const longestBeginning = 1024;

const comma = 0x2c;
const closingBracket = 0x5d;
/** Places at which a row may seem to end, before it is given up to find the end. */
const maxGuesses = 3;

/**
 * Goes through the rows of `{"values":[{…},{…}],…}` and returns the rest as JSON, its values empty. null where the body is
 * put together otherwise, also where spaces stand between rows: then it has to be read as a whole.
 */
export function splitRows(body: Buffer, visitor: RowVisitor): JsonObject | null {
  const start = beginning.exec(body.toString('latin1', 0, longestBeginning))?.[0].length;
  if (start === undefined) return null;
  const separator = separatorOf(body, start);
  let position = start;
  for (;;) {
    const end = visitor.known(position) ?? readRow(body, position, separator, visitor);
    if (end === null) return null;
    const next = body[end];
    if (next === closingBracket) return envelopeOf(body, start, end);
    if (next !== comma) return null;
    position = end + 1;
  }
}

/** The text between two rows, whose objects begin alike. */
function separatorOf(body: Buffer, start: number): string {
  const opening = /^\{"\w+":/.exec(body.toString('latin1', start, start + 100))?.[0];
  return `},${opening ?? '{'}`;
}

/** Tries where the row seems to end: only the whole of it is JSON, so that a place within can't pass for its end. */
function readRow(body: Buffer, start: number, separator: string, visitor: RowVisitor): number | null {
  let from = start;
  for (let guess = 0; guess < maxGuesses; guess++) {
    const between = body.indexOf(separator, from, 'latin1');
    const closing = between === -1 ? body.lastIndexOf('}]', undefined, 'latin1') : between;
    if (closing < from) return null;
    try {
      visitor.read(start, closing + 1);
      return closing + 1;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      from = closing + 1;
    }
  }
  return null;
}

function envelopeOf(body: Buffer, start: number, end: number): JsonObject | null {
  const rest = body.toString('utf8', end);
  // A second list of the same name would be the one that counts, also where its name is written with escapes.
  if (/"values"|"[^"]*\\[^"]*"\s*:/.test(rest)) return null;
  const envelope: unknown = JSON.parse(body.toString('utf8', 0, start) + rest);
  return isJsonObject(envelope) ? envelope : null;
}
