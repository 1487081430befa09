import { eventLoop } from '../event-loop.ts';
import { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import type { Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import type { MaybePromise } from './call.ts';

/** Profiles that were read together, as a hierarchy, and how old it is. Never changed, so that requests can share it. */
export class Snapshot {
  readonly hierarchy: Hierarchy;
  /** When the first call for it was made, by `performance.now()`: nothing in it is older. */
  readonly readAt: number;
  /** The same in milliseconds since 1970, to be shown. Its age is not told by it: the clock may be set. */
  readonly asOf: number;
  #typed: Hierarchy | null = null;

  constructor(profiles: Iterable<Profile>, readAt: number, hierarchy = new Hierarchy(profiles)) {
    this.hierarchy = hierarchy;
    this.readAt = readAt;
    this.asOf = Date.now() - (performance.now() - readAt);
  }

  /** Makes a snapshot of many profiles, giving way to other requests in between. */
  static async build(profiles: Iterable<Profile>, readAt: number): Promise<Snapshot> {
    const steps = Hierarchy.inSteps(profiles);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return new Snapshot([], readAt, value);
      if (eventLoop.isHeld) await eventLoop.yield();
    }
  }

  /** How many profiles it keeps in memory. */
  get size(): number {
    return this.hierarchy.profiles.length;
  }

  has(profileId: string): boolean {
    return this.hierarchy.indexOf(profileId) >= 0;
  }

  /** The direct parents of a profile, if it is this snapshot's own copy; else null. Throws where they can't be read. */
  parentsOf(profile: Profile): readonly Profile[] | null {
    const node = this.#nodeOf(profile);
    return node < 0 ? null : this.#profilesOf(this.hierarchy.graphAmong([node]).parents(node));
  }

  /** The direct children of a profile, likewise. */
  childrenOf(profile: Profile): readonly Profile[] | null {
    const node = this.#nodeOf(profile);
    return node < 0 ? null : this.#profilesOf(this.hierarchy.graphBelow([node], 1).children(node));
  }

  #profilesOf(nodes: Int32Array): readonly Profile[] {
    return Array.from(nodes, (node) => this.hierarchy.profileOf(node));
  }

  #nodeOf(profile: Profile): number {
    const node = this.hierarchy.indexOf(profile.profileId);
    return this.hierarchy.profiles[node] === profile ? node : -1;
  }

  /** The hierarchy with its types, which are read at the first need and kept. */
  typed(readTypes: () => MaybePromise<readonly ProfileType[]>): MaybePromise<Hierarchy> {
    if (this.#typed !== null) return this.#typed;
    const withTypes = (types: readonly ProfileType[]): Hierarchy => {
      this.#typed ??= this.hierarchy.withTypes(types);
      return this.#typed;
    };
    const types = readTypes();
    return types instanceof Promise ? types.then(withTypes) : withTypes(types);
  }
}
