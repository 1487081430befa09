import { nodeLabel } from '../graph/graph.ts';
import { inks } from './appearance.ts';
import type { Drawing, DrawnEdge, DrawnNode } from './drawing.ts';
import type { Point } from './layered.ts';
import type { Line } from './line.ts';

const margin = 24;

/** The drawing as a stand-alone SVG file, in which names are escaped text and nothing else. */
export function printSvg(drawing: Drawing): string {
  const { background, cycle, edge } = inks[drawing.theme];
  const left = Math.min(...drawing.nodes.map(({ point, box }) => point.x - box.width / 2)) - margin;
  const top = Math.min(...drawing.nodes.map(({ point, box }) => point.y - box.height / 2)) - margin;
  const right = Math.max(...drawing.nodes.map(({ point, box }) => point.x + box.width / 2)) + margin;
  const bottom = Math.max(...drawing.nodes.map(({ point, box }) => point.y + box.height / 2)) + margin;
  const [width, height] = drawing.nodes.length === 0 ? [0, 0] : [round(right - left), round(bottom - top)];
  const viewBox = drawing.nodes.length === 0 ? '0 0 0 0' : `${round(left)} ${round(top)} ${width} ${height}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${viewBox}" font-family="Roboto, sans-serif" font-size="13">`,
    '<defs>',
    arrowhead('arrow', edge),
    arrowhead('cycle-arrow', cycle),
    '</defs>',
    drawing.nodes.length === 0
      ? ''
      : `<rect x="${round(left)}" y="${round(top)}" width="${width}" height="${height}" fill="${background}"/>`,
    ...drawing.edges.map(printEdge),
    ...drawing.nodes.map(printNode),
    '</svg>',
    '',
  ].join('\n');
}

function arrowhead(id: string, colour: string): string {
  return `<marker id="${id}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8Z" fill="${colour}"/></marker>`;
}

function printNode({ node, box, point, palette, border, borderColour, isOnCycle }: DrawnNode): string {
  const dash = border.dashes.length === 0 ? '' : ` stroke-dasharray="${border.dashes.join(' ')}"`;
  const width = border.isDouble ? 1.5 : border.width;
  const look = `stroke="${borderColour}" stroke-width="${isOnCycle ? Math.max(3, width) : width}"${dash}`;
  const opacity = node.isMissing ? ' fill-opacity="0.25"' : '';
  const frame = (inset: number, fill: string) =>
    `<rect x="${round(point.x - box.width / 2 + inset)}" y="${round(point.y - box.height / 2 + inset)}" width="${box.width - 2 * inset}" height="${box.height - 2 * inset}" rx="${8 - inset}" fill="${fill}"${opacity} ${look}/>`;
  return [
    `<g><title>${escapeText(nodeLabel(node))}</title>`,
    frame(0, palette.fill),
    border.isDouble ? frame(3, 'none') : '',
    `<text x="${round(point.x)}" y="${round(point.y)}" text-anchor="middle" dominant-baseline="central" fill="${palette.text}">${escapeText(box.text)}</text></g>`,
  ].join('');
}

function printEdge({ edge, from, to, line, colour, isOnCycle }: DrawnEdge): string {
  const dash = edge.kind === 'indirect' ? ' stroke-dasharray="5 5"' : '';
  const head = isOnCycle ? 'cycle-arrow' : 'arrow';
  const path = from === to ? loopPath(from) : linePath(line);
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${isOnCycle ? 2.5 : 1.5}"${dash} marker-end="url(#${head})"/>`;
}

function loopPath({ point, box }: DrawnNode): string {
  const right = round(point.x + box.width / 2);
  return `M${right} ${round(point.y - 8)}c40 -24 40 40 0 16`;
}

function linePath({ start, end, controls }: Line): string {
  const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`;
  const parts = controls.map((control, index) => {
    const next = controls[index + 1];
    const to = next === undefined ? end : { x: (control.x + next.x) / 2, y: (control.y + next.y) / 2 };
    return `Q${at(control)} ${at(to)}`;
  });
  return `M${at(start)}${parts.length === 0 ? `L${at(end)}` : parts.join('')}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Characters that XML 1.0 has no way to write are dropped: one of them would spoil the whole file. */
function escapeText(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
