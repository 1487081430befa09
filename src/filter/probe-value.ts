/** Characters of a value in a probe at most, so that many fit into one filter. */
const maxLength = 24;

/**
 * A part of a text that begins and ends within words: neither a start nor an end of the text, nor a whole word of it. An API
 * that reads `co` as equality, as a prefix, as a suffix or word by word does not find the text by it. null where the text has
 * no such part.
 */
export function innerPart(text: string): string | null {
  const cuts = cutsOf(text);
  const [start] = cuts;
  if (start === undefined) return null;
  return part(
    text,
    start,
    cuts.findLast((end) => end > start && end - start <= maxLength),
  );
}

/** A start of a text that ends within a word. */
export function startOf(text: string): string | null {
  return part(
    text,
    0,
    cutsOf(text).findLast((end) => end <= maxLength),
  );
}

/** An end of a text that begins within a word. */
export function endOf(text: string): string | null {
  const { length } = [...text];
  return part(
    text,
    cutsOf(text).find((start) => length - start <= maxLength),
    length,
  );
}

/** Texts of the same form: other digits, or else other letters. */
export function* varied(text: string, seed: number): Generator<string> {
  const shifted = (by: number) =>
    /\d/.test(text)
      ? text.replaceAll(/\d/g, (digit) => String((Number(digit) + by) % 10))
      : text.replaceAll(/[a-z]/gi, (letter) => shiftedLetter(letter, by));
  for (let i = 0; i < 9; i++) yield shifted(1 + ((seed + i) % 9));
}

function shiftedLetter(letter: string, by: number): string {
  const base = letter <= 'Z' ? 65 : 97;
  return String.fromCharCode(base + ((letter.charCodeAt(0) - base + by) % 26));
}

/** The places between two characters of the same word. */
function cutsOf(text: string): readonly number[] {
  const characters = [...text];
  return characters.flatMap((character, i) =>
    i > 0 && isOfWord(character) && isOfWord(characters[i - 1] ?? '') ? [i] : [],
  );
}

function isOfWord(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}

function part(text: string, start: number | undefined, end: number | undefined): string | null {
  return start === undefined || end === undefined ? null : [...text].slice(start, end).join('');
}
