import type { ProfileGraph } from './profile-graph.ts';

/** Profiles of an answer by how far they are from the nearest that grants by itself: nearest first, each once. */
export function stepsFrom(graph: ProfileGraph, direct: ReadonlySet<string>): readonly (readonly string[])[] {
  const distance = new Map<string, number>();
  for (const { id } of graph.profiles) if (direct.has(id)) distance.set(id, 0);
  for (const [id, steps] of distance) {
    for (const child of graph.children(id)) if (!distance.has(child)) distance.set(child, steps + 1);
  }
  const groups: string[][] = [];
  for (const [id, steps] of distance) {
    groups[steps] ??= [];
    groups[steps].push(id);
  }
  const rest = graph.profiles.filter(({ id }) => !distance.has(id)).map(({ id }) => id);
  return rest.length === 0 ? groups : [...groups, rest];
}

/** A shortest way up from a profile to one that grants by itself, both included, with every profile on some such way. */
export function waysToSource(graph: ProfileGraph, from: string, direct: ReadonlySet<string>): ReadonlySet<string> {
  const lit = new Set([from]);
  for (const id of lit) {
    if (direct.has(id)) continue;
    for (const parent of graph.parents(id)) lit.add(parent);
  }
  return lit;
}
