import { useState } from 'react';
import type { ProfileGraph } from '../graph/profile-graph.ts';
import { displayName } from '../look/box-content.ts';
import { TypeChip } from '../page/parts.tsx';
import { compareNamed } from '../text/order.ts';
import { formatCount } from '../text/sentences.ts';

interface SurroundingsListProps {
  readonly graph: ProfileGraph;
  readonly id: string;
  readonly levels: number;
  readonly onGo: (id: string) => void;
}

/** A profile's surroundings as two indented lists. */
export function SurroundingsList({ graph, id, levels, onGo }: SurroundingsListProps) {
  const lists = [
    { title: 'Inherits from', next: (of: string) => graph.parents(of) },
    { title: 'Inherited by', next: (of: string) => graph.children(of) },
  ];
  return (
    <div className="explorer-lists">
      {lists.map(({ title, next }) => (
        <section key={title} aria-label={title}>
          <h2>
            {title} · {formatCount(next(id).length)}
          </h2>
          {next(id).length === 0 ? (
            <p className="explorer-nothing">{title === 'Inherits from' ? 'No profile.' : 'Nobody.'}</p>
          ) : (
            <Branch graph={graph} ids={next(id)} next={next} levels={levels} onGo={onGo} above={new Set([id])} />
          )}
        </section>
      ))}
    </div>
  );
}

interface BranchProps extends Omit<SurroundingsListProps, 'id'> {
  readonly ids: readonly string[];
  readonly next: (id: string) => readonly string[];
  /** Profiles on the way here: a cycle ends where it comes back. */
  readonly above: ReadonlySet<string>;
}

const mostRows = 60;

function Branch({ graph, ids, next, levels, onGo, above }: BranchProps) {
  const [isWhole, setIsWhole] = useState(false);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const profiles = ids.flatMap((id) => graph.find(id) ?? []).sort(compareNamed);
  const shown = isWhole ? profiles : profiles.slice(0, mostRows);
  return (
    <ul className="explorer-list">
      {shown.map((profile) => {
        const further = next(profile.id).filter((id) => !above.has(id) && id !== profile.id);
        const isOpen = levels > 1 || opened.has(profile.id);
        return (
          <li key={profile.id}>
            <button
              type="button"
              className="explorer-plain explorer-bar"
              onClick={() => onGo(profile.id)}
              disabled={profile.isMissing}
            >
              <TypeChip profile={profile} />
              <span dir="auto">{displayName(profile)}</span>
              {profile.typeName !== undefined && <small>{profile.typeName}</small>}
            </button>
            {further.length > 0 && isOpen && (
              <Branch
                graph={graph}
                ids={further}
                next={next}
                levels={levels - 1}
                onGo={onGo}
                above={new Set([...above, profile.id])}
              />
            )}
            {further.length > 0 && !isOpen && (
              <button
                type="button"
                className="explorer-list-more explorer-plain"
                onClick={() => setOpened(new Set([...opened, profile.id]))}
              >
                {formatCount(further.length)} more…
              </button>
            )}
          </li>
        );
      })}
      {shown.length < profiles.length && (
        <li>
          <button type="button" className="explorer-list-more explorer-plain" onClick={() => setIsWhole(true)}>
            {formatCount(profiles.length - shown.length)} more…
          </button>
        </li>
      )}
    </ul>
  );
}
