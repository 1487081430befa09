import type { ExecutionResult } from 'graphql';
import { eventLoop } from '../../../event-loop.ts';

/** Values of a part of an answer that are printed in one go. */
const partValues = 2000;
/** Characters of a piece, at least: what is sent in one go. */
const pieceLength = 64 * 1024;

/** A large answer: the JSON of its data is printed already, in pieces, and Yoga prints the rest. */
export type PiecesResult = ExecutionResult & {
  readonly pieces: readonly Uint8Array[];
  readonly stringify: (answer: ExecutionResult) => string;
};

/** An answer whose data is printed already; Yoga calls `stringify` with what its plugins made of the answer. */
export type PrintedResult = ExecutionResult & { readonly stringify: (answer: ExecutionResult) => string };

/** Has an answer printed with a text of its data that was made before, or is made at the first need. */
export function withPrintedData(result: ExecutionResult, dataText: () => string): PrintedResult {
  return {
    ...result,
    stringify({ data, ...rest }) {
      if (data !== result.data || data === undefined) return JSON.stringify({ ...rest, data });
      const others = JSON.stringify(rest);
      return `${others.slice(0, -1)}${others === '{}' ? '' : ','}"data":${dataText()}}`;
    },
  };
}

/**
 * Prints the data of a large answer, with pauses: JSON.stringify alone takes 6 ms for each megabyte. Rejects with the signal's
 * reason once that is aborted.
 */
export async function inPieces(result: ExecutionResult, signal?: AbortSignal): Promise<PiecesResult> {
  const pieces: Uint8Array[] = [];
  let text = '';
  for (const part of partsOf(result.data)) {
    text += part;
    if (text.length >= pieceLength) {
      pieces.push(Buffer.from(text));
      text = '';
    }
    if (eventLoop.isHeld) await eventLoop.yield(signal);
  }
  pieces.push(Buffer.from(text));
  return {
    ...result,
    pieces,
    stringify: ({ errors, extensions }) => JSON.stringify({ errors, extensions }),
  };
}

/** The whole answer: what Yoga has printed of it, and its data last. */
export function joined(rest: string, pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  const start = `${rest.slice(0, -1)}${rest === '{}' ? '' : ','}"data":`;
  return [Buffer.from(start), ...pieces, Buffer.from('}')];
}

function* partsOf(value: unknown): Generator<string, void, undefined> {
  if (sizeOf(value) <= partValues) yield JSON.stringify(value);
  else if (Array.isArray(value)) yield* partsOfList(value);
  else if (isContainer(value)) {
    let before = '{';
    for (const [key, member] of Object.entries(value)) {
      yield `${before}${JSON.stringify(key)}:`;
      yield* partsOf(member);
      before = ',';
    }
    yield '}';
  }
}

/** Small elements are printed together. */
function* partsOfList(list: readonly unknown[]): Generator<string, void, undefined> {
  let before = '[';
  let start = 0;
  let size = 0;
  for (let end = 0; end <= list.length; end++) {
    const next = end < list.length ? sizeOf(list[end]) : 0;
    if (end < list.length && size + next <= partValues) {
      size += next;
      continue;
    }
    if (end > start) {
      yield before + JSON.stringify(list.slice(start, end)).slice(1, -1);
      before = ',';
    }
    if (end === list.length) break;
    if (next > partValues) {
      yield before;
      yield* partsOf(list[end]);
      before = ',';
    }
    [start, size] = next > partValues ? [end + 1, 0] : [end, next];
  }
  yield ']';
}

/** How many values there are in a value, counted no further than matters. */
function sizeOf(value: unknown): number {
  if (!isContainer(value)) return 1;
  let size = 1;
  for (const key in value) {
    size += sizeOf(value[key]);
    if (size > partValues) break;
  }
  return size;
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
