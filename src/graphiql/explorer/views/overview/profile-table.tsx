import { useState } from 'react';
import type { Column, Row, Sorting } from '../../graph/filter.ts';
import { displayName, isRunning } from '../../look/box-content.ts';
import { useSize } from '../../page/browser.ts';
import { TypeChip } from '../../page/parts.tsx';
import { formatCount, stateName } from '../../text/sentences.ts';

interface ProfileTableProps {
  readonly rows: readonly Row[];
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
  readonly pointed: string | undefined;
  readonly onPoint: (id: string | undefined) => void;
  readonly onOpen: (id: string) => void;
}

const rowHeight = 32;
const spare = 8;

const headings: readonly { readonly column: Column; readonly text: string; readonly isNumber?: boolean }[] = [
  { column: 'name', text: 'Name' },
  { column: 'type', text: 'Type' },
  { column: 'state', text: 'State' },
  { column: 'labels', text: 'Labels' },
  { column: 'inheritsFrom', text: 'Inherits from', isNumber: true },
  { column: 'inheritedBy', text: 'Inherited by', isNumber: true },
  { column: 'findings', text: 'Findings', isNumber: true },
];

/** Every profile as a row. Only the rows in sight are built. */
export function ProfileTable({ rows, sorting, onSort, pointed, onPoint, onOpen }: ProfileTableProps) {
  const [sizeRef, size] = useSize();
  const [top, setTop] = useState(0);
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  const shown = rows.slice(first, Math.ceil((top + (size?.height ?? 600)) / rowHeight) + spare);
  return (
    <section
      className="explorer-table"
      ref={sizeRef}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reached by the keyboard.
      tabIndex={0}
      aria-label="Profiles as a table"
    >
      <table aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {headings.map(({ column, text, isNumber }) => (
              <th
                key={column}
                scope="col"
                className={isNumber === true ? 'is-number' : undefined}
                aria-sort={sorting.column !== column ? 'none' : sorting.isDescending ? 'descending' : 'ascending'}
              >
                <button
                  type="button"
                  onClick={() =>
                    onSort({
                      column,
                      isDescending: sorting.column === column ? !sorting.isDescending : isNumber === true,
                    })
                  }
                >
                  {text}
                  <span aria-hidden="true">
                    {sorting.column === column ? (sorting.isDescending ? ' ↓' : ' ↑') : ''}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space height={first * rowHeight} />
          {shown.map(({ profile, inheritsFrom, inheritedBy, findings }, place) => (
            <tr
              key={profile.id}
              aria-rowindex={first + place + 2}
              className={profile.id === pointed ? 'is-pointed' : undefined}
              onMouseEnter={() => onPoint(profile.id)}
              onMouseLeave={() => onPoint(undefined)}
            >
              <td>
                <button
                  type="button"
                  className="explorer-table-name explorer-bar explorer-plain"
                  onClick={() => onOpen(profile.id)}
                  title={profile.name}
                >
                  <TypeChip profile={profile} />
                  <span dir="auto">{displayName(profile)}</span>
                </button>
              </td>
              <td>{profile.typeName}</td>
              <td className={isRunning(profile) ? undefined : 'is-warning'}>
                {profile.state && stateName(profile.state)}
              </td>
              <td dir="auto" title={profile.labels.join(', ')}>
                {profile.labels.join(', ')}
              </td>
              <td className="is-number">{formatCount(inheritsFrom)}</td>
              <td className="is-number">{formatCount(inheritedBy)}</td>
              <td className={findings > 0 ? 'is-number is-warning' : 'is-number'}>{formatCount(findings)}</td>
            </tr>
          ))}
          <Space height={(rows.length - first - shown.length) * rowHeight} />
        </tbody>
      </table>
      {rows.length === 0 && <p className="explorer-nothing">No profile passes all filters.</p>}
    </section>
  );
}

/** Stands for rows out of sight. */
function Space({ height }: { readonly height: number }) {
  return height <= 0 ? null : (
    <tr className="is-space" style={{ height }}>
      <td colSpan={headings.length} />
    </tr>
  );
}
