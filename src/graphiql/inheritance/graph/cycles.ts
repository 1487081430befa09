import { adjacencyOf } from '../../../inheritance/graph/adjacency.ts';
import { condense } from '../../../inheritance/graph/components.ts';
import type { InheritanceEdge } from './graph.ts';

export interface Cycles {
  readonly nodes: ReadonlySet<string>;
  /** Keys of the edges that lie on some cycle. */
  readonly edges: ReadonlySet<string>;
}

/** What lies on a cycle: edges within a strongly connected component, self-inheritance among them. Linear. */
export function findCycles(edges: readonly InheritanceEdge[]): Cycles {
  const numbers = new Map<string, number>();
  const parents: number[][] = [];
  const numberOf = (key: string): number => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, parents.length);
    return parents.push([]) - 1;
  };
  for (const { child, parent } of edges) parents[numberOf(child)]?.push(numberOf(parent));
  const { componentOf } = condense(adjacencyOf(parents));
  const onCycle = edges.filter(({ child, parent }) => componentOf[numberOf(child)] === componentOf[numberOf(parent)]);
  return {
    nodes: new Set(onCycle.flatMap(({ child, parent }) => [child, parent])),
    edges: new Set(onCycle.map(({ key }) => key)),
  };
}
