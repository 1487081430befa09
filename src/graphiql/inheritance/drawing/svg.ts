import { inks } from './appearance.ts';
import { curveBetween } from './curve.ts';
import type { Drawing, DrawnEdge, DrawnNode } from './drawing.ts';
import type { Point } from './layered.ts';

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
  const dash = { solid: '', double: '', dashed: ' stroke-dasharray="6 4"', dotted: ' stroke-dasharray="2 3"' }[border];
  const strokeWidth = isOnCycle || border === 'double' ? 3 : border === 'solid' ? 1.5 : 2;
  const opacity = node.isMissing ? ' fill-opacity="0.25"' : '';
  return [
    `<g><title>${escapeText(node.name ?? node.id ?? '')}</title>`,
    `<rect x="${round(point.x - box.width / 2)}" y="${round(point.y - box.height / 2)}" width="${box.width}" height="${box.height}" rx="8" fill="${palette.fill}"${opacity} stroke="${borderColour}" stroke-width="${strokeWidth}"${dash}/>`,
    `<text x="${round(point.x)}" y="${round(point.y)}" text-anchor="middle" dominant-baseline="central" fill="${palette.text}">${escapeText(box.text)}</text></g>`,
  ].join('');
}

function printEdge({ edge, from, to, colour, isOnCycle }: DrawnEdge): string {
  const start = { x: from.point.x, y: from.point.y - from.box.height / 2 };
  const end = { x: to.point.x, y: to.point.y + to.box.height / 2 };
  const dash = edge.kind === 'indirect' ? ' stroke-dasharray="5 5"' : '';
  const head = isOnCycle ? 'cycle-arrow' : 'arrow';
  return `<path d="${pathOf(start, end, from === to)}" fill="none" stroke="${colour}" stroke-width="${isOnCycle ? 2.5 : 1.5}"${dash} marker-end="url(#${head})"/>`;
}

function pathOf(start: Point, end: Point, isLoop: boolean): string {
  const move = `M${round(start.x)} ${round(start.y)}`;
  if (isLoop) return `${move}c60 -60 60 98 0 ${round(end.y - start.y)}`;
  if (curveBetween(start, end) === undefined) return `${move}L${round(end.x)} ${round(end.y)}`;
  const middle = round((start.y + end.y) / 2);
  return `${move}C${round(start.x)} ${middle} ${round(end.x)} ${middle} ${round(end.x)} ${round(end.y)}`;
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
