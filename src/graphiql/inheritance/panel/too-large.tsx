import { useState } from 'react';
import { type InheritanceGraph, nodeLabel } from '../graph/graph.ts';
import type { Narrowing } from '../graph/narrow.ts';

interface TooLargeProps {
  readonly graph: InheritanceGraph;
  readonly limit: number;
  readonly onNarrow: (narrowing: Narrowing) => void;
  readonly onDrawAll: () => void;
}

/** Instead of a picture in which nothing can be seen: ways to a smaller one. */
export function TooLarge({ graph, limit, onNarrow, onDrawAll }: TooLargeProps) {
  const [word, setWord] = useState('');
  const counts = new Map<string, number>();
  for (const { type } of graph.nodes) if (type !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
  const sought = word.trim().toLowerCase();
  const matches = sought === '' ? [] : graph.nodes.filter((node) => nodeLabel(node).toLowerCase().includes(sought));
  return (
    <div className="inheritance-empty inheritance-too-large" role="alert">
      <p>
        {graph.nodes.length.toLocaleString('en')} profiles are more than one drawing shows well (the limit is{' '}
        {limit.toLocaleString('en')}). Narrow it down:
      </p>
      <label>
        Around one profile
        <input type="search" value={word} placeholder="Name" onChange={(event) => setWord(event.target.value)} />
      </label>
      {matches.slice(0, 8).map((node) => (
        <button key={node.key} type="button" onClick={() => onNarrow({ kind: 'around', key: node.key })}>
          {nodeLabel(node)}
        </button>
      ))}
      {matches.length > 8 && <p>… and {matches.length - 8} more</p>}
      {counts.size > 1 && <p>Only one type:</p>}
      {counts.size > 1 &&
        [...counts].map(([type, count]) => (
          <button key={type} type="button" onClick={() => onNarrow({ kind: 'type', type })}>
            {type} ({count.toLocaleString('en')})
          </button>
        ))}
      <p>A filter in the query does it too, and spares the gateway the work.</p>
      <button type="button" onClick={onDrawAll}>
        Draw everything anyway
      </button>
    </div>
  );
}
