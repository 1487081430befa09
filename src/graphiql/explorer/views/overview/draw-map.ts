import { groupBy } from '../../../group-by.ts';
import type { MapPlaces } from '../../layout/map-places.ts';
import { inkIn, type Theme } from '../../look/colours.ts';

/** All marks. Marks of one colour are drawn together, which is several times faster. */
export function drawMap(
  canvas: HTMLCanvasElement,
  places: MapPlaces,
  lookOf: (id: string) => { readonly fill: string; readonly isFaint: boolean },
): void {
  const context = prepare(canvas);
  if (context === undefined) return;
  const looked = [...places.marks].map(([id, mark]) => ({ ...lookOf(id), mark }));
  for (const marks of groupBy(looked, ({ fill, isFaint }) => `${fill} ${isFaint}`).values()) {
    context.fillStyle = marks[0]?.fill ?? '';
    context.globalAlpha = marks[0]?.isFaint === true ? 0.28 : 1;
    for (const { x, y } of marks.map(({ mark }) => mark)) context.fillRect(x, y, places.mark, places.mark);
  }
  context.globalAlpha = 1;
}

/** On a second canvas, so that pointing draws no map: what a profile reaches, with lines to its direct relatives. */
export function drawPointed(
  canvas: HTMLCanvasElement,
  places: MapPlaces,
  pointed: string | undefined,
  relatives: { readonly direct: readonly string[]; readonly all: ReadonlySet<string> } | undefined,
  theme: Theme,
): void {
  const context = prepare(canvas);
  const mark = pointed === undefined ? undefined : places.marks.get(pointed);
  if (context === undefined || mark === undefined || relatives === undefined) return;
  const half = places.mark / 2;
  context.fillStyle = inkIn(theme, 'primary');
  context.globalAlpha = 0.75;
  for (const id of relatives.all) {
    const other = places.marks.get(id);
    if (other !== undefined) context.fillRect(other.x, other.y, places.mark, places.mark);
  }
  context.globalAlpha = 1;
  context.strokeStyle = inkIn(theme, 'primary');
  context.lineWidth = 1;
  context.beginPath();
  for (const id of relatives.direct) {
    const other = places.marks.get(id);
    if (other === undefined) continue;
    context.moveTo(mark.x + half, mark.y + half);
    const middle = (mark.x + other.x) / 2 + half;
    context.bezierCurveTo(middle, mark.y + half, middle, other.y + half, other.x + half, other.y + half);
  }
  context.stroke();
  context.lineWidth = 2;
  context.strokeStyle = inkIn(theme, 'text');
  context.strokeRect(mark.x - 1, mark.y - 1, places.mark + 2, places.mark + 2);
}

/** The profile whose mark, or the gap beside it, is at a place. */
export function markAt(places: MapPlaces, x: number, y: number): string | undefined {
  const reach = places.mark + 2;
  for (const [id, mark] of places.marks) {
    if (x >= mark.x - 1 && x < mark.x + reach && y >= mark.y - 1 && y < mark.y + reach) return id;
  }
  return undefined;
}

/** Clears a canvas and fits it to the area in which it stands. */
function prepare(canvas: HTMLCanvasElement): CanvasRenderingContext2D | undefined {
  const area = canvas.parentElement;
  const context = canvas.getContext('2d');
  if (area === null || context === null) return undefined;
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [area.offsetWidth, area.offsetHeight];
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
