/** How wide a text is, in pixels. */
export type Measure = (text: string) => number;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const ellipsis = '…';
/** Longer names are cut before they are measured: nobody reads more of them in a box. */
const mostCharacters = 400;

/** The text, or its beginning and its end with an ellipsis between, so that it fits. Never half a character. */
export function cutMiddle(text: string, width: number, measure: Measure): string {
  if (text.length <= mostCharacters && measure(text) <= width) return text;
  const characters = [...graphemes.segment(text)].map(({ segment }) => segment);
  const ends = (kept: number) => {
    const head = Math.ceil(kept / 2);
    return `${characters.slice(0, head).join('').trimEnd()}${ellipsis}${
      kept > head
        ? characters
            .slice(head - kept)
            .join('')
            .trimStart()
        : ''
    }`;
  };
  let [fits, tooMany] = [0, Math.min(characters.length, mostCharacters)];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (measure(ends(middle)) <= width) fits = middle;
    else tooMany = middle;
  }
  return fits === 0 ? ellipsis : ends(fits);
}

/** The text in at most so many lines: broken between words, the last line (or a word too long for a line) cut in the middle. */
export function wrap(text: string, width: number, mostLines: number, measure: Measure): readonly string[] {
  const shown = tidy(text);
  if (shown.length <= mostCharacters && measure(shown) <= width) return [shown];
  if (mostLines <= 1) return [cutMiddle(shown, width, measure)];
  const head = firstLine(shown, width, measure);
  // One endless word, or a script without spaces: all of it in the middle of one line would hide more than two lines show.
  if (head === '') return breakWord(shown, width, mostLines, measure);
  return [head, ...wrap(shown.slice(head.length), width, mostLines - 1, measure)];
}

/** Line breaks and tabs in names are spaces on screen; invisible marks that turn the writing direction would leak out of their box. */
export function tidy(text: string): string {
  return text
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** As many whole words as fit, with the space behind them left out; empty if not even one does. */
function firstLine(text: string, width: number, measure: Measure): string {
  let fitting = '';
  for (const match of text.slice(0, mostCharacters).matchAll(/[^\s\-/]*[\s\-/]+/g)) {
    const candidate = text.slice(0, match.index + match[0].length);
    if (measure(candidate.trimEnd()) > width) break;
    fitting = candidate;
  }
  return fitting.trimEnd();
}

function breakWord(text: string, width: number, mostLines: number, measure: Measure): readonly string[] {
  const characters = [...graphemes.segment(text.slice(0, mostCharacters * 2))].map(({ segment }) => segment);
  let line = '';
  for (const character of characters) {
    if (line !== '' && measure(line + character) > width) break;
    line += character;
  }
  const rest = text.slice(line.length);
  return rest === '' ? [line] : [line, ...wrap(rest, width, mostLines - 1, measure)];
}
