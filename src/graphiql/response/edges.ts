import type { Findings } from './findings.ts';
import type { InheritanceEdge } from './graph.ts';
import { reach } from './reach.ts';

/**
 * The edges between settled profiles. An indirect edge is left out where a chain of direct ones says the same with more detail, so
 * that `ancestors { profile { inheritsFrom … } }` draws the chain and not a shortcut past it.
 */
export function edgesOf(findings: Findings, keyOf: (mention: number) => string): readonly InheritanceEdge[] {
  const direct = new Map<string, InheritanceEdge>();
  const indirect = new Map<string, InheritanceEdge>();
  for (const relation of findings.relations) {
    const isDirect = relation.steps === 1;
    const edge = createEdge(keyOf(relation.child), keyOf(relation.parent), relation.steps);
    if (isDirect) direct.set(edge.key, edge);
    else if (edge.child !== edge.parent && !indirect.has(edge.key)) indirect.set(edge.key, edge);
  }
  addUndrawnCycles(findings, keyOf, direct);

  const parents = parentsByChild(direct.values());
  const reachable = new Map<string, ReadonlySet<string>>();
  const isSaid = ({ child, parent }: InheritanceEdge) => {
    const above = reachable.get(child) ?? reach(child, parents);
    reachable.set(child, above);
    return above.has(parent);
  };
  return [...direct.values(), ...[...indirect.values()].filter((edge) => !isSaid(edge))];
}

/** A response may tell of a cycle without the edges it consists of; where it has them, they say which way round it goes. */
function addUndrawnCycles(
  findings: Findings,
  keyOf: (mention: number) => string,
  direct: Map<string, InheritanceEdge>,
) {
  for (const cycle of findings.cycles) {
    const keys = [...new Set(cycle.map(keyOf))];
    const [first] = keys;
    if (first === undefined) continue;
    const parents = parentsByChild(direct.values());
    const above = reach(first, parents);
    if (above.has(first) && keys.every((key) => above.has(key))) continue;
    for (const [index, child] of keys.entries()) {
      const edge = createEdge(child, keys[index + 1] ?? first, 1);
      direct.set(edge.key, edge);
    }
  }
}

function createEdge(child: string, parent: string, steps: number | undefined): InheritanceEdge {
  return { key: JSON.stringify([child, parent]), child, parent, kind: steps === 1 ? 'direct' : 'indirect', steps };
}

/** For each profile, those it inherits from by these edges. */
export function parentsByChild(edges: Iterable<InheritanceEdge>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { child, parent } of edges) {
    const known = found.get(child);
    if (known === undefined) found.set(child, [parent]);
    else known.push(parent);
  }
  return found;
}
