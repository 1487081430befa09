import type { InheritanceGraph } from '../graph/graph.ts';

interface NoticesProps {
  readonly graph: InheritanceGraph;
  /** Errors that came beside the data. */
  readonly errors: readonly string[];
  readonly isNarrowed: boolean;
  readonly onWiden: () => void;
}

/** What a reader must know to read the drawing right. */
export function Notices({ graph, errors, isNarrowed, onWiden }: NoticesProps) {
  const notices = [...graph.notices];
  if (graph.nodes.length > 1 && graph.edges.length === 0) {
    notices.push(
      'No inheritance among these profiles: add inheritsFrom { id name } to the query if it is not there yet.',
    );
  }
  if (errors.length > 0) {
    const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
    notices.push(`Part of the query failed, so something may be missing here: ${errors[0]}${more}`);
  }
  return (
    <>
      {notices.map((notice) => (
        <p key={notice} className="panel-notice">
          {notice}
        </p>
      ))}
      {isNarrowed && (
        <p className="panel-notice">
          Only a part of the response is drawn.{' '}
          <button type="button" className="text-button" onClick={onWiden}>
            Draw all of it
          </button>
        </p>
      )}
    </>
  );
}
