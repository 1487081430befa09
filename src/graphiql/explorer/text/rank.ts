import { compareNamed } from './order.ts';

/** Where a search text stands in a name. */
export interface Match<Item> {
  readonly item: Item;
  /** Place and length of the text in the name. */
  readonly start: number;
  readonly length: number;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Items whose name contains the text, whatever the letter case: at the start first, then at the start of a word, then inside. */
export function rankByName<Item extends Named>(items: readonly Item[], words: string): readonly Match<Item>[] {
  const wanted = fold(words.trim());
  if (wanted === '') return [];
  const found = items.flatMap((item) => {
    const name = fold(item.name);
    const start = name.indexOf(wanted);
    if (start < 0) return [];
    const rank = start === 0 ? 0 : wordStart(name, wanted) >= 0 ? 1 : 2;
    const place = rank === 1 ? wordStart(name, wanted) : start;
    return [{ item, start: place, length: wanted.length, rank }];
  });
  return found.sort((one, other) => one.rank - other.rank || compareNamed(one.item, other.item));
}

/** Lower case of the same length, so that places in it are places in the text itself. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length
    ? lower
    : Array.from(text, (one) => (one.toLowerCase().length === one.length ? one.toLowerCase() : one)).join('');
}

function wordStart(name: string, wanted: string): number {
  for (let start = name.indexOf(wanted); start >= 0; start = name.indexOf(wanted, start + 1)) {
    if (start === 0 || !/[\p{L}\p{N}]/u.test(name.charAt(start - 1))) return start;
  }
  return -1;
}

/** Whether a text looks like an id of the API rather than words. */
export function looksLikeId(text: string): boolean {
  return /^(?:AccessProfile:)?[0-9a-z]{8}-[0-9a-z-]{20,}$/i.test(text.trim()) || text.startsWith('AccessProfile:');
}
