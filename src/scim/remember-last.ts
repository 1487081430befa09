/**
 * A function that works out its result once where it is asked for the same text several times in a row: a filter compares one
 * value of a row with each of its literals.
 */
export function rememberLast<T>(read: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly result: T } | null = null;
  return (text) => {
    if (last === null || last.text !== text) last = { text, result: read(text) };
    return last.result;
  };
}
