import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';
import { joined } from '../operation/print-answer.ts';

/** Bytes from which an answer is sent in pieces: to encode a text of 30 million characters takes 80 ms in one go. */
export const largeAnswer = 500_000;
/** Characters of a piece. */
const pieceLength = 128 * 1024;

/**
 * Answers that are large become streams of pieces, so that other requests run in between, and that none is in memory as a whole: those
 * whose data was printed in pieces, and texts, each piece of which is encoded when it is wanted.
 */
export function useLargeAnswers(): Plugin<ServerContext> {
  const printed = new WeakMap<Request, readonly Uint8Array[]>();
  return {
    onResultProcess({ request, result }) {
      if ('pieces' in result && isPieces(result.pieces)) printed.set(request, result.pieces);
    },
    onResponse({ request, response, setResponse, fetchAPI }) {
      const { status, statusText, headers } = response;
      const pieces = printed.get(request);
      if (pieces === undefined && !(Number(headers.get('content-length')) >= largeAnswer)) return undefined;
      return response.text().then((text) => {
        // A client that takes no JSON gets nothing of the answer.
        const isPrinted = pieces !== undefined && text.startsWith('{');
        const all = isPrinted ? joined(text, pieces) : null;
        if (all !== null) headers.set('content-length', String(all.reduce((sum, piece) => sum + piece.length, 0)));
        const rest = (all ?? piecesOf(text))[Symbol.iterator]();
        const body = new fetchAPI.ReadableStream<Uint8Array>({
          pull(controller) {
            const { done, value } = rest.next();
            if (done) controller.close();
            else controller.enqueue(value);
          },
        });
        setResponse(new fetchAPI.Response(body, { status, statusText, headers }));
      });
    },
  };
}

function isPieces(value: unknown): value is readonly Uint8Array[] {
  return Array.isArray(value);
}

/** The bytes of a text, piece by piece. A character of two code units stays in one piece. */
export function* piecesOf(text: string, length = pieceLength): Generator<Buffer, void, undefined> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + length, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end++;
    yield Buffer.from(text.slice(start, end));
    start = end;
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
