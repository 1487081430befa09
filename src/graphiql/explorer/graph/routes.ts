import { type Edge, edgeKey, type ProfileGraph, reach } from './profile-graph.ts';

/** Routes between two profiles that are told apart: more than anybody compares. */
const mostRoutes = 50;

export interface Routes {
  /** From the inheriting profile up to the inherited one, both included. Shortest first, then in the order of the parents. */
  readonly chains: readonly (readonly string[])[];
  /** There are more than `chains` holds. */
  readonly isCut: boolean;
}

/** A shortest chain of parents from a profile up to another, both included; undefined if it doesn't inherit from it. */
export function shortestChain(graph: ProfileGraph, from: string, to: string): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const [id] of cameFrom) {
    if (id === to) break;
    for (const parent of graph.parents(id)) if (!cameFrom.has(parent)) cameFrom.set(parent, id);
  }
  if (!cameFrom.has(to)) return undefined;
  const chain: string[] = [];
  for (let id: string | undefined = to; id !== undefined; id = cameFrom.get(id)) chain.push(id);
  return chain.reverse();
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
