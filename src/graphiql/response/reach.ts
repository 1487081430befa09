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

/** A shortest chain of nodes from one to another, both included; undefined if there is none. Linear. */
export function shortestPath(
  from: string,
  to: string,
  neighbours: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const [node] of cameFrom) {
    if (node === to) break;
    for (const next of neighbours.get(node) ?? []) if (!cameFrom.has(next)) cameFrom.set(next, node);
  }
  if (!cameFrom.has(to)) return undefined;
  const path: string[] = [];
  for (let node: string | undefined = to; node !== undefined; node = cameFrom.get(node)) path.push(node);
  return path.reverse();
}
