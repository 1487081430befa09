import { type InheritanceGraph, nodeLabel } from '../graph/graph.ts';

/** How large a node is drawn, and the text that fits into it. */
export interface Box {
  readonly key: string;
  readonly width: number;
  readonly height: number;
  readonly text: string;
}

const characterWidth = 7;
const padding = 28;
const narrowest = 92;
const widest = 220;
const height = 38;

/** As wide as the name needs, within limits; a longer name is cut, and can be read in full on the node's card. */
export function boxesOf(graph: InheritanceGraph): readonly Box[] {
  return graph.nodes.map((node) => {
    const label = nodeLabel(node).replace(/\s+/g, ' ');
    const characters = [...label];
    const most = Math.floor((widest - padding) / characterWidth);
    const text = characters.length <= most ? label : `${characters.slice(0, most - 1).join('')}…`;
    const width = Math.max(narrowest, Math.min(widest, [...text].length * characterWidth + padding));
    return { key: node.key, width, height, text };
  });
}
