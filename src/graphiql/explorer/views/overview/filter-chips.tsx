import { useState } from 'react';
import { type Facet, type Filters, isFiltered, noFilters } from '../../graph/filter.ts';
import { formatCount } from '../../text/sentences.ts';

interface FilterChipsProps {
  readonly facets: Readonly<Record<'types' | 'states' | 'labels', readonly Facet[]>>;
  readonly filters: Filters;
  /** How many profiles have one. */
  readonly findings: number;
  readonly onChange: (filters: Filters) => void;
}

const mostLabels = 6;

/** Filters as buttons with counts. They narrow the table and grey the rest of the picture. */
export function FilterChips({ facets, filters, findings, onChange }: FilterChipsProps) {
  const [areAllLabels, setAreAllLabels] = useState(false);
  const labels = areAllLabels
    ? facets.labels
    : facets.labels.filter(({ value }, place) => place < mostLabels || filters.labels.includes(value));
  const kinds = [
    { kind: 'types', name: 'Type', values: facets.types },
    { kind: 'states', name: 'State', values: facets.states },
    { kind: 'labels', name: 'Label', values: labels },
  ] as const;
  return (
    <section className="explorer-filters explorer-bar" aria-label="Filters">
      <input
        type="text"
        aria-label="Filter by a word of the name or a label"
        placeholder="A word"
        value={filters.words}
        onChange={(event) => onChange({ ...filters, words: event.target.value })}
      />
      {kinds.map(({ kind, name, values }) => (
        <fieldset key={kind} className="explorer-choice explorer-bar">
          <legend>{name}</legend>
          {values.map(({ value, text, count }) => (
            <button
              key={value}
              type="button"
              aria-pressed={filters[kind].includes(value)}
              onClick={() => onChange({ ...filters, [kind]: toggle(filters[kind], value) })}
            >
              <span dir="auto">{text}</span> <small>{formatCount(count)}</small>
            </button>
          ))}
          {kind === 'labels' && labels.length < facets.labels.length && (
            <button type="button" onClick={() => setAreAllLabels(true)}>
              {formatCount(facets.labels.length - labels.length)} more…
            </button>
          )}
        </fieldset>
      ))}
      <button
        type="button"
        aria-pressed={filters.withFindings}
        onClick={() => onChange({ ...filters, withFindings: !filters.withFindings })}
      >
        with findings <small>{formatCount(findings)}</small>
      </button>
      {isFiltered(filters) && (
        <button type="button" onClick={() => onChange(noFilters)}>
          Clear
        </button>
      )}
    </section>
  );
}

function toggle(values: readonly string[], value: string): readonly string[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
