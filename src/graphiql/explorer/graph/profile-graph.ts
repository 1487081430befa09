/** A profile as lists and pictures show it. */
export interface Profile {
  /** The id of the Veza API, without the type in front. */
  readonly id: string;
  readonly name: string;
  readonly typeId: string | undefined;
  readonly typeName: string | undefined;
  readonly state: string | undefined;
  readonly labels: readonly string[];
  /** How many inherit from it, where that was asked for. */
  readonly heirs?: number | undefined;
  /** Named as a parent, but not returned by the API. */
  readonly isMissing: boolean;
}

export interface Edge {
  readonly child: string;
  readonly parent: string;
}

export function edgeKey({ child, parent }: Edge): string {
  return JSON.stringify([child, parent]);
}

const none: readonly string[] = [];

/** Profiles and who inherits from whom; each edge once, in the order in which it was given. Edges to unknown profiles are dropped. */
export class ProfileGraph {
  readonly profiles: readonly Profile[];
  readonly edges: readonly Edge[];
  readonly #byId: ReadonlyMap<string, Profile>;
  readonly #parents = new Map<string, string[]>();
  readonly #children = new Map<string, string[]>();

  constructor(profiles: Iterable<Profile>, edges: Iterable<Edge>) {
    this.#byId = new Map([...profiles].map((profile) => [profile.id, profile]));
    this.profiles = [...this.#byId.values()];
    const kept: Edge[] = [];
    for (const edge of edges) {
      const { child, parent } = edge;
      if (!this.#byId.has(child) || !this.#byId.has(parent) || this.#parents.get(child)?.includes(parent)) continue;
      kept.push(edge);
      push(this.#parents, child, parent);
      push(this.#children, parent, child);
    }
    this.edges = kept;
  }

  find(id: string): Profile | undefined {
    return this.#byId.get(id);
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  parents(id: string): readonly string[] {
    return this.#parents.get(id) ?? none;
  }

  children(id: string): readonly string[] {
    return this.#children.get(id) ?? none;
  }

  /** These profiles and the edges between them, in the order of this graph. */
  among(ids: ReadonlySet<string>): ProfileGraph {
    const profiles = [...ids].flatMap((id) => this.#byId.get(id) ?? []);
    const edges = profiles.flatMap(({ id }) =>
      this.parents(id)
        .filter((parent) => ids.has(parent))
        .map((parent) => ({ child: id, parent })),
    );
    return new ProfileGraph(profiles, edges);
  }

  /** The same profiles with only some of the edges. */
  withEdges(isKept: (edge: Edge) => boolean): ProfileGraph {
    return new ProfileGraph(this.profiles, this.edges.filter(isKept));
  }
}

function push(lists: Map<string, string[]>, key: string, item: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** Profiles at most `steps` away, by one kind of neighbour, with their distance: nearest first, the start itself left out. */
export function reach(
  start: string,
  neighbours: (id: string) => readonly string[],
  steps = Number.POSITIVE_INFINITY,
): ReadonlyMap<string, number> {
  const distances = new Map([[start, 0]]);
  for (const [id, distance] of distances) {
    if (distance === steps) continue;
    for (const next of neighbours(id)) if (!distances.has(next)) distances.set(next, distance + 1);
  }
  distances.delete(start);
  return distances;
}
