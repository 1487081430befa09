import type { Diagram } from '../../../inheritance/render/diagram.ts';
import { printMermaid } from '../../../inheritance/render/mermaid.ts';
import { findCycles } from './cycles.ts';
import { type InheritanceGraph, nodeLabel } from './graph.ts';

/** The graph as a Mermaid flowchart, as `inheritanceGraph { mermaid }` prints it; cycles and indirect edges marked. */
export function printGraph(graph: InheritanceGraph): string {
  return printMermaid(diagramOf(graph));
}

function diagramOf({ nodes, edges }: InheritanceGraph): Diagram {
  const numbers = new Map(nodes.map(({ key }, number) => [key, number]));
  const cycles = findCycles(edges);
  return {
    nodes: nodes.map((node) => ({
      name: nodeLabel(node),
      typeName: node.type ?? null,
      state: node.isMissing ? 'MISSING' : (node.state ?? null),
      isOnCycle: cycles.nodes.has(node.key),
    })),
    edges: edges.flatMap((edge) => {
      const [child, parent] = [numbers.get(edge.child), numbers.get(edge.parent)];
      return child === undefined || parent === undefined
        ? []
        : [{ child, parent, isIndirect: edge.kind === 'indirect' }];
    }),
  };
}
