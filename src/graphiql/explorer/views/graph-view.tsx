import { useMemo } from 'react';
import { type FindingIndex, noFindings } from '../graph/finding-index.ts';
import type { ProfileGraph } from '../graph/profile-graph.ts';
import { linkedWith } from '../graph/routes.ts';
import type { Emphasis } from '../look/box-content.ts';
import type { Ink, LineLook } from '../look/colours.ts';
import { graphScene } from '../look/graph-scene.ts';
import type { Shape } from '../look/scene.ts';
import { useMeasures, useSize } from '../page/browser.ts';
import { ExportMenu, useFrame } from '../page/frame.tsx';
import { useTypeLooks, useWholeWorld } from '../page/questions.ts';
import { counted } from '../text/sentences.ts';
import { MapStage } from './overview/map-stage.tsx';
import { SceneView, type SceneViewProps } from './scene-view.tsx';

/** Boxes that a picture of an answer holds; beyond, the map takes its place. */
export const mostBoxes = 120;
/** Cards above this many would need scrolling: rows are smaller. */
const mostCards = 24;

/** What is drawn, and how. Made once for an answer, so that pointing draws nothing anew. */
export interface Drawing {
  readonly graph: ProfileGraph;
  readonly emphasis?: (id: string) => Emphasis;
  readonly lookOf?: (key: string) => LineLook | undefined;
  readonly findings?: FindingIndex;
  readonly shape?: Shape;
}

type SceneProps = Pick<SceneViewProps, 'label' | 'title' | 'notes' | 'focus' | 'lit' | 'litFor' | 'help' | 'tables'>;

interface GraphViewProps extends SceneProps {
  readonly drawing: Drawing;
  readonly most?: number;
  /** On the map, the profiles of the answer and their colour. */
  readonly inkOf?: (id: string) => Ink | undefined;
  readonly onGo?: (key: string) => void;
}

/** The profiles of an answer as a picture; those of a large one as marks on the map of the tenant. */
export function GraphView({ drawing, most = mostBoxes, inkOf, lit, litFor, tables, onGo, ...rest }: GraphViewProps) {
  const { graph, emphasis, lookOf, findings = noFindings, shape } = drawing;
  const { address, openProfile } = useFrame();
  const [sizeRef, size] = useSize();
  const looks = useTypeLooks();
  const measure = useMeasures();
  const whole = useWholeWorld().value;
  const isDrawn = graph.profiles.length <= most;
  const width = size?.width;
  const scene = useMemo(() => {
    if (width === undefined || !isDrawn) return undefined;
    return graphScene({
      graph,
      looks,
      findings,
      shape: shape ?? (graph.profiles.length > mostCards ? 'row' : 'card'),
      available: width,
      measure,
      ...(emphasis && { emphasis }),
      ...(lookOf && { lookOf }),
    });
  }, [width, isDrawn, graph, looks, findings, shape, measure, emphasis, lookOf]);
  const lights = useMemo(() => litFor ?? ((id: string) => linkedWith(graph, id)), [litFor, graph]);
  const go = onGo ?? ((id: string) => graph.find(id)?.isMissing === false && openProfile(id));
  const { chosen } = address;
  if (isDrawn)
    return (
      <SceneView
        {...rest}
        scene={scene}
        sizeRef={sizeRef}
        size={size}
        lit={chosen !== undefined && graph.has(chosen) ? lights(chosen) : lit}
        litFor={lights}
        tables={tables ?? []}
        onGo={go}
      />
    );
  return (
    <>
      {whole !== undefined && inkOf !== undefined ? (
        <MapStage world={whole} inkOf={inkOf} pointed={chosen} onOpen={go} />
      ) : (
        <p className="explorer-nothing">
          {counted(graph.profiles.length, 'profile')} are more than a picture shows well: they stand in the list.
        </p>
      )}
      <ExportMenu items={tables ?? []} />
    </>
  );
}
