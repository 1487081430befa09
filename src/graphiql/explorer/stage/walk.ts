import type { Scene, SceneBox } from '../look/scene.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The box that an arrow key leads to: along a line to the nearest on that side, or to the next of the same column. */
export function nextBox(scene: Scene, from: string, direction: Direction): string | undefined {
  const box = scene.boxes.find(({ key }) => key === from);
  if (box === undefined) return scene.boxes[0]?.key;
  if (direction === 'up' || direction === 'down') {
    const column = scene.boxes
      .filter(({ place }) => place.x === box.place.x)
      .sort((one, other) => one.place.y - other.place.y);
    return column[column.indexOf(box) + (direction === 'up' ? -1 : 1)]?.key;
  }
  const linked = new Set(
    scene.lines.flatMap(({ child, parent }) => {
      if (direction === 'left') return child === from ? [parent] : [];
      return parent === from ? [child] : [];
    }),
  );
  return nearest(
    box,
    scene.boxes.filter(({ key }) => linked.has(key)),
  );
}

function nearest(to: SceneBox, boxes: readonly SceneBox[]): string | undefined {
  const distance = ({ place }: SceneBox) => Math.hypot(place.x - to.place.x, place.y - to.place.y);
  return boxes.toSorted((one, other) => distance(one) - distance(other))[0]?.key;
}

/** In reading order: column by column, from the top. */
export function readingOrder(boxes: readonly SceneBox[]): readonly SceneBox[] {
  return boxes.toSorted((one, other) => one.place.x - other.place.x || one.place.y - other.place.y);
}
