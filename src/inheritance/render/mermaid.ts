import type { Steps } from '../steps.ts';
import { type Diagram, isSolid, labelLinesOf, typePalettes } from './diagram.ts';

/** Mermaid draws no more edges than this unless its host page raises `maxEdges`; the text itself can't. */
const defaultMaxEdges = 500;

const cycleStroke = '#d1242f,stroke-width:3px';

/**
 * A Mermaid flowchart, parents above children, an arrow from each child to its parent. The type shows as colour, a state
 * other than RUNNING as a dashed outline; both stand in the label too. Cycles are red, indirect edges dotted. Node ids are made up (`n0`, `n1`, …) and labels keep
 * only letters, digits, spaces and a few harmless marks as they are: no name can inject syntax, markup or a directive. O(text).
 */
export function* printMermaid(diagram: Diagram): Steps<string> {
  const paletteOf = typePalettes(diagram);
  const classes = new Map<string, string>();
  const lines = ['flowchart BT'];
  if (diagram.edges.length > defaultMaxEdges) {
    lines.push(
      `  %% ${diagram.edges.length} edges: the page that draws this must set maxEdges (and maxTextSize) higher`,
    );
  }
  for (const [number, node] of diagram.nodes.entries()) {
    const { fill, line, text } = paletteOf(node.typeName);
    const dashed = isSolid(node) ? '' : ',stroke-dasharray:4';
    const style = `fill:${fill},stroke:${node.isOnCycle ? cycleStroke : line},color:${text}${dashed}`;
    const className = classes.get(style) ?? `c${classes.size}`;
    classes.set(style, className);
    const label = labelLinesOf(node).map(escapeLabel).join('<br/>');
    lines.push(`  n${number}["${label}"]:::${className}`);
    yield;
  }
  for (const { child, parent, isIndirect } of diagram.edges) {
    lines.push(`  n${child} ${isIndirect ? '-.->' : '-->'} n${parent}`);
  }
  for (const [style, className] of classes) lines.push(`  classDef ${className} ${style}`);
  return `${lines.join('\n')}\n`;
}

/**
 * Pairs that mean something to Mermaid even as entity codes, since it reads a label again after it has decoded them: the start of a
 * formula, a line break, an icon, and its own marks for entity codes.
 */
const pairs = /\$(?=\$)|\\(?=n)|:(?=fa-)|ﬂ(?=°)|¶(?=ß)/g;

/**
 * Everything but letters, marks, digits, spaces, commas and inner hyphens becomes an entity code. That is more than quotes and
 * brackets: `:` and `.` because Mermaid patches lines that look like styles and makes links of what looks like an address,
 * and what Markdown would read as a list, emphasis or code. "direction LR" is read as a command wherever it stands in a line,
 * quotes or not. Pairs are kept apart by a word joiner, which nobody sees.
 */
function escapeLabel(label: string): string {
  return label
    .replaceAll(pairs, '$&\u2060')
    .replace(/^-|d(?=irection )|[^\p{L}\p{M}\p{N} ,-]/gu, (character) => `#${character.codePointAt(0)};`);
}
