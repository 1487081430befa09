import { useMemo } from 'react';
import { edgeKey, type ProfileGraph } from '../../graph/profile-graph.ts';
import { edgesAlong, findRoutes } from '../../graph/routes.ts';
import { displayName } from '../../look/box-content.ts';
import { namesAlong } from '../../look/profile-scene.ts';
import { ListSwitch, useFrame, ViewHead } from '../../page/frame.tsx';
import { useFindingIndex } from '../../page/questions.ts';
import { chainSentence, counted } from '../../text/sentences.ts';
import { type Drawing, GraphView } from '../graph-view.tsx';

interface PathViewProps {
  readonly graph: ProfileGraph;
  readonly from: string;
  readonly to: string;
}

/** How one profile comes to inherit from another: the shortest way as a chain and a sentence, the others on demand. */
export function PathView({ graph, from, to }: PathViewProps) {
  const { address, go, adjust } = useFrame();
  const findings = useFindingIndex();
  const routes = useMemo(() => {
    const up = findRoutes(graph, from, to);
    return up.chains.length > 0 ? up : findRoutes(graph, to, from);
  }, [graph, from, to]);
  const [shortest] = routes.chains;
  const drawing = useMemo((): Drawing => {
    const chains = address.rest || shortest === undefined ? routes.chains : [shortest];
    const along = edgesAlong(chains);
    const main = new Set(shortest);
    const mainEdges = edgesAlong(shortest === undefined ? [] : [shortest]);
    return {
      graph: graph.among(new Set(chains.flat())).withEdges((edge) => along.has(edgeKey(edge))),
      findings,
      shape: 'card',
      emphasis: (id) => ({ tone: main.has(id) ? 'plain' : 'faint', isFocus: id === from }),
      lookOf: (key) => (mainEdges.has(key) ? undefined : 'faint'),
    };
  }, [shortest, address.rest, routes, graph, findings, from]);
  const names = [displayName(graph.find(from)), displayName(graph.find(to))];
  const back = () => adjust({ to: undefined, rest: false });

  if (shortest === undefined)
    return (
      <div className="explorer-page-state explorer-col">
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
    <div className="explorer-main explorer-col" data-pane="stage">
      <ViewHead title={chainSentence(namesAlong(graph, shortest))} under={wayBetween(namesAlong(graph, shortest))}>
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
      <GraphView
        drawing={drawing}
        label={`The way from ${names[0]} to ${names[1]}`}
        title={`${names[0]} to ${names[1]}`}
        focus={from}
        onGo={(key) => go({ id: key, to: undefined, rest: false })}
      />
    </div>
  );
}

/** `3 steps, the shortest way: Executive Leadership, All Employees` */
function wayBetween(names: readonly string[]): string {
  const way = `${counted(names.length - 1, 'step')}, the shortest way`;
  const between = names.slice(1, -1);
  return between.length === 0 ? way : `${way}: ${between.join(', ')}`;
}
