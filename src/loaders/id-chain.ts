import { encodedBytes, isPlainValue, maxEncodedFilterBytes } from '../filter/plan.ts';
import { compare } from '../scim/ast.ts';
import { printFilter } from '../scim/printer.ts';

/** The filter that asks for these ids. */
export function idFilter(ids: readonly string[]): string {
  return ids.map(printed).join(' or ');
}

/** One id's part of the filter; `or` needs no parentheses among its like. */
function printed(id: string): string {
  return isPlain(id) ? beforeId + id + afterId : printFilter(compare('id', 'eq', id));
}

const [beforeId = '', afterId = ''] = printFilter(compare('id', 'eq', '#')).split('#');

/** Ids are mostly UUIDs, of which nothing needs escaping: there are many of them in a filter. */
function isPlain(id: string): boolean {
  return /^[\w-]+$/.test(id);
}

/** Parts of at most `most` ids that fit into one URL each, beside `reserved` ids that are added to each. */
export function chunk(
  ids: readonly string[],
  most: number,
  reserved: readonly string[] = [],
): readonly (readonly string[])[] {
  const reservedBytes = reserved.reduce((sum, id) => sum + encodedSize(id), 0);
  const chunks: string[][] = [];
  let bytes = 0;
  for (const id of ids) {
    const size = encodedSize(id);
    const last = chunks.at(-1);
    bytes += size;
    if (last !== undefined && last.length < most && bytes <= maxEncodedFilterBytes) last.push(id);
    else {
      chunks.push([id]);
      bytes = reservedBytes + size;
    }
  }
  return chunks;
}

/** The bytes that one id adds to the query string. */
function encodedSize(id: string): number {
  return isPlain(id) ? id.length + plainIdOverhead : encodedBytes(` or ${idFilter([id])}`);
}

const plainIdOverhead = encodedBytes(` or ${idFilter(['x'])}`) - 1;

/** How many witnesses a chain of so many ids needs: three at least, so many that its length is even, and not `except`. */
export function witnessCount(ids: number, except: number): number {
  const count = ids % 2 === 0 ? 4 : 3;
  return count === except ? count + 2 : count;
}

/** The most witnesses that a chain needs. */
export const maxWitnesses = 6;

/** Whether an id can be asked for: one that needs escaping is looked for in the list. */
export function isAskable(id: string): boolean {
  return isPlain(id) || isPlainValue(compare('id', 'eq', id));
}

/**
 * A chain of ids with witnesses at its start, at its end and among the two in its middle. An API that looks only at some terms
 * of a chain (the first, the last, those at both ends, every second) loses a witness.
 */
export function withWitnesses(ids: readonly string[], witnesses: readonly string[]): readonly string[] {
  const [first, middle, last, ...more] = witnesses;
  if (first === undefined || middle === undefined || last === undefined) {
    throw new RangeError('a chain of ids needs three witnesses');
  }
  const before = Math.max(0, Math.floor((ids.length + witnesses.length) / 2) - 1 - more.length);
  return [first, ...more, ...ids.slice(0, before), middle, ...ids.slice(before), last];
}
