import type { DecodeNotes } from '../../src/wire/decode.ts';

/** Notes that remember what they heard, as `enumeration: value`. */
export function listen(): DecodeNotes & { readonly heard: readonly string[] } {
  const heard: string[] = [];
  return { heard, unrecognized: (enumeration, value) => void heard.push(`${enumeration}: ${value}`) };
}
