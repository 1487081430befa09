import { useMemo, useRef, useState } from 'react';
import { composeDrawing } from '../drawing/drawing.ts';
import { findConnection } from '../graph/connection.ts';
import { type InheritanceGraph, nodeLabel, type ProfileNode } from '../graph/graph.ts';
import type { Narrowing } from '../graph/narrow.ts';
import { Canvas, type CanvasHandle } from './canvas.tsx';
import { Card } from './card.tsx';
import { ConnectionText } from './connection-text.tsx';
import { EdgeList } from './edge-list.tsx';
import { FindBox } from './find-box.tsx';
import { Legend } from './legend.tsx';
import { Toolbar } from './toolbar.tsx';
import { useLayout } from './use-layout.ts';
import { useProportion } from './use-proportion.ts';
import { useTheme } from './use-theme.ts';

interface GraphViewProps {
  readonly graph: InheritanceGraph;
  readonly expand: (node: ProfileNode, wanted: 'parents' | 'children') => Promise<string | undefined>;
  readonly isLarge: boolean;
  readonly onResize: () => void;
  readonly onNarrow: (narrowing: Narrowing) => void;
}

/** One graph, drawn, with all that can be done with the drawing. */
export function GraphView({ graph, expand, isLarge, onResize, onNarrow }: GraphViewProps) {
  const theme = useTheme();
  const stage = useRef<HTMLDivElement>(null);
  const { layout, failure } = useLayout(graph, useProportion(stage));
  const canvas = useRef<CanvasHandle>(null);
  const [chosen, setChosen] = useState<string>();
  const [isPicking, setIsPicking] = useState(false);
  const [ends, setEnds] = useState<readonly [string, string]>();
  const [sought, setSought] = useState('');

  const drawing = useMemo(
    () => layout && composeDrawing(layout.graph, layout.boxes, layout.places, theme),
    [layout, theme],
  );
  const connection = useMemo(() => ends && findConnection(ends[0], ends[1], graph.edges), [ends, graph]);
  const matches = useMemo(() => {
    const word = sought.trim().toLowerCase();
    if (word === '') return [];
    return graph.nodes.filter((node) => nodeLabel(node).toLowerCase().includes(word)).map((node) => node.key);
  }, [graph, sought]);
  const found = useMemo(() => new Set(matches), [matches]);
  const nameOf = useMemo(() => {
    const names = new Map(graph.nodes.map((node) => [node.key, nodeLabel(node)]));
    return (key: string) => names.get(key) ?? key;
  }, [graph]);

  function choose(key: string | undefined, isSecond: boolean) {
    if (key !== undefined && chosen !== undefined && key !== chosen && (isSecond || isPicking)) {
      setEnds([chosen, key]);
      setIsPicking(false);
      return;
    }
    setIsPicking(false);
    if (key === undefined) setEnds(undefined);
    setChosen(key);
  }

  function go(key: string) {
    choose(key, false);
    canvas.current?.show(key);
  }

  if (failure !== undefined) {
    return (
      <p className="panel-notice" role="alert">
        The layout failed: {failure}
      </p>
    );
  }
  const node = drawing?.nodes.find((drawn) => drawn.node.key === chosen);
  return (
    <>
      <div className="inheritance-controls">
        <FindBox text={sought} matches={matches} onChange={setSought} onGo={go} />
        {drawing && <Toolbar graph={graph} drawing={drawing} canvas={canvas} isLarge={isLarge} onResize={onResize} />}
      </div>
      {isPicking && (
        <p className="panel-notice" role="status">
          Now the other profile: click it, or find it by name and press Enter.{' '}
          <button type="button" className="text-button" onClick={() => setIsPicking(false)}>
            Cancel
          </button>
        </p>
      )}
      {ends && (
        <ConnectionText
          from={ends[0]}
          to={ends[1]}
          connection={connection}
          nameOf={nameOf}
          onClear={() => setEnds(undefined)}
        />
      )}
      <div className="inheritance-stage" ref={stage}>
        <div className="inheritance-drawing">
          {drawing === undefined && <div className="inheritance-empty">Drawing…</div>}
          {drawing && (
            <Canvas
              ref={canvas}
              drawing={drawing}
              layout={layout}
              chosen={chosen}
              connection={connection}
              found={found}
              onChoose={choose}
            />
          )}
          {node && (
            <Card
              node={node.node}
              isOnCycle={node.isOnCycle}
              onExpand={async (expanded, wanted) => {
                // Known by name until now, it may go by its id from here on.
                const id = await expand(expanded, wanted);
                if (id !== undefined) setChosen(id);
                setEnds(undefined);
              }}
              onPickOther={() => setIsPicking(true)}
              onNarrow={() => onNarrow({ kind: 'around', key: node.node.key })}
              onClose={() => choose(undefined, false)}
            />
          )}
        </div>
      </div>
      {drawing && <Legend drawing={drawing} />}
      {drawing && <EdgeList drawing={drawing} onChoose={go} />}
    </>
  );
}
