import { type InheritanceGraph, nodeLabel } from '../graph/graph.ts';

/** How large a node is drawn, and the text that fits into it. */
export interface Box {
  readonly key: string;
  readonly width: number;
  readonly height: number;
  readonly text: string;
}

const padding = 28;
const narrowest = 92;
const widest = 220;
const height = 38;

/** As wide as the name needs, within limits; a longer name is cut, and can be read in full on the node's card. */
export function boxesOf(graph: InheritanceGraph): readonly Box[] {
  return graph.nodes.map((node) => {
    const text = shorten(nodeLabel(node).replace(/\s+/g, ' '), widest - padding);
    return { key: node.key, width: Math.max(narrowest, measure(text) + padding), height, text };
  });
}

function shorten(label: string, room: number): string {
  if (measure(label) <= room) return label;
  let text = '';
  for (const character of label) {
    if (measure(`${text}${character}…`) > room) break;
    text += character;
  }
  return `${text}…`;
}

/** An estimate, so that the layout needs no canvas: letters of the font used average 7 pixels, those of East Asia and emoji 14. */
function measure(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u1100-\u115f\u2e80-\uffdc\u{1f000}-\u{3ffff}]/u.test(character) ? 14 : 7;
  return width;
}
