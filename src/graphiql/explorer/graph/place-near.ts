import { closingEdges, levelsOf } from './levels.ts';
import type { Near, Side } from './near.ts';
import { type Edge, edgeKey, ProfileGraph } from './profile-graph.ts';

export interface NearPlaces {
  /** Columns of the shown profiles: 0 is the profile itself, less is further left. */
  readonly columns: ReadonlyMap<string, number>;
  readonly edges: readonly Edge[];
  /** Edges that close a cycle: they would lead left, or run within a column. */
  readonly closing: ReadonlySet<string>;
}

/**
 * Columns for what `nearSet` shows: each profile by its longest way to the middle among the profiles shown, so that every edge leads
 * right, except those that close a cycle.
 */
export function placeNear(graph: ProfileGraph, focus: string, near: Near): NearPlaces {
  const shown = graph.among(new Set([focus, ...near.shown.keys()]));
  const sideOf = (id: string) => near.shown.get(id)?.side;
  const columns = new Map([[focus, 0]]);
  const closing = new Set<string>();
  for (const side of ['above', 'below'] as const) {
    const members = shown.profiles.filter(({ id }) => id === focus || sideOf(id) === side);
    const outwards = shown.edges.filter((edge) => isOutwards(edge, focus, side, sideOf));
    // The walk goes from parents to children, so what is above is turned around.
    const turned = (edge: Edge): Edge => (side === 'above' ? { child: edge.parent, parent: edge.child } : edge);
    const half = new ProfileGraph(members, outwards.map(turned));
    const halfClosing = closingEdges(half);
    for (const [id, column] of levelsOf(half, halfClosing)) {
      if (id !== focus) columns.set(id, side === 'above' ? -Math.max(1, column) : Math.max(1, column));
    }
    for (const edge of outwards) if (halfClosing.has(edgeKey(turned(edge)))) closing.add(edgeKey(edge));
  }
  for (const edge of shown.edges) {
    if ((columns.get(edge.parent) ?? 0) >= (columns.get(edge.child) ?? 0)) closing.add(edgeKey(edge));
  }
  return { columns, edges: shown.edges, closing };
}

/** Within one half of the picture, and not back into the profile in the middle. */
function isOutwards({ child, parent }: Edge, focus: string, side: Side, sideOf: (id: string) => Side | undefined) {
  const isIn = (id: string) => id === focus || sideOf(id) === side;
  return isIn(child) && isIn(parent) && (side === 'above' ? parent : child) !== focus;
}
