import { GatewayError, valueOrError } from '../../errors.ts';
import { directEntitlements, directParentIds, type Profile } from '../../model/profile.ts';
import type { ProfileType } from '../../model/profile-type.ts';
import { buildGrantTable, effectiveSets, type GrantTable } from '../analysis/grants.ts';
import { finish, SharedSteps, type Steps } from '../steps.ts';
import type { Adjacency } from './adjacency.ts';
import { breadthFirst } from './breadth-first.ts';
import { type Condensation, condense } from './components.ts';
import { type Graph, type GraphNode, graphInSteps } from './graph.ts';
import type { NodeSets } from './node-sets.ts';

/**
 * The profiles of one scan or search as a graph, with what several queries need computed once, on first use. Edges and
 * entitlements are `directParentIds` and `directEntitlements`: those of the current version, paused and draft profiles as
 * they are, nothing where nothing is published.
 *
 * A profile whose parents or entitlements can't be read fails the answers that depend on it, and no others: `graph` and
 * `grants` throw its error, since they hold all profiles; the other methods throw it only where it could change the answer
 * about the nodes that they are given.
 */
export class Hierarchy {
  readonly #shared: Shared;
  readonly #typesById: ReadonlyMap<string, ProfileType>;

  constructor(
    profiles: Iterable<Profile>,
    types: Iterable<ProfileType> = [],
    shared = finish(sharedInSteps(profiles)),
  ) {
    this.#shared = shared;
    this.#typesById = new Map(Array.from(types, (type) => [type.typeId, type]));
  }

  /** Makes a hierarchy in steps, which takes long in one go where there are many profiles. */
  static *inSteps(profiles: Iterable<Profile>): Steps<Hierarchy> {
    return new Hierarchy([], [], yield* sharedInSteps(profiles));
  }

  /** Profile of each node; of an id that came twice the first. */
  get profiles(): readonly Profile[] {
    return this.#shared.profiles;
  }

