import { useMemo } from 'react';
import { edgeKey, type ProfileGraph } from '../../graph/profile-graph.ts';
import { edgesAlong, findRoutes } from '../../graph/routes.ts';
import { displayName } from '../../look/box-content.ts';
import { graphScene } from '../../look/graph-scene.ts';
import { namesAlong } from '../../look/profile-scene.ts';
import { ExportMenu, ListSwitch, useFrame, ViewHead } from '../../page/frame.tsx';
import { useTypeLooks } from '../../page/questions.ts';
import { useFindingIndex } from '../../page/use-finding-index.ts';
import { useMeasures } from '../../page/use-measure.ts';
import { useSize } from '../../page/use-size.ts';
import { Stage } from '../../stage/stage.tsx';
import { chainSentence, counted } from '../../text/sentences.ts';
import { SceneList } from '../scene-list.tsx';
import { useSceneExports } from '../use-exports.ts';

interface PathViewProps {
  readonly graph: ProfileGraph;
  readonly from: string;
  readonly to: string;
}

/** How one profile comes to inherit from another: the shortest way as a chain and a sentence, the others on demand. */
export function PathView({ graph, from, to }: PathViewProps) {
  const { address, go, adjust, isList } = useFrame();
  const [sizeRef, size] = useSize();
  const looks = useTypeLooks();
  const findings = useFindingIndex();
  const measure = useMeasures();
  const routes = useMemo(() => {
    const up = findRoutes(graph, from, to);
    return up.chains.length > 0 ? up : findRoutes(graph, to, from);
  }, [graph, from, to]);
  const [shortest] = routes.chains;
  const scene = useMemo(() => {
    if (size === undefined || shortest === undefined) return undefined;
    const chains = address.rest ? routes.chains : [shortest];
    const along = edgesAlong(chains);
    const shown = graph.among(new Set(chains.flat()));
    const main = new Set(shortest);
    const mainEdges = edgesAlong([shortest]);
    return graphScene({
      graph: shown.withEdges((edge) => along.has(edgeKey(edge))),
      looks,
      findings,
      shape: 'card',
      available: size.width,
      measure,
      emphasis: (id) => ({ tone: main.has(id) ? 'plain' : 'faint', isFocus: id === from }),
      lookOf: (key) => (mainEdges.has(key) ? undefined : 'faint'),
    });
  }, [size, shortest, address.rest, routes, graph, looks, findings, measure, from]);
  const names = [displayName(graph.find(from)), displayName(graph.find(to))];
  const exports = useSceneExports(scene, `${names[0]} to ${names[1]}`);
  const back = () => adjust({ to: undefined, rest: false });

  if (shortest === undefined)
    return (
      <div className="explorer-page-state">
        <h2 dir="auto">
          {graph.has(to)
            ? `${names[0]} and ${names[1]} do not inherit from each other`
            : `${names[0]} does not inherit from this profile, nor the other way round`}
        </h2>
        <div className="explorer-buttons">
          <button type="button" onClick={() => go({ view: 'compare', id: from, to })}>
            Compare them
          </button>
          <button type="button" onClick={back}>
            Back to the profile
          </button>
        </div>
      </div>
    );
  const others = routes.chains.length;
  return (
    <div className="explorer-main" data-pane="stage">
      <ViewHead
        title={chainSentence(namesAlong(graph, shortest))}
        under={`${counted(shortest.length - 1, 'step')}, the shortest way`}
      >
        {others > 1 && (
          <button type="button" aria-pressed={address.rest} onClick={() => adjust({ rest: !address.rest })}>
            All {routes.isCut ? `of more than ${others}` : others} routes
          </button>
        )}
        <ListSwitch />
        <button type="button" onClick={back}>
          Back to the profile
        </button>
      </ViewHead>
      {scene === undefined || isList ? (
        <div className="explorer-stage is-list" ref={sizeRef}>
          {scene && <SceneList scene={scene} onGo={(key) => go({ id: key, to: undefined, rest: false })} />}
        </div>
      ) : (
        <Stage
          scene={scene}
          label={`The way from ${names[0]} to ${names[1]}`}
          sizeRef={sizeRef}
          size={size}
          focus={from}
          onChoose={() => undefined}
          onGo={(key) => go({ id: key, to: undefined, rest: false })}
        />
      )}
      <ExportMenu items={exports} />
    </div>
  );
}
