import type { Steps } from '../steps.ts';
import { type Diagram, isSolid, labelLinesOf, typePalettes } from './diagram.ts';

/**
 * A Graphviz digraph, parents above children, an arrow from each child to its parent. The type shows as fill colour, a
 * state other than RUNNING as a dashed outline; both stand in the label too. Node ids are made up (`n0`, `n1`, …) and every
 * text is a quoted string, never an HTML label, so no name can inject syntax. O(text).
 */
export function* printDot(diagram: Diagram): Steps<string> {
  const paletteOf = typePalettes(diagram);
  const lines = [
    'digraph inheritance {',
    '  rankdir=BT;',
    '  node [shape=box, fontname="Helvetica", style="rounded,filled"];',
  ];
  for (const [number, node] of diagram.nodes.entries()) {
    const { fill, line, text } = paletteOf(node.typeName);
    // Graphviz itself turns \n into a line break within a label.
    const label = labelLinesOf(node).map(escapeText).join('\\n');
    const style = isSolid(node) ? '' : ', style="rounded,filled,dashed"';
    lines.push(`  n${number} [label="${label}", fillcolor="${fill}", color="${line}", fontcolor="${text}"${style}];`);
    yield;
  }
  for (const { child, parent } of diagram.edges) lines.push(`  n${child} -> n${parent};`);
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

/** A quote would end the string; Graphviz reads `\N` and the like as escapes and `&lt;` and the like as entities. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}
