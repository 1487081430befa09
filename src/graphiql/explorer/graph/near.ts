import { closingEdges, levelsOf } from './levels.ts';
import { type Edge, edgeKey, ProfileGraph, reach } from './profile-graph.ts';

export type Side = 'above' | 'below';

/** What the reader asked to see around a profile. */
export interface NearOptions {
  /** Steps each way. */
  readonly levels: number;
  /** Boxes that one step holds before the rest goes into a stub. */
  readonly perStep: number;
  /** Profiles whose hidden relatives further out were asked for, as `relativeKey`. */
  readonly opened: ReadonlySet<string>;
  /** Profiles chosen from a stub. */
  readonly brought: ReadonlySet<string>;
  /** Negative where the first is to be kept rather than the second. Must be a total order. */
  readonly compare: (one: string, other: string) => number;
}

export function relativeKey(id: string, side: Side): string {
  return `${side} ${id}`;
}

/** The rest of one step, in one box at the end of its column. */
export interface Stub {
  readonly side: Side;
  readonly step: number;
  readonly hidden: readonly string[];
}

export interface Near {
  /** The profiles shown, each on one side and at its step; the profile itself is left out. */
  readonly shown: ReadonlyMap<string, { readonly side: Side; readonly step: number }>;
  readonly stubs: readonly Stub[];
  /** Relatives further out that neither a box nor a stub shows, by profile. */
  readonly further: ReadonlyMap<string, readonly string[]>;
  /** Everything it inherits from, and everything that inherits from it, shown or not. */
  readonly counts: { readonly above: number; readonly below: number };
}

/**
 * The surroundings of a profile: by their shortest way, at most `perStep` for a step, the rest in stubs. A profile on both sides,
 * which is on a cycle, is shown on the nearer one. Every profile shown has a neighbour towards the middle that is shown too.
 */
export function nearSet(graph: ProfileGraph, focus: string, options: NearOptions): Near {
  const outward = {
    above: (id: string) => graph.parents(id),
    below: (id: string) => graph.children(id),
  };
  const distances = { above: reach(focus, outward.above), below: reach(focus, outward.below) };
  const sideOf = (id: string): Side | undefined => {
    const [up, down] = [distances.above.get(id), distances.below.get(id)];
    if (up === undefined && down === undefined) return undefined;
    return (up ?? Number.POSITIVE_INFINITY) <= (down ?? Number.POSITIVE_INFINITY) ? 'above' : 'below';
  };

  const shown = new Map<string, { side: Side; step: number }>();
  const stubs: Stub[] = [];
  const stubbed = new Set<string>();
  for (const side of ['above', 'below'] as const) {
    let previous: readonly string[] = [focus];
    for (let step = 1; previous.length > 0; step++) {
      const candidates = new Set<string>();
      const forced = new Set<string>();
      for (const id of previous) {
        const isOpened = options.opened.has(relativeKey(id, side));
        if (step > options.levels && !isOpened) continue;
        for (const next of outward[side](id)) {
          if (next === focus || shown.has(next) || stubbed.has(next) || sideOf(next) !== side) continue;
          candidates.add(next);
          if (isOpened) forced.add(next);
        }
      }
      const isKept = (id: string) => forced.has(id) || options.brought.has(id);
      const ordered = [...candidates].sort(
        (one, other) => Number(isKept(other)) - Number(isKept(one)) || options.compare(one, other),
      );
      const keptCount = Math.max(ordered.filter(isKept).length, roomFor(ordered.length, options.perStep));
      const kept = ordered.slice(0, keptCount);
      const hidden = ordered.slice(keptCount);
      for (const id of kept) shown.set(id, { side, step });
      for (const id of hidden) stubbed.add(id);
      if (hidden.length > 0) stubs.push({ side, step, hidden });
      previous = kept;
    }
  }

  const further = new Map<string, readonly string[]>();
  for (const [id, { side }] of shown) {
    const hidden = outward[side](id).filter(
      (next) => next !== focus && !shown.has(next) && !stubbed.has(next) && sideOf(next) === side,
    );
    if (hidden.length > 0) further.set(id, hidden);
  }
  return { shown, stubs, further, counts: { above: distances.above.size, below: distances.below.size } };
}

/** A stub takes the place of a box, and one for a single profile would save nothing. */
function roomFor(count: number, perStep: number): number {
  return count <= perStep ? count : Math.max(1, perStep - 1);
}

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
