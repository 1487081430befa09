import { type RefObject, useState } from 'react';
import { inks } from '../drawing/appearance.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { printSvg } from '../drawing/svg.ts';
import type { InheritanceGraph } from '../graph/graph.ts';
import { printGraph } from '../graph/mermaid.ts';
import type { CanvasHandle } from './canvas.tsx';
import { download } from './download.ts';

interface ToolbarProps {
  readonly graph: InheritanceGraph;
  readonly drawing: Drawing;
  readonly canvas: RefObject<CanvasHandle | null>;
  readonly isLarge: boolean;
  readonly onResize: () => void;
}

/** Zoom, full window, and taking the drawing elsewhere. */
export function Toolbar({ graph, drawing, canvas, isLarge, onResize }: ToolbarProps) {
  const [said, setSaid] = useState('');
  async function copyMermaid() {
    await navigator.clipboard.writeText(printGraph(graph));
    setSaid('Copied.');
    setTimeout(() => setSaid(''), 2_000);
  }
  function savePng() {
    if (canvas.current !== null) download('inheritance.png', canvas.current.png(inks[drawing.theme].background));
  }
  return (
    <div className="inheritance-toolbar" role="toolbar" aria-label="Drawing">
      <span className="button-group">
        <button type="button" aria-label="Zoom out" onClick={() => canvas.current?.zoom(0.75)}>
          −
        </button>
        <button type="button" aria-label="Zoom in" onClick={() => canvas.current?.zoom(1.333)}>
          +
        </button>
        <button type="button" onClick={() => canvas.current?.fit()}>
          Fit
        </button>
        <button type="button" aria-pressed={isLarge} onClick={onResize}>
          {isLarge ? 'Smaller' : 'Full window'}
        </button>
      </span>
      <fieldset className="button-group" aria-label="Export">
        <button type="button" title="Save as a PNG picture" onClick={savePng}>
          PNG
        </button>
        <button
          type="button"
          title="Save as an SVG drawing"
          onClick={() => download('inheritance.svg', printSvg(drawing), 'image/svg+xml')}
        >
          SVG
        </button>
        <button
          type="button"
          title="Save as a Mermaid flowchart"
          onClick={() => download('inheritance.mmd', printGraph(graph), 'text/plain')}
        >
          Mermaid
        </button>
        <button type="button" title="Copy as a Mermaid flowchart" onClick={() => void copyMermaid()}>
          Copy Mermaid
        </button>
      </fieldset>
      <span role="status">{said}</span>
    </div>
  );
}
