import { printMermaid } from '../../../inheritance/render/mermaid.ts';
import { finish } from '../../../inheritance/steps.ts';
import type { Scene } from '../look/scene.ts';
import type { PictureFile } from './svg.ts';

export { printSvg } from './svg.ts';

/** What the stage shows as a Mermaid flowchart, as the gateway prints its own. */
export function sceneMermaid(scene: Scene): string {
  const profiles = scene.boxes.filter(({ kind }) => kind === 'profile');
  const numbers = new Map(profiles.map(({ key }, number) => [key, number]));
  const cycles = new Set(scene.lines.flatMap(({ look, child, parent }) => (look === 'cycle' ? [child, parent] : [])));
  return finish(
    printMermaid({
      nodes: profiles.map(({ key, name, sub }) => ({
        name,
        typeName: sub ?? null,
        state: null,
        isOnCycle: cycles.has(key),
      })),
      edges: scene.lines.flatMap(({ child, parent }) => {
        const [from, to] = [numbers.get(child), numbers.get(parent)];
        return from === undefined || to === undefined ? [] : [{ child: from, parent: to }];
      }),
    }),
  );
}

const scale = 2;
/** Browsers draw no larger ones. */
const longestSide = 16_000;

/** The picture of an SVG file at twice its size. */
export async function drawPng({ svg, width, height }: PictureFile): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const factor = Math.min(scale, longestSide / Math.max(width, height, 1));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * factor));
  canvas.height = Math.max(1, Math.round(height * factor));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error('The picture is too large to draw.')) : resolve(blob))),
  );
}
