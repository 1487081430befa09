import { useMemo } from 'react';
import { download, fileName, printCsv } from '../export/files.ts';
import { drawPng, sceneMermaid } from '../export/scene-files.ts';
import { printSvg } from '../export/svg.ts';
import type { Scene } from '../look/scene.ts';
import { useMeasures, useTheme } from '../page/browser.ts';
import { type MenuItem, useFrame } from '../page/frame.tsx';
import { useTypeLooks } from '../page/questions.ts';

/** A picture's files: PNG, SVG and Mermaid. */
export function useSceneExports(scene: Scene | undefined, title: string): readonly MenuItem[] {
  const theme = useTheme();
  const looks = useTypeLooks();
  const measures = useMeasures();
  const { say } = useFrame();
  return useMemo(() => {
    if (scene === undefined || scene.boxes.length === 0) return [];
    const print = () =>
      printSvg({
        scene,
        title,
        theme,
        looks,
        widthOf: (text, shape) => measures[shape === 'card' ? 'name' : 'row'](text),
      });
    return [
      {
        text: 'PNG picture',
        onPick: () => {
          const { svg, width, height } = print();
          drawPng(svg, width, height)
            .then((blob) => download(fileName(title, 'png'), blob))
            .catch((error: Error) => say(`The picture could not be made: ${error.message}`));
        },
      },
      { text: 'SVG drawing', onPick: () => download(fileName(title, 'svg'), print().svg, 'image/svg+xml') },
      { text: 'Mermaid flowchart', onPick: () => download(fileName(title, 'mmd'), sceneMermaid(scene), 'text/plain') },
    ];
  }, [scene, title, theme, looks, measures, say]);
}

/** A table as a file, made when it is asked for. */
export function csvItem(text: string, title: string, rows: () => readonly (readonly string[])[]): MenuItem {
  return { text, onPick: () => download(fileName(title, 'csv'), printCsv(rows()), 'text/csv;charset=utf-8') };
}
