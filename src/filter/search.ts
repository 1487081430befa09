import { GatewayError, UserInputError, valueOrError } from '../errors.ts';
import type { Profile } from '../model/profile.ts';
import { foldCase } from '../scim/fold-case.ts';
import { type Condition, everything, test } from './condition.ts';

/** Characters of a search, so that each row is compared with few words. */
const maxLength = 500;

/** The texts of a profile that a search looks into. */
const searchedTexts: readonly ((profile: Profile) => readonly (string | null)[])[] = [
  ({ name }) => [name],
  ({ description }) => [description],
  ({ labels }) => labels,
  ({ integrations }) => integrations,
  ({ catalogItem }) => [catalogItem?.name ?? null],
];

/**
 * The words of a search, prepared for `hasWords`. Throws UserInputError for `search` where it is too long. No words: every row
 * matches.
 */
export function wordsOf(search: string): readonly string[] {
  if (search.length > maxLength) {
    throw new UserInputError(
      'search',
      `search: must have at most ${maxLength} characters, this one has ${search.length}.`,
    );
  }
  const words = search.split(/\s+/u).map(foldText);
  return [...new Set(words)].filter((word) => word !== '');
}

/** The profiles in which each word occurs, whichever of the searched texts it is in. */
export function searchCondition(search: string): Condition {
  const words = wordsOf(search);
  return words.length === 0 ? everything : test((profile) => hasWords(words, profile, searchedTexts));
}

/**
 * Whether each word occurs in one of a row's texts. Throws the error of a text that can't be read only where that text could
 * decide.
 */
export function hasWords<Row>(
  words: readonly string[],
  row: Row,
  texts: readonly ((row: Row) => readonly (string | null)[])[],
): boolean {
  let missing = words;
  let failure: GatewayError | null = null;
  for (const read of texts) {
    const found = valueOrError(() => read(row));
    if (found instanceof GatewayError) failure ??= found;
    else for (const text of found) if (text) missing = without(missing, foldText(text));
    if (missing.length === 0) return true;
  }
  if (failure !== null) throw failure;
  return false;
}

function without(words: readonly string[], text: string): readonly string[] {
  return words.some((word) => text.includes(word)) ? words.filter((word) => !text.includes(word)) : words;
}

const beyondAscii = /[^\0-\x7f]/;

/**
 * What texts have in common that differ only in letter case, accents and width: compatibility decomposition (Unicode NFKD), full
 * case folding, no combining marks. Folded before and after, as one can make work for the other (Unicode 3.13, D146).
 */
export function foldText(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  const folded = foldCase(foldCase(text).normalize('NFKD')).normalize('NFKD');
  return folded.replaceAll(/\p{M}/gu, '');
}
