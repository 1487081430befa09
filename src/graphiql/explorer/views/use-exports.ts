import { useMemo } from 'react';
import { download, fileName, printCsv } from '../export/files.ts';
import type { PrintRequest } from '../export/svg.ts';
import type { Scene } from '../look/scene.ts';
import { useMeasures, useTheme } from '../page/browser.ts';
import { type MenuItem, useFrame } from '../page/frame.tsx';
import { useTypeLooks } from '../page/questions.ts';

/** A picture's files: PNG, SVG and Mermaid. */
export function useSceneExports(
  scene: Scene | undefined,
  title: string,
  notes?: readonly string[],
): readonly MenuItem[] {
  const theme = useTheme();
  const looks = useTypeLooks();
  const measures = useMeasures();
  const { say } = useFrame();
  return useMemo(() => {
    if (scene === undefined || scene.boxes.length === 0) return [];
    const widthOf: PrintRequest['widthOf'] = (text, shape) => measures[shape === 'card' ? 'name' : 'row'](text);
    return files.map(({ text, ending, type }) => ({
      text,
      onPick: () => {
        contentOf(ending, { scene, title, ...(notes && { notes }), theme, looks, widthOf })
          .then((content) => download(fileName(title, ending), content, type))
          .catch((error: Error) => say(`The file could not be made: ${error.message}`));
      },
    }));
  }, [scene, title, notes, theme, looks, measures, say]);
}

const files = [
  { text: 'PNG picture', ending: 'png', type: 'image/png' },
  { text: 'SVG drawing', ending: 'svg', type: 'image/svg+xml' },
  { text: 'Mermaid flowchart', ending: 'mmd', type: 'text/plain' },
] as const;

/** What makes the files comes with the first of them. */
async function contentOf(ending: 'png' | 'svg' | 'mmd', request: PrintRequest): Promise<Blob | string> {
  const { drawPng, printSvg, sceneMermaid } = await import('../export/scene-files.ts');
  if (ending === 'mmd') return sceneMermaid(request.scene);
  const picture = printSvg(request);
  return ending === 'svg' ? picture.svg : drawPng(picture);
}

/** A table as a file, made when it is asked for. */
export function csvItem(text: string, title: string, rows: () => readonly (readonly string[])[]): MenuItem {
  return { text, onPick: () => download(fileName(title, 'csv'), printCsv(rows()), 'text/csv;charset=utf-8') };
}
