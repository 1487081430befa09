import { type Edge, edgeKey, type ProfileGraph } from './profile-graph.ts';

/**
 * Edges whose removal leaves no cycle: those that a walk from the parents down finds to lead back to where it came from. Roots are
 * walked first, in the order of the graph. Linear.
 */
export function closingEdges(graph: ProfileGraph): ReadonlySet<string> {
  const closing = new Set<string>();
  const state = new Map<string, 'open' | 'done'>();
  const roots = graph.profiles.filter(({ id }) => graph.parents(id).length === 0);
  for (const { id: start } of [...roots, ...graph.profiles]) {
    if (state.has(start)) continue;
    const trail: { id: string; next: number }[] = [{ id: start, next: 0 }];
    state.set(start, 'open');
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const child = graph.children(top.id)[top.next];
      top.next += 1;
      if (child === undefined) {
        state.set(top.id, 'done');
        trail.pop();
      } else if (state.get(child) === 'open') closing.add(edgeKey({ child, parent: top.id }));
      else if (!state.has(child)) {
        state.set(child, 'open');
        trail.push({ id: child, next: 0 });
      }
    }
  }
  return closing;
}

/**
 * For each profile its level, by its longest way from those that inherit from nobody. Every edge that isn't closing goes to a higher
 * level. Linear.
 */
export function levelsOf(graph: ProfileGraph, closing: ReadonlySet<string>): ReadonlyMap<string, number> {
  const isOpen = (edge: Edge) => closing.size === 0 || !closing.has(edgeKey(edge));
  const waiting = new Map(
    graph.profiles.map(({ id }) => [id, graph.parents(id).filter((parent) => isOpen({ child: id, parent })).length]),
  );
  const column = new Map<string, number>();
  const ready = graph.profiles.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id);
  for (const id of ready) column.set(id, 0);
  for (const id of ready) {
    for (const child of graph.children(id)) {
      if (!isOpen({ child, parent: id })) continue;
      column.set(child, Math.max(column.get(child) ?? 0, (column.get(id) ?? 0) + 1));
      const left = (waiting.get(child) ?? 0) - 1;
      waiting.set(child, left);
      if (left === 0) ready.push(child);
    }
  }
  return column;
}

/** The levels, with those that inherit from nobody moved next to their nearest child, so that their lines are short. */
export function columnsOf(graph: ProfileGraph, closing: ReadonlySet<string>): ReadonlyMap<string, number> {
  const isOpen = (edge: Edge) => closing.size === 0 || !closing.has(edgeKey(edge));
  const column = new Map(levelsOf(graph, closing));
  for (const { id } of graph.profiles) {
    const children = graph.children(id).filter((child) => isOpen({ child, parent: id }));
    const isSource = graph.parents(id).every((parent) => !isOpen({ child: id, parent }));
    if (!isSource || children.length === 0) continue;
    let nearest = Number.POSITIVE_INFINITY;
    for (const child of children) nearest = Math.min(nearest, column.get(child) ?? 0);
    column.set(id, nearest - 1);
  }
  return column;
}
