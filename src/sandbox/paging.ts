import { createHash } from 'node:crypto';
import { invalidArgument } from './errors.ts';
import type { Settings } from './settings.ts';

interface PageRequest {
  readonly size: number;
  readonly offset: number;
  /** The number of pages before this one. */
  readonly page: number;
}

/** DOC: API notes §3.4. Larger sizes are clamped (INF: the official client asks for 250). */
const largestPage = 100;

// 0xfb makes a token begin with `+` and ten bytes make it end with `==`, so that a client has to URL-encode it.
const tokenMark = 0xfb;
const tokenBytes = 10;

/** A list, and what its page tokens belong to: a token goes with the same filter, order and caller (a guess: UNK in §3.4). */
export interface Listing<T> {
  readonly all: readonly T[];
  readonly boundTo: readonly string[];
  readonly present: (value: T) => object;
}

/**
 * The page that `page_size` and `page_token` ask for. The token stands on the last page too and leads to an empty one (DOC: only
 * `has_more` decides). With `raggedPages`, pages hold fewer values than asked for, and some none although more follow (DOC).
 */
export function pageOf<T>(query: URLSearchParams, settings: Settings, { all, boundTo, present }: Listing<T>): object {
  const binding = createHash('sha1').update(boundTo.join('\n')).digest().subarray(0, 4);
  const size = readSize(query.get('page_size') ?? '', settings.pageSize);
  const token = query.get('page_token') ?? '';
  const request = { size, ...(token === '' ? { page: 0, offset: 0 } : readToken(token, binding)) };
  const values = all.slice(request.offset, request.offset + (settings.raggedPages ? raggedSize(request) : size));
  const offset = request.offset + values.length;
  return {
    values: values.map(present),
    next_page_token: writeToken(request.page + 1, offset, binding),
    has_more: offset < all.length,
  };
}

/** In turn: half a page, none, all but one. */
function raggedSize({ size, page }: PageRequest): number {
  if (page % 3 === 0) return Math.ceil(size / 2);
  return page % 3 === 1 ? 0 : Math.max(size - 1, 1);
}

function readSize(text: string, defaultSize: number): number {
  if (text === '' || text === '0') return defaultSize;
  if (!/^\d{1,9}$/.test(text)) throw invalidArgument('page_size', `"${text}" is not a positive number.`);
  return Math.min(Number(text), largestPage);
}

function writeToken(page: number, offset: number, binding: Buffer): string {
  const bytes = Buffer.alloc(tokenBytes);
  bytes.writeUInt8(tokenMark, 0);
  bytes.writeUInt8(page & 0xff, 1);
  binding.copy(bytes, 2);
  bytes.writeUInt32BE(offset, 6);
  return bytes.toString('base64');
}

function readToken(token: string, binding: Buffer): { page: number; offset: number } {
  const bytes = Buffer.from(token, 'base64');
  const whole = bytes.length === tokenBytes && bytes.toString('base64') === token;
  if (!whole || bytes.readUInt8(0) !== tokenMark) throw invalidArgument('page_token', 'The page token is malformed.');
  if (!bytes.subarray(2, 6).equals(binding)) {
    throw invalidArgument('page_token', 'The page token belongs to another filter or order.');
  }
  return { page: bytes.readUInt8(1), offset: bytes.readUInt32BE(6) };
}
