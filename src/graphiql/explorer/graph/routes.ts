import { type Edge, edgeKey, type ProfileGraph, reach } from './profile-graph.ts';

/** Routes between two profiles that are told apart: more than anybody compares. */
const mostRoutes = 50;

export interface Routes {
  /** From the inheriting profile up to the inherited one, both included. Shortest first, then in the order of the parents. */
  readonly chains: readonly (readonly string[])[];
  /** There are more than `chains` holds. */
  readonly isCut: boolean;
}

/** Every way up from a profile to another that visits no profile twice, as far as the limit goes. Only profiles that lead there are entered. */
export function findRoutes(graph: ProfileGraph, from: string, to: string, limit = mostRoutes): Routes {
  const towards = new Set([to, ...reach(to, (id) => graph.children(id)).keys()]);
  const found: string[][] = [];
  // By length, so that a limit keeps the shortest ones; each level of the walk holds at most `limit` open chains.
  let open: string[][] = towards.has(from) ? [[from]] : [];
  let isCut = false;
  while (open.length > 0 && found.length < limit) {
    const next: string[][] = [];
    for (const chain of open) {
      const last = chain.at(-1) ?? from;
      if (last === to) {
        found.push(chain);
        continue;
      }
      for (const parent of graph.parents(last)) {
        if (towards.has(parent) && !chain.includes(parent)) next.push([...chain, parent]);
      }
    }
    if (next.length > limit * 4) isCut = true;
    open = next.slice(0, limit * 4);
  }
  return {
    chains: found.slice(0, limit),
    isCut: isCut || found.length > limit || (found.length === limit && open.length > 0),
  };
}

/** The edges along chains that go from child to parent. */
export function edgesAlong(chains: readonly (readonly string[])[]): ReadonlySet<string> {
  return new Set(
    chains.flatMap((chain) => chain.slice(1).map((parent, index) => edgeKey({ child: chain[index] ?? '', parent }))),
  );
}

/** Everything on some way between two profiles, whichever of them inherits from the other: what stays lit when one is pointed at. */
export function between(graph: ProfileGraph, one: string, other: string): ReadonlySet<string> {
  const up = (id: string) => graph.parents(id);
  const down = (id: string) => graph.children(id);
  const lit = new Set([one, other]);
  for (const [low, high] of [
    [one, other],
    [other, one],
  ] as const) {
    const above = reach(low, up);
    if (!above.has(high)) continue;
    const below = reach(high, down);
    for (const id of above.keys()) if (below.has(id)) lit.add(id);
  }
  return lit;
}

/** A profile with everything it inherits from and everything that inherits from it. */
export function linkedWith(graph: ProfileGraph, id: string): ReadonlySet<string> {
  const [above, below] = [reach(id, (of) => graph.parents(of)), reach(id, (of) => graph.children(of))];
  return new Set([id, ...above.keys(), ...below.keys()]);
}

/** Whether an edge lies on a lit way: both its ends do. */
export function isLit(lit: ReadonlySet<string>, { child, parent }: Edge): boolean {
  return lit.has(child) && lit.has(parent);
}

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
