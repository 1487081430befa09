const beyondAscii = /[^\0-\x7f]/;

/** Cherokee had capitals only when its folding was settled, so it folds to capitals (CaseFolding.txt). */
const smallCherokee = /[\u13f8-\u13fd\uab70-\uabbf]/g;

/**
 * Unicode's full case folding (CaseFolding.txt, statuses C and F): texts that differ only in letter case fold to the same text,
 * so that `ß` is `ss` and `ς` is `σ`, without regard to the locale or to the place in the word. JavaScript has none built in;
 * lower, upper and lower case one after the other is the same for all letters but those that are treated here. Does not
 * normalize: `é` as one or as two characters stay apart.
 */
export function foldCase(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  // The upper case of the dotless ı is I, and yet it folds to itself.
  return text.includes('ı') ? text.split('ı').map(foldBeyondAscii).join('ı') : foldBeyondAscii(text);
}

function foldBeyondAscii(text: string): string {
  return text
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll(smallCherokee, (letter) => letter.toUpperCase());
}

/** Whether two texts that differ in letter case can't meet in this one: it has no letters with case, nor what such letters fold to. */
export function isCaseless(text: string): boolean {
  return text === text.toLowerCase() && text === text.toUpperCase() && !/[\p{M}\p{Lm}]/u.test(text);
}

/**
 * A text by which `<` puts texts in the order of their code points: `<` compares UTF-16 units, in which characters beyond
 * U+FFFF come before some within.
 */
export function codePointKey(text: string): string {
  return /[\ud800-\uffff]/.test(text)
    ? text.replaceAll(/[\ud800-\uffff]/g, (unit) => String.fromCharCode(rotated(unit.charCodeAt(0))))
    : text;
}

/** Puts the surrogates behind the other units from U+E000 on. */
function rotated(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}
