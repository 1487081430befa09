import { LRUCache } from 'lru-cache';

/** The part of the cache that one document may take. */
const largestShare = 0.02;

/**
 * A cache of what was made of documents. Callers choose how long a document is and how often it is another one, so the cache bounds
 * the characters of all texts, and does not keep long ones. A syntax tree takes about 60 times the memory of its text.
 */
export function documentCache<T extends NonNullable<unknown>>(
  maxCharacters = 1_000_000,
  charactersOf: (value: T, text: string) => number = (_value, { length }) => length,
): LRUCache<string, T> {
  return new LRUCache({
    maxSize: maxCharacters,
    maxEntrySize: maxCharacters * largestShare,
    sizeCalculation: (value, text) => Math.max(1, charactersOf(value, text)),
  });
}
