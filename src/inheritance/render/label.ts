/** Visible characters of a label; a longer one is cut. */
const longestLabel = 60;
/** UTF-16 code units: one visible character can be made of thousands. */
const mostUnits = 240;

/**
 * What no eye sees and no script needs: control characters; soft hyphens, zero-width spaces and the like; embeddings, overrides and
 * isolates, which would turn round what stands beside them. Joiners (for Persian, Indic scripts, emoji), left-to-right and
 * right-to-left marks, tags of flags and the visible format characters of Arabic stay.
 */
const dropped = /[\p{Cc}\u00ad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{1d173}-\u{1d17a}]/gu;

/** U+2800 is the empty pattern of Braille. */
const onlyInvisible = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u0085\u2800]*$/u;

/** Whether nobody could read a name: empty, white space, or invisible characters alone. */
export function isBlank(name: string): boolean {
  return onlyInvisible.test(name);
}

/**
 * A text as one line of at most 60 visible characters, cut between them with an ellipsis: white space and line or paragraph
 * separators become a space, half surrogate pairs and noncharacters U+FFFD. It still needs the format's escapes.
 */
export function labelLine(text: string): string {
  const clean = text
    .replace(/[\s\u0085]+/gu, ' ')
    .replace(dropped, '')
    .replace(/[\p{Cs}\p{Noncharacter_Code_Point}]/gu, '\ufffd')
    .replace(/ {2,}/g, ' ')
    .trim();
  // As many code units are at least as many visible characters.
  return clean.length <= longestLabel ? clean : cut(clean);
}

function cut(text: string): string {
  let kept = '';
  let end = 0;
  let count = 0;
  for (const { segment, index } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)) {
    end = index + segment.length;
    if (++count > longestLabel || end > mostUnits) {
      // One character of thousands of marks: some of them have to do.
      return `${kept === '' ? Array.from(text).slice(0, longestLabel).join('') : kept}…`;
    }
    if (count < longestLabel) kept = text.slice(0, end);
  }
  return text;
}