  /** The graph of all profiles. Throws GatewayError where the parents of any can't be read. */
  get graph(): Graph {
    for (const error of this.#shared.unreadParents.values()) throw error;
    return this.#shared.graph;
  }

  /** The graph, for what lies above some nodes, up to `maxDepth` levels. O(1) where all parents can be read. */
  graphAbove(nodes: Iterable<number>, maxDepth = Number.POSITIVE_INFINITY): Graph {
    return this.graphAmong(this.#isSound ? [] : within(this.#shared.graph.up, nodes, maxDepth - 1));
  }

  /**
   * The graph, for what lies below some nodes, up to `maxDepth` levels. A profile whose parents can't be read may be a
   * child of each profile whose `inheritedByIds` do not rule it out.
   */
  graphBelow(nodes: Iterable<number>, maxDepth = Number.POSITIVE_INFINITY): Graph {
    const { graph, unreadParents } = this.#shared;
    const starts = new Set(nodes);
    for (const parent of this.#isSound ? [] : within(graph.down, starts, maxDepth - 1)) {
      const named = this.profileOf(parent).inheritedByIds;
      for (const [child, error] of unreadParents) {
        if (!starts.has(child) && (named === null || named.includes(graph.idOf(child)))) throw error;
      }
    }
    return graph;
  }

  /** The graph, for the edges that lead up from some nodes. */
  graphAmong(nodes: Iterable<number>): Graph {
    const { graph, unreadParents } = this.#shared;
    if (!this.#isSound) for (const node of nodes) throwIfError(unreadParents.get(node));
    return graph;
  }

  get #isSound(): boolean {
    return this.#shared.unreadParents.size === 0;
  }

  /** The direct entitlements of all profiles. Throws GatewayError where those of any can't be read. */
  get grants(): GrantTable {
    const { table, unread } = this.#grants;
    for (const error of unread.values()) throw error;
    return table;
  }

  /** The direct entitlements, for some nodes and all that lies above them. */
  grantsAbove(starts: readonly number[]): GrantTable {
    const { table, unread } = this.#grants;
    if (unread.size === 0) return table;
    for (const holder of within(this.graphAbove(starts).up, starts)) throwIfError(unread.get(holder));
    return table;
  }

  get #grants(): DirectGrants {
    return finish(this.prepareGrants());
  }

  get condensation(): Condensation {
    return finish(this.prepareCondensation());
  }

  get effectiveSets(): NodeSets {
    return finish(this.prepareEffectiveSets());
  }

  /** Whether `grants` are worked out. */
  get hasGrants(): boolean {
    return this.#shared.grants.isDone;
  }

  /** Works out `grants` in steps, which takes long in one go: the entitlements of a profile are decoded when they are first read. */
  prepareGrants(): Steps<DirectGrants> {
    return this.#shared.grants.run();
  }

  /** Works out `condensation` in steps. Throws where parents of a profile can't be read, as `graph` does. */
  *prepareCondensation(): Steps<Condensation> {
    void this.graph;
    return yield* this.#shared.condensation.run();
  }

  /** Works out `effectiveSets` in steps. Throws where parents or entitlements of a profile can't be read, as `graph` and `grants` do. */
  *prepareEffectiveSets(): Steps<NodeSets> {
    yield* this.prepareCondensation();
    yield* this.prepareGrants();
    void this.grants;
    return yield* this.#shared.effectiveSets.run();
  }

  /** The same hierarchy with other types; all that is worked out for either serves both. */
  withTypes(types: Iterable<ProfileType>): Hierarchy {
    return new Hierarchy([], types, this.#shared);
  }

  profileOf(node: number): Profile {
    const profile = this.profiles[node];
    if (profile === undefined) throw new RangeError(`there is no node ${node} among ${this.profiles.length}`);
    return profile;
  }

  /** The types that were given, each once. */
  get types(): readonly ProfileType[] {
    return [...this.#typesById.values()];
  }

  /** The type of an id; null if it is not among the types given. */
  typeNamed(typeId: string): ProfileType | null {
    return this.#typesById.get(typeId) ?? null;
  }

  /** null if the profile names no type, or one that is not among the types given. */
  typeOf(profile: Profile): ProfileType | null {
    return (profile.typeId === null ? undefined : this.#typesById.get(profile.typeId)) ?? null;
  }

  /** The node of a profile, or -1 if there is none. */
  indexOf(profileId: string): number {
    return this.#shared.graph.indexOf(profileId);
  }

  /** The profile of an id, or null if there is none. */
  find(profileId: string): Profile | null {
    return this.profiles[this.indexOf(profileId)] ?? null;
  }
}

/** The parts that do not depend on types. */
interface Shared {
  readonly profiles: readonly Profile[];
  /** A node in `unreadParents` has no edges up in it. */
  readonly graph: Graph;
  readonly unreadParents: Unread;
  readonly grants: SharedSteps<DirectGrants>;
  readonly condensation: SharedSteps<Condensation>;
  readonly effectiveSets: SharedSteps<NodeSets>;
}

export interface DirectGrants {
  /** A node in `unread` has none in it. */
  readonly table: GrantTable;
  readonly unread: Unread;
}

/** Nodes of which something can't be read, and the error that says so. */
type Unread = ReadonlyMap<number, GatewayError>;

function* sharedInSteps(all: Iterable<Profile>): Steps<Shared> {
  const byId = new Map<string, Profile>();
  for (const profile of all) {
    if (!byId.has(profile.profileId)) byId.set(profile.profileId, profile);
    yield;
  }
  const profiles = [...byId.values()];
  const unreadParents = new Map<number, GatewayError>();
  const nodes: GraphNode[] = [];
  for (const [node, profile] of profiles.entries()) {
    const parentIds = valueOrError(() => directParentIds(profile));
    if (parentIds instanceof GatewayError) unreadParents.set(node, parentIds);
    nodes.push({ id: profile.profileId, parentIds: parentIds instanceof GatewayError ? [] : parentIds });
    yield;
  }
  const graph = yield* graphInSteps(nodes);
  const condensation = new SharedSteps(condense(graph.up));
  const grants = new SharedSteps(grantsInSteps(profiles, graph));
  const effective = function* (): Steps<NodeSets> {
    return yield* effectiveSets(yield* condensation.run(), (yield* grants.run()).table);
  };
  return { profiles, graph, unreadParents, condensation, grants, effectiveSets: new SharedSteps(effective()) };
}

function* grantsInSteps(profiles: readonly Profile[], graph: Graph): Steps<DirectGrants> {
  const unread = new Map<number, GatewayError>();
  const table = yield* buildGrantTable(graph, (id) => {
    const node = graph.indexOf(id);
    const profile = profiles[node];
    const entitlements = profile === undefined ? [] : valueOrError(() => directEntitlements(profile));
    if (!(entitlements instanceof GatewayError)) return entitlements;
    unread.set(node, entitlements);
    return [];
  });
  return { table, unread };
}

function within(adjacency: Adjacency, starts: Iterable<number>, maxDepth = Number.POSITIVE_INFINITY): Iterable<number> {
  return maxDepth < 0 ? [] : breadthFirst(adjacency, starts, { maxDepth }).order;
}

function throwIfError(error: GatewayError | undefined): void {
  if (error !== undefined) throw error;
}
