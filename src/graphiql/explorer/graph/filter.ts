import { compareTexts } from '../text/order.ts';
import { stateName } from '../text/sentences.ts';
import type { Profile, ProfileGraph } from './profile-graph.ts';

/** Which profiles the overview shows. Ids and enum names, never names of profiles. */
export interface Filters {
  readonly types: readonly string[];
  readonly states: readonly string[];
  readonly labels: readonly string[];
  readonly withFindings: boolean;
  readonly words: string;
}

export const noFilters: Filters = { types: [], states: [], labels: [], withFindings: false, words: '' };

/** A value that profiles can be filtered by, with how many have it. */
export interface Facet {
  readonly value: string;
  readonly text: string;
  readonly count: number;
}

/** Whether any filter is set. */
export function isFiltered({ types, states, labels, withFindings, words }: Filters): boolean {
  return types.length + states.length + labels.length > 0 || withFindings || words.trim() !== '';
}

/** The profiles that every filter lets through; of several values of one kind, one is enough. */
export function filterProfiles(
  profiles: readonly Profile[],
  filters: Filters,
  hasFinding: (id: string) => boolean,
): readonly Profile[] {
  const words = filters.words.trim().toLowerCase();
  return profiles.filter(
    (profile) =>
      (filters.types.length === 0 || filters.types.includes(profile.typeId ?? '')) &&
      (filters.states.length === 0 || filters.states.includes(profile.state ?? '')) &&
      (filters.labels.length === 0 || profile.labels.some((label) => filters.labels.includes(label))) &&
      (!filters.withFindings || hasFinding(profile.id)) &&
      (words === '' || [profile.name, ...profile.labels].some((text) => text.toLowerCase().includes(words))),
  );
}

/** Values of types, states and labels, the most frequent first. */
export function facetsOf(
  profiles: readonly Profile[],
): Readonly<Record<'types' | 'states' | 'labels', readonly Facet[]>> {
  return {
    types: countBy(profiles, ({ typeId, typeName }) =>
      typeId === undefined ? [] : [[typeId, typeName ?? 'Unknown type']],
    ),
    states: countBy(profiles, ({ state }) => (state === undefined ? [] : [[state, stateName(state)]])),
    labels: countBy(profiles, ({ labels }) => labels.map((label) => [label, label])),
  };
}

function countBy(
  profiles: readonly Profile[],
  valuesOf: (profile: Profile) => readonly (readonly [string, string])[],
): readonly Facet[] {
  const facets = new Map<string, { text: string; count: number }>();
  for (const profile of profiles) {
    for (const [value, text] of valuesOf(profile)) {
      const known = facets.get(value);
      if (known === undefined) facets.set(value, { text, count: 1 });
      else known.count += 1;
    }
  }
  return [...facets]
    .map(([value, { text, count }]) => ({ value, text, count }))
    .sort((one, other) => other.count - one.count || compareTexts(one.text, other.text));
}

export const columns = ['name', 'type', 'state', 'labels', 'inheritsFrom', 'inheritedBy', 'findings'] as const;
export type Column = (typeof columns)[number];

/** A profile as a row of the table. */
export interface Row {
  readonly profile: Profile;
  readonly inheritsFrom: number;
  readonly inheritedBy: number;
  readonly findings: number;
}

export function rowsOf(
  profiles: readonly Profile[],
  graph: ProfileGraph,
  findingsOf: (id: string) => number,
): readonly Row[] {
  return profiles.map((profile) => ({
    profile,
    inheritsFrom: graph.parents(profile.id).length,
    inheritedBy: graph.children(profile.id).length,
    findings: findingsOf(profile.id),
  }));
}

export interface Sorting {
  readonly column: Column;
  readonly isDescending: boolean;
}

/** By a column. Rows that come by name stay in that order where the column has the same, whatever the direction. */
export function sortRows(rows: readonly Row[], { column, isDescending }: Sorting): readonly Row[] {
  const direction = isDescending ? -1 : 1;
  const compare = (one: Row, other: Row): number =>
    column === 'inheritsFrom' || column === 'inheritedBy' || column === 'findings'
      ? one[column] - other[column]
      : compareTexts(textIn[column](one.profile), textIn[column](other.profile));
  return rows.toSorted((one, other) => direction * compare(one, other));
}

const textIn = {
  name: ({ name }: Profile) => name,
  type: ({ typeName = '' }: Profile) => typeName,
  state: ({ state = '' }: Profile) => state,
  labels: ({ labels }: Profile) => labels.join(),
} as const;
