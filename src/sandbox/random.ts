import { createHash } from 'node:crypto';

/** Repeatable chance: the same seed gives the same sequence. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number, at least 0, less than `limit`. */
  below(limit: number): number;
  /** `digits` lower-case hexadecimal digits. */
  hex(digits: number): string;
}

/** mulberry32: small, fast, and good enough to choose faults and to invent ids. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const hex = (digits: number) => Array.from({ length: digits }, () => below(16).toString(16)).join('');
  return { next, below, hex };
}

/** A UUID of 32 hexadecimal digits, marked as version 4. */
export function uuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** The same UUID for the same words, on every machine and in every run. */
export function stableId(...words: readonly string[]): string {
  return uuid(createHash('sha1').update(words.join('\n')).digest('hex'));
}
