import { boxInks, chipColours, type Ink, inkIn, lineInks, type Theme, type TypeLook } from '../look/colours.ts';
import { type LegendEntry, legendOf } from '../look/legend.ts';
import type { Scene, SceneBox, SceneLine } from '../look/scene.ts';

export interface PictureFile {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

export interface PrintRequest {
  readonly scene: Scene;
  readonly title: string;
  /** Lines under the title, such as the changes whose effect is drawn. */
  readonly notes?: readonly string[];
  readonly theme: Theme;
  readonly looks: ReadonlyMap<string, TypeLook>;
  /** How wide a text is on screen; another font must not make it wider. */
  readonly widthOf: (text: string, shape: Scene['shape']) => number;
}

const titleHeight = 44;
const noteHeight = 18;
const legendHeight = 40;

/** What the stage shows as a file of its own: with title, headings and legend, and lines with arrows from child to parent. */
export function printSvg({ scene, title, notes = [], theme, looks, widthOf }: PrintRequest): PictureFile {
  const ink: Inks = (name) => inkIn(theme, name);
  const legend = legendOf(scene, looks);
  const width = Math.max(scene.width, 480, title.length * 9, ...notes.map(({ length }) => length * 7));
  const headHeight = titleHeight + notes.length * noteHeight;
  const height = headHeight + scene.height + legendHeight;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Roboto, Arial, sans-serif">`,
    `<title>${escapeText(title)}</title>`,
    '<defs>',
    ...Object.entries(lineInks).map(([look, line]) => arrowhead(look, ink(line.ink))),
    '</defs>',
    `<rect width="${width}" height="${height}" fill="${ink('background')}"/>`,
    `<text x="20" y="28" font-size="17" font-weight="500" fill="${ink('text')}">${escapeText(title)}</text>`,
    ...notes.map(
      (note, index) =>
        `<text x="20" y="${titleHeight + 4 + index * noteHeight}" font-size="12.5" fill="${ink('quiet')}">${escapeText(note)}</text>`,
    ),
    `<g transform="translate(0 ${headHeight})">`,
    ...scene.headings.map(
      ({ text, x }) =>
        `<text x="${x}" y="18" font-size="12" font-weight="500" fill="${ink('quiet')}">${escapeText(text)}</text>`,
    ),
    ...scene.lines.filter(({ look }) => look !== 'cycle').map((line) => printArrow(line, ink)),
    ...scene.boxes.map((box) => printBox(box, scene.shape, theme, ink, widthOf)),
    ...scene.lines.filter(({ look }) => look === 'cycle').map((line) => printArrow(line, ink)),
    '</g>',
    `<g transform="translate(20 ${headHeight + scene.height + 8})" font-size="12">`,
    ...printLegend(legend, theme, ink),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
  return { svg, width, height };
}

type Inks = (ink: Ink) => string;

/** Its point is on the border of the parent's box: boxes are drawn later and would hide what lies further in. */
function arrowhead(look: string, colour: string): string {
  return `<marker id="to-${look}" viewBox="0 0 8 8" refX="8" refY="4" markerUnits="userSpaceOnUse" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 8 4 0 8Z" fill="${colour}"/></marker>`;
}

/** Paths run from the parent to the child; the arrow points the other way, as in DOT. */
function printLine({ path, look }: Pick<SceneLine, 'path' | 'look'>, ink: Inks, arrow: string): string {
  const line = lineInks[look];
  const dash = line.isDashed ? ' stroke-dasharray="6 4"' : '';
  return `<path d="${path}" fill="none" stroke="${ink(line.ink)}" stroke-width="${line.width}"${dash}${arrow}/>`;
}

function printArrow(line: SceneLine, ink: Inks): string {
  return printLine(line, ink, ` marker-start="url(#to-${line.look})"`);
}

function printBox(
  box: SceneBox,
  shape: Scene['shape'],
  theme: Theme,
  ink: Inks,
  widthOf: PrintRequest['widthOf'],
): string {
  const { place, lines, chip, isDashed, isFocus, badge, sub } = box;
  const { fill, edge, text } = boxInks[box.tone];
  const border = isFocus ? 'primary' : edge;
  const dash = isDashed ? ' stroke-dasharray="5 3"' : '';
  const parts = [
    `<g transform="translate(${place.x} ${place.y})"><title>${escapeText(box.name)}</title>`,
    `<rect width="${place.width}" height="${place.height}" rx="${shape === 'card' ? 8 : 4}" fill="${ink(fill)}" stroke="${ink(border)}" stroke-width="${isFocus ? 2.5 : 1}"${dash}/>`,
  ];
  const isCard = shape === 'card' && box.kind === 'profile';
  if (isCard && chip !== undefined) {
    const colours = chipColours(chip.slot, theme);
    parts.push(
      `<rect x="9" y="${place.height / 2 - 11}" width="22" height="22" rx="5" fill="${colours.fill}"/>`,
      `<text x="20" y="${place.height / 2 + 4}" text-anchor="middle" font-size="11" font-weight="500" fill="${colours.text}">${escapeText(chip.letters)}</text>`,
    );
  }
  const shown = isCard && lines.length === 1 && sub !== undefined ? [...lines, sub] : lines;
  for (const [index, line] of shown.entries()) {
    const isSub = isCard && index === lines.length;
    const size = isCard && !isSub ? 13 : 12.5;
    const y = place.height / 2 + 4 + (index - (shown.length - 1) / 2) * 16;
    const x = isCard ? 38 : box.kind === 'stub' ? place.width / 2 : 9;
    const anchor = box.kind === 'stub' ? ' text-anchor="middle"' : '';
    // Other fonts are wider: the text keeps the width that it has on screen.
    const length =
      isSub || line === '' ? '' : ` textLength="${Math.ceil(widthOf(line, shape))}" lengthAdjust="spacingAndGlyphs"`;
    parts.push(
      `<text x="${x}" y="${y}" font-size="${size}" font-weight="${isSub ? 400 : 500}"${anchor}${length} fill="${ink(isSub && box.tone !== 'direct' ? 'quiet' : text)}">${escapeText(line)}</text>`,
    );
  }
  if (badge !== undefined) {
    parts.push(
      `<text x="${place.width - 8}" y="${place.height / 2 + 4}" text-anchor="end" font-size="12" font-weight="500" fill="${ink(badge.includes('−') ? 'lost' : 'gained')}">${escapeText(badge)}</text>`,
    );
  }
  if (box.hasFinding && isCard) parts.push(`<path d="M${place.width - 14} 6l6 -11 6 11Z" fill="${ink('warning')}"/>`);
  parts.push('</g>');
  return parts.join('');
}

function printLegend(entries: readonly LegendEntry[], theme: Theme, ink: Inks): readonly string[] {
  const parts: string[] = [];
  let x = 0;
  for (const { sign, text } of entries) {
    parts.push(printSign(sign, x, theme, ink));
    parts.push(`<text x="${x + 34}" y="16" fill="${ink('quiet')}">${escapeText(text)}</text>`);
    x += 54 + text.length * 7;
  }
  return parts;
}

function printSign(sign: LegendEntry['sign'], x: number, theme: Theme, ink: Inks): string {
  switch (sign.kind) {
    case 'chip': {
      const colours = chipColours(sign.slot, theme);
      return `<rect x="${x}" y="1" width="24" height="20" rx="5" fill="${colours.fill}"/><text x="${x + 12}" y="15" text-anchor="middle" font-size="11" font-weight="500" fill="${colours.text}">${escapeText(sign.letters)}</text>`;
    }
    case 'badge':
      return `<text x="${x + 4}" y="16" font-weight="500" fill="${ink(sign.tone)}">${sign.text}</text>`;
    case 'warning':
      return `<path d="M${x + 4} 18l8 -14 8 14Z" fill="${ink('warning')}"/>`;
    case 'box':
      return `<rect x="${x}" y="4" width="26" height="14" rx="4" fill="${ink(boxInks[sign.tone].fill)}" stroke="${ink(boxInks[sign.tone].edge)}"${sign.isDashed ? ' stroke-dasharray="4 3"' : ''}/>`;
    case 'line':
      return printLine({ path: `M${x} 11H${x + 28}`, look: sign.look }, ink, '');
  }
}

/** Characters that XML 1.0 has no way to write are dropped: one of them would spoil the whole file. */
function escapeText(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
