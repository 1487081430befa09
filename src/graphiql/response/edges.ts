import { groupBy } from '../group-by.ts';
import type { Statements } from './collect.ts';
import type { InheritanceGraph } from './graph.ts';

type Edge = InheritanceGraph['edges'][number];

/**
 * The edges between settled profiles. An indirect edge is left out where a chain of direct ones says the same with more detail, so
 * that `ancestors { profile { inheritsFrom … } }` draws the chain and not a shortcut past it.
 */
export function edgesOf(statements: Statements, keyOf: (mention: number) => string): readonly Edge[] {
  const direct = new Map<string, Edge>();
  const indirect = new Map<string, Edge>();
  for (const { child, parent, isDirect } of statements.relations) {
    const edge = { child: keyOf(child), parent: keyOf(parent) };
    if (isDirect) direct.set(keyOfEdge(edge), edge);
    else if (edge.child !== edge.parent) indirect.set(keyOfEdge(edge), edge);
  }
  addUndrawnCycles(statements, keyOf, direct);

  const parents = parentsByChild(direct.values());
  const reachable = new Map<string, ReadonlySet<string>>();
  const isSaid = ({ child, parent }: Edge) => {
    const above = reachable.get(child) ?? reach(child, parents);
    reachable.set(child, above);
    return above.has(parent);
  };
  return [...direct.values(), ...[...indirect.values()].filter((edge) => !isSaid(edge))];
}

/** A response may tell of a cycle without the edges it consists of; where it has them, they say which way round it goes. */
function addUndrawnCycles(statements: Statements, keyOf: (mention: number) => string, direct: Map<string, Edge>) {
  for (const cycle of statements.cycles) {
    const keys = [...new Set(cycle.map(keyOf))];
    const [first] = keys;
    if (first === undefined) continue;
    const above = reach(first, parentsByChild(direct.values()));
    if (above.has(first) && keys.every((key) => above.has(key))) continue;
    for (const [index, child] of keys.entries()) {
      const edge = { child, parent: keys[index + 1] ?? first };
      direct.set(keyOfEdge(edge), edge);
    }
  }
}

function keyOfEdge({ child, parent }: Edge): string {
  return JSON.stringify([child, parent]);
}

/** For each profile, those it inherits from by these edges. */
function parentsByChild(edges: Iterable<Edge>): ReadonlyMap<string, readonly string[]> {
  const byChild = groupBy(edges, ({ child }) => child);
  return new Map([...byChild].map(([child, own]) => [child, own.map(({ parent }) => parent)]));
}

/** Everything that can be reached from a node in one or more steps: the node itself only if it is on a cycle. Linear. */
function reach(start: string, neighbours: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set(neighbours.get(start));
  for (const node of reached) for (const next of neighbours.get(node) ?? []) reached.add(next);
  return reached;
}
