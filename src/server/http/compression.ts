import type { ServerResponse } from 'node:http';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';

export type Coding = 'br' | 'gzip';

/** Bytes below which an answer is sent as it is: it fits into one packet anyway. */
export const compressedFrom = 1024;

/** Levels that take a few milliseconds for a megabyte; higher ones take many times that for a few percent. */
const brotliQuality = 4;
const gzipLevel = 5;

/**
 * The offered coding that a client likes best, the first of equals; null: it takes none of them. RFC 9110 §12.5.3: a weight
 * of 0 refuses, and `*` stands for those that are not named.
 */
export function codingFor(accepted: string | undefined, offered: readonly Coding[] = ['br', 'gzip']): Coding | null {
  const weights = new Map<string, number>();
  for (const item of (accepted ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim());
    const written = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const weight = written === undefined ? 1 : Number(written);
    weights.set(name, Number.isFinite(weight) ? weight : 0);
  }
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0;
  let best: Coding | null = null;
  for (const coding of offered) if (weightOf(coding) > (best === null ? 0 : weightOf(best))) best = coding;
  // A client that would rather have it as it is says so by naming that.
  return best !== null && (weights.get('identity') ?? 0) > weightOf(best) ? null : best;
}

/** Sends pieces compressed, no further than the client reads, and returns when all of it is out or the client has gone. */
export async function sendCompressed(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  coding: Coding,
  response: ServerResponse,
): Promise<void> {
  const encoder = encoderFor(coding);
  // Fails where reading stops early below, because the client has gone.
  const encoded = pipeline(Readable.from(pieces), encoder).catch(() => undefined);
  await sendPieces(encoder, response);
  await encoded;
}

/** Sends pieces, no further than the client reads, and returns when all of it is out or the client has gone. */
export async function sendPieces(pieces: AsyncIterable<Uint8Array>, response: ServerResponse): Promise<void> {
  for await (const piece of pieces) {
    if (response.destroyed) break;
    await written(piece, response);
  }
}

function encoderFor(coding: Coding): Transform {
  return coding === 'gzip'
    ? createGzip({ level: gzipLevel })
    : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } });
}

function written(piece: Uint8Array, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('close', done);
      resolve();
    };
    response.once('close', done);
    response.write(piece, done);
  });
}
