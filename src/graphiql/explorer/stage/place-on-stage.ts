import type { Scene } from '../look/scene.ts';
import type { Size } from '../page/use-size.ts';

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
  size: Size,
  focus: string | undefined,
  anchor: string | undefined,
  before: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Point> {
  const places = new Map(scene.boxes.map(({ key, place }) => [key, place]));
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
    const scroll = clamp(wanted === undefined ? centred : -wanted, 0, -free);
    return { offset: 0, scroll };
  };
  const across = axis('x', size.width, scene.width, middle?.width ?? 0);
  const down = axis('y', size.height, scene.height, middle?.height ?? 0);
  picture.style.left = `${across.offset}px`;
  picture.style.top = `${down.offset}px`;
  area.scrollTo(across.scroll, down.scroll);
  return new Map(
    scene.boxes.map(({ key, place }) => [
      key,
      { x: across.offset + place.x - area.scrollLeft, y: down.offset + place.y - area.scrollTop },
    ]),
  );
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
