/**
 * Everything that can be reached from a node in one or more steps: the node itself only if it is on a cycle. Linear in the edges
 * that are followed.
 */
export function reach(start: string, neighbours: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [start];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const next of neighbours.get(node) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      pending.push(next);
    }
  }
  return reached;
}
