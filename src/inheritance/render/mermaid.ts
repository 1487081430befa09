import { type Diagram, detailLine, labelLine, typePalettes } from './diagram.ts';

/** Mermaid draws no more edges than this unless its host page raises `maxEdges`; the text itself can't. */
const defaultMaxEdges = 500;

/**
 * A Mermaid flowchart, parents above children, an arrow from each child to its parent. The type shows as colour, a state
 * other than RUNNING as a dashed outline; both stand in the label too. Node ids are made up (`n0`, `n1`, …) and labels keep
 * only letters, digits, spaces and a few harmless marks as they are: no name can inject syntax, markup or a directive. O(text).
 */
export function printMermaid(diagram: Diagram): string {
  const paletteOf = typePalettes(diagram);
  const classes = new Map<string, string>();
  const lines = ['flowchart BT'];
  if (diagram.edges.length > defaultMaxEdges) {
    lines.push(
      `  %% ${diagram.edges.length} edges: the page that draws this must set maxEdges (and maxTextSize) higher`,
    );
  }
  diagram.nodes.forEach((node, number) => {
    const { fill, line, text } = paletteOf(node.typeName);
    const dashed = node.state === 'RUNNING' ? '' : ',stroke-dasharray:4';
    const style = `fill:${fill},stroke:${line},color:${text}${dashed}`;
    const className = classes.get(style) ?? `c${classes.size}`;
    classes.set(style, className);
    const label = `${escapeLabel(labelLine(node.name))}<br/>${escapeLabel(detailLine(node))}`;
    lines.push(`  n${number}["${label}"]:::${className}`);
  });
  for (const { child, parent } of diagram.edges) lines.push(`  n${child} --> n${parent}`);
  for (const [style, className] of classes) lines.push(`  classDef ${className} ${style}`);
  return `${lines.join('\n')}\n`;
}

/**
 * Everything but letters, marks, digits, spaces, commas and inner hyphens becomes an entity code. That is more than quotes and
 * brackets: `:` and `.` because Mermaid patches lines that look like styles and makes links of what looks like an address,
 * and what Markdown would read as a list, emphasis or code. Two dollars would begin a formula even so: they are kept apart by a
 * character that nobody sees.
 */
function escapeLabel(label: string): string {
  return label
    .replaceAll(/\$(?=\$)/g, '$\u2060')
    .replace(/^-|[^\p{L}\p{M}\p{N} ,-]/gu, (character) => `#${character.codePointAt(0)};`);
}
