import { findCycles } from './cycles.ts';
import { type InheritanceGraph, nodeLabel } from './graph.ts';

/**
 * The graph as a Mermaid flowchart, parents above. Names stand in quoted labels with everything but letters, digits, spaces and
 * harmless punctuation written as a character reference, so that no name can end its label or bring in markup.
 */
export function printMermaid(graph: InheritanceGraph): string {
  const names = new Map(graph.nodes.map((node, index) => [node.key, `n${index}`]));
  const cycles = findCycles(graph.edges);
  const lines = graph.nodes.map((node) => `  ${names.get(node.key)}["${escapeLabel(nodeLabel(node))}"]`);
  for (const edge of graph.edges) {
    lines.push(`  ${names.get(edge.child)} ${edge.kind === 'direct' ? '-->' : '-.->'} ${names.get(edge.parent)}`);
  }
  const listed = (keys: Iterable<string>) => [...keys].map((key) => names.get(key)).join(',');
  if (cycles.nodes.size > 0) {
    lines.push('  classDef cycle stroke:#d1242f,stroke-width:3px', `  class ${listed(cycles.nodes)} cycle`);
  }
  const missing = graph.nodes.filter((node) => node.isMissing).map((node) => node.key);
  if (missing.length > 0) lines.push('  classDef missing stroke-dasharray:4', `  class ${listed(missing)} missing`);
  // Bottom to top, because arrows point from child to parent and parents are to be above.
  return ['flowchart BT', ...lines, ''].join('\n');
}

function escapeLabel(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,:/()_+-]/gu, (character) => `#${character.codePointAt(0)};`);
}
