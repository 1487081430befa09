import { childrenByParent, parentsByChild } from './edges.ts';
import type { InheritanceGraph } from './graph.ts';
import { reach } from './reach.ts';

/** Which part of a graph to draw. */
export type Narrowing =
  | { readonly kind: 'type'; readonly type: string }
  /** A profile, everything it inherits from and everything that inherits from it. */
  | { readonly kind: 'around'; readonly key: string };

export function narrowGraph(graph: InheritanceGraph, narrowing: Narrowing | undefined): InheritanceGraph {
  if (narrowing === undefined) return graph;
  const kept = new Set(keptKeys(graph, narrowing));
  return {
    nodes: graph.nodes.filter((node) => kept.has(node.key)),
    edges: graph.edges.filter((edge) => kept.has(edge.child) && kept.has(edge.parent)),
    notices: graph.notices,
  };
}

function keptKeys(graph: InheritanceGraph, narrowing: Narrowing): readonly string[] {
  if (narrowing.kind === 'type') {
    return graph.nodes.filter((node) => node.type === narrowing.type).map((node) => node.key);
  }
  const { key } = narrowing;
  return [key, ...reach(key, parentsByChild(graph.edges)), ...reach(key, childrenByParent(graph.edges))];
}
