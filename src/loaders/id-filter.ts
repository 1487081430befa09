import { encodedBytes, maxEncodedFilterBytes } from '../filter/plan.ts';
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

/** Parts of so many ids at most that fit into one URL each, with room for one more id. */
export function chunk(ids: readonly string[], most: number): readonly (readonly string[])[] {
  const chunks: string[][] = [];
  let bytes = 0;
  for (const id of ids) {
    const size = encodedSize(id);
    const last = chunks.at(-1);
    bytes += size;
    if (last !== undefined && last.length < most && bytes + size <= maxEncodedFilterBytes) last.push(id);
    else {
      chunks.push([id]);
      bytes = size;
    }
  }
  return chunks;
}

/** What one id adds to the query string. */
function encodedSize(id: string): number {
  return isPlain(id) ? id.length + plainIdOverhead : encodedBytes(` or ${idFilter([id])}`);
}

const plainIdOverhead = encodedBytes(` or ${idFilter(['x'])}`) - 1;
