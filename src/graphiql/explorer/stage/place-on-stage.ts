import type { Rectangle } from '../layout/columns.ts';
import type { Scene } from '../look/scene.ts';
import type { Size } from '../page/browser.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Puts the picture on the stage. What was clicked stays under the pointer as far as the stage allows; what the view is about is inside
 * the stage in any case. Answers where each box then stands, seen from the stage's upper left corner.
 */
export function placeOnStage(
  area: HTMLElement,
  picture: HTMLElement,
  scene: Scene,
  scale: number,
  size: Size,
  focus: string | undefined,
  anchor: string | undefined,
  before: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Point> {
  const places = new Map(scene.boxes.map(({ key, place }) => [key, scaled(place, scale)]));
  const held = anchor === undefined ? undefined : places.get(anchor);
  const was = anchor === undefined ? undefined : before.get(anchor);
  const middle = focus === undefined ? undefined : places.get(focus);
  const axis = (
    side: 'x' | 'y',
    room: number,
    length: number,
    boxLength: number,
  ): { offset: number; scroll: number } => {
    const free = room - length;
    const wanted = held !== undefined && was !== undefined ? was[side] - held[side] : undefined;
    if (free >= 0) {
      const rest = side === 'y' && scene.headings.length > 0 ? 0 : free / 2;
      return { offset: clamp(wanted ?? rest, 0, free), scroll: 0 };
    }
    const centred = middle === undefined ? 0 : middle[side] + boxLength / 2 - room / 2;
    const scroll = wanted === undefined ? centred : -wanted;
    const inside = middle === undefined ? scroll : clamp(scroll, middle[side] + boxLength - room, middle[side]);
    return { offset: 0, scroll: clamp(inside, 0, -free) };
  };
  const across = axis('x', size.width, scene.width * scale, middle?.width ?? 0);
  const down = axis('y', size.height, scene.height * scale, middle?.height ?? 0);
  picture.style.left = `${across.offset}px`;
  picture.style.top = `${down.offset}px`;
  area.scrollTo(across.scroll, down.scroll);
  return new Map(
    Array.from(places, ([key, { x, y }]) => [
      key,
      { x: across.offset + x - area.scrollLeft, y: down.offset + y - area.scrollTop },
    ]),
  );
}

/** A picture that is a little too large is shrunk to fit, so far that all of its text stays readable. */
export function scaleFor(scene: Scene, size: Size | undefined): number {
  if (size === undefined) return 1;
  return clamp(Math.min(size.width / scene.width, size.height / scene.height), smallestScale, 1);
}

const smallestScale = 0.9;

export function scaled({ x, y, width, height }: Rectangle, scale: number): Rectangle {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
