import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

/** A body that can't be used; the message completes "cannot use the reply: …". */
export class BodyError extends Error {
  override readonly name = 'BodyError';
}

/** Content codings by their names (RFC 9110 §8.4.1). */
const decoders = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/** Larger pieces than zlib's own, for fewer turns of the event loop. */
const chunkSize = 64 * 1024;

/**
 * Decodes a body that came with a Content-Encoding, although the gateway asks for none. The work is done in zlib's threads and
 * ends at `maxBytes`, however much a small body would become. Throws BodyError.
 */
export async function decodeBody(encoding: string, body: Buffer, maxBytes: number): Promise<Buffer> {
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') return body;
  const decode = decoders.get(name);
  if (decode === undefined) throw new BodyError('the gateway does not know its Content-Encoding');
  try {
    return await decode(body, { maxOutputLength: maxBytes, chunkSize });
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLarge
      ? tooLarge(maxBytes)
      : new BodyError(`it is not ${name} as its Content-Encoding says`, { cause: error });
  }
}

/** The error for a body of more bytes than the gateway reads. */
export function tooLarge(maxBytes: number): BodyError {
  return new BodyError(`it is larger than the ${maxBytes} bytes that the gateway reads`);
}

/** A body as text: UTF-8, without a byte order mark (RFC 8259 §8.1 lets parsers ignore it). */
export function textOf(body: Buffer): string {
  const hasMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return body.toString('utf8', hasMark ? 3 : 0);
}

const reusedBytes = 1024 * 1024;

/**
 * Joins the parts of a body in memory that is used again for the next one: most bodies have some hundred kilobytes, and new
 * memory for each would make the garbage collector run more often than all the rest.
 */
export class BodyBuffer {
  #memory = Buffer.allocUnsafe(0);

  /** One body, valid until the next call. */
  join(chunks: readonly Buffer[]): Buffer {
    const [first] = chunks;
    if (first !== undefined && chunks.length === 1) return first;
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    if (length > reusedBytes) return Buffer.concat(chunks, length);
    if (this.#memory.length < length) this.#memory = Buffer.allocUnsafeSlow(reusedBytes);
    let position = 0;
    for (const chunk of chunks) position += chunk.copy(this.#memory, position);
    return this.#memory.subarray(0, length);
  }
}
