import { useState } from 'react';
import type { Drawing } from '../drawing/drawing.ts';
import { nodeLabel } from '../graph/graph.ts';

interface EdgeListProps {
  readonly drawing: Drawing;
  readonly onChoose: (key: string) => void;
}

/** The drawing as text, for those who can't see it or would rather read. Each name chooses its profile. */
export function EdgeList({ drawing, onChoose }: EdgeListProps) {
  const [isOpen, setIsOpen] = useState(false);
  const related = new Set(drawing.edges.flatMap(({ from, to }) => [from, to]));
  const alone = drawing.nodes.filter((node) => !related.has(node));
  return (
    <details className="inheritance-list" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>As a list ({drawing.edges.length} inheritance edges)</summary>
      {/* A thousand rows are only made for someone who asks. */}
      {isOpen && (
        <ul>
          {drawing.edges.map(({ edge, from, to, isOnCycle }) => (
            <li key={edge.key}>
              <button type="button" onClick={() => onChoose(edge.child)}>
                {nodeLabel(from.node)}
              </button>
              {edge.kind === 'direct' ? ' inherits from ' : ' inherits, by way of others, from '}
              <button type="button" onClick={() => onChoose(edge.parent)}>
                {nodeLabel(to.node)}
              </button>
              {isOnCycle && ' (on a cycle)'}
            </li>
          ))}
          {alone.map(({ node }) => (
            <li key={node.key}>
              <button type="button" onClick={() => onChoose(node.key)}>
                {nodeLabel(node)}
              </button>
              {node.isMissing ? ' is missing in the API' : ' has no relations here'}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
