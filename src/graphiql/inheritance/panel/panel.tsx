import { useGraphiQL } from '@graphiql/react';
import { useMemo, useState } from 'react';
import { emptyGraph } from '../graph/graph.ts';
import { type Narrowing, narrowGraph } from '../graph/narrow.ts';
import { readGraph } from '../graph/read-graph.ts';
import { Empty } from './empty.tsx';
import { GraphView } from './graph-view.tsx';
import { Notices } from './notices.tsx';
import { TooLarge } from './too-large.tsx';
import { useExpansions } from './use-expansions.ts';
import { useResponse } from './use-response.ts';

/** More profiles than this aren't drawn unasked. */
const mostDrawn = 2_000;

/** GraphiQL's "Inheritance" panel: draws what the response in front holds. */
export function InheritancePanel() {
  const { body, read } = useResponse();
  const isFetching = useGraphiQL((state) => state.isFetching);
  const { expansions, expand } = useExpansions(body);
  const [isLarge, setIsLarge] = useState(false);
  // Choices hold for the response they were made on.
  const [choice, setChoice] = useState<{ body: string; narrowing?: Narrowing; drawAll?: boolean }>({ body });
  const { narrowing, drawAll } = choice.body === body ? choice : { narrowing: undefined, drawAll: false };

  const whole = useMemo(
    () => (read.kind === 'data' ? readGraph([read.response, ...expansions]) : emptyGraph),
    [read, expansions],
  );
  const graph = useMemo(() => narrowGraph(whole, narrowing), [whole, narrowing]);
  const isTooLarge = graph.nodes.length > mostDrawn && drawAll !== true;

  return (
    <section
      className={isLarge ? 'inheritance-panel is-large' : 'inheritance-panel'}
      aria-label="Inheritance"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isLarge) setIsLarge(false);
      }}
    >
      <header className="inheritance-header">
        <div className="graphiql-doc-explorer-title">Inheritance</div>
        {graph.nodes.length > 0 && (
          <span role="status" className="inheritance-counts">
            {counted(graph.nodes.length, 'profile')}, {counted(graph.edges.length, 'edge')}
          </span>
        )}
      </header>
      <Notices
        graph={whole}
        errors={read.kind === 'data' ? read.errors : []}
        isNarrowed={narrowing !== undefined}
        onWiden={() => setChoice({ body })}
      />
      {graph.nodes.length === 0 && <Empty read={read} isFetching={isFetching} />}
      {isTooLarge && (
        <TooLarge
          graph={graph}
          limit={mostDrawn}
          onNarrow={(to) => setChoice({ body, narrowing: to })}
          onDrawAll={() => setChoice({ ...choice, body, drawAll: true })}
        />
      )}
      {graph.nodes.length > 0 && !isTooLarge && (
        <GraphView
          key={body}
          graph={graph}
          expand={expand}
          isLarge={isLarge}
          onResize={() => setIsLarge(!isLarge)}
          onNarrow={(to) => setChoice({ body, narrowing: to })}
        />
      )}
    </section>
  );
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
