import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';

/** Characters above which an answer is sent in pieces: to encode one of 30 million takes 80 ms in one go. */
const largeAnswer = 500_000;
/** Characters of a piece. */
const pieceLength = 128 * 1024;

/** Sends a large answer in pieces, each encoded when the client has taken the one before, so that other requests run in between. */
export function useLargeAnswers(): Plugin<ServerContext> {
  return {
    async onResponse({ response, setResponse, fetchAPI }) {
      if (Number(response.headers.get('content-length')) < largeAnswer) return;
      const { status, statusText, headers } = response;
      const pieces = piecesOf(await response.text());
      const body = new fetchAPI.ReadableStream<Uint8Array>({
        pull(controller) {
          const { done, value } = pieces.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
      });
      setResponse(new fetchAPI.Response(body, { status, statusText, headers }));
    },
  };
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
