import { useEffect, useRef, useState } from 'react';
import { type Box, boxesOf } from '../drawing/box.ts';
import type { LayoutTask, Places } from '../drawing/layout.ts';
import LayoutWorker from '../drawing/layout-worker.ts?worker';
import type { InheritanceGraph } from '../graph/graph.ts';

export interface Layout {
  readonly graph: InheritanceGraph;
  readonly boxes: readonly Box[];
  readonly places: Places;
}

/** Lays a graph out in a worker, once the proportion of its place is known. Until that is done the layout of the graph before stays; `failure` says why there is none. */
export function useLayout(
  graph: InheritanceGraph,
  proportion: number | undefined,
): {
  readonly layout: Layout | undefined;
  readonly failure: string | undefined;
} {
  const [layout, setLayout] = useState<Layout>();
  const [failure, setFailure] = useState<string>();
  const worker = useRef<Worker>(undefined);

  useEffect(() => () => worker.current?.terminate(), []);

  useEffect(() => {
    if (graph.nodes.length === 0 || proportion === undefined) return;
    const boxes = boxesOf(graph);
    worker.current?.terminate();
    const running = new LayoutWorker();
    worker.current = running;
    setFailure(undefined);
    running.onmessage = ({ data: places }: MessageEvent<Places>) => {
      setLayout({ graph, boxes, places });
      running.terminate();
    };
    running.onerror = (event) => setFailure(event.message);
    const edges = graph.edges.map(({ key, child, parent, steps }) => ({ key, child, parent, steps }));
    const task: LayoutTask = { boxes, edges, proportion };
    running.postMessage(task);
  }, [graph, proportion]);

  return { layout: graph.nodes.length === 0 ? undefined : layout, failure };
}
