/** Whether two lists hold the same texts: neither their order nor how often one stands there means anything. */
export function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const left = new Set(a);
  const right = new Set(b);
  return left.size === right.size && [...left].every((text) => right.has(text));
}
