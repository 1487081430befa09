const longestName = 80;
const namesShown = 5;

/** The first 80 characters of a text, with an ellipsis for the rest; never half a surrogate pair. */
export function shorten(text: string): string {
  if (text.length <= longestName) return text;
  const characters = Array.from(text);
  return characters.length <= longestName ? text : `${characters.slice(0, longestName - 1).join('')}…`;
}

/** A profile's or type's name in quotes, shortened; its id if it has no name. */
export function quoted(name: string, id: string): string {
  return `"${shorten(name.trim() === '' ? id : name)}"`;
}

/** `a`, `a and b`, `a, b and 3 more`: at most five words, then how many are left. */
export function listed(words: readonly string[]): string {
  const left = words.length - namesShown;
  const shown = left > 0 ? [...words.slice(0, namesShown), `${left} more`] : words;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** `1 grant`, `2 grants`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
