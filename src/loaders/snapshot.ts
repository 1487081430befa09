import { eventLoopPauses } from '../event-loop.ts';
import { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import { finish, finishInSlices, SharedSteps, type Steps } from '../inheritance/steps.ts';
import type { Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import type { MaybePromise } from './call.ts';

/** Profiles that were read together, and their hierarchy, and how old they are. Never changed, so that requests can share it. */
export class Snapshot {
  /** In the API's order. */
  readonly profiles: readonly Profile[];
  /** When the first call for it was made, by `performance.now()`: nothing in it is older. */
  readonly readAt: number;
  /** The same in milliseconds since 1970, to be shown. Its age is not told by it: the clock may be set. */
  readonly asOf: number;
  readonly #hierarchy: SharedSteps<Hierarchy>;
  #own: ReadonlySet<Profile> | null = null;
  #typed: Hierarchy | null = null;

  constructor(profiles: Iterable<Profile>, readAt: number) {
    this.profiles = Array.from(profiles);
    this.#hierarchy = new SharedSteps(Hierarchy.inSteps(this.profiles));
    this.readAt = readAt;
    this.asOf = Date.now() - (performance.now() - readAt);
  }

  /** How many profiles it keeps in memory. */
  get size(): number {
    return this.profiles.length;
  }

  /** Made when it is first needed: a list has no use for it. Of many profiles, by `prepared`. */
  get hierarchy(): Hierarchy {
    return finish(this.#hierarchy.run());
  }

  /** Makes the hierarchy, whose profiles are decoded for it, giving way to other requests in between. */
  prepared(): MaybePromise<Snapshot> {
    return this.#hierarchy.isDone ? this : this.#finish(this.#hierarchy.run());
  }

  /** The same, with the direct entitlements of all profiles. */
  withGrants(): MaybePromise<Snapshot> {
    const ready = this.prepared();
    if (ready instanceof Promise) return ready.then(() => this.withGrants());
    return this.hierarchy.hasGrants ? this : this.#finish(this.hierarchy.prepareGrants());
  }

  has(profileId: string): boolean {
    return this.hierarchy.indexOf(profileId) >= 0;
  }

  /** The direct parents of a profile, if it is this snapshot's own copy; else null. Throws where they can't be read. */
  parentsOf(profile: Profile): MaybePromise<readonly Profile[]> | null {
    return this.#neighboursOf(profile, (node) => this.hierarchy.graphAmong([node]).parents(node));
  }

  /** The direct children of a profile, likewise. */
  childrenOf(profile: Profile): MaybePromise<readonly Profile[]> | null {
    return this.#neighboursOf(profile, (node) => this.hierarchy.graphBelow([node], 1).children(node));
  }

  #neighboursOf(profile: Profile, nodesOf: (node: number) => Int32Array): MaybePromise<readonly Profile[]> | null {
    this.#own ??= new Set(this.profiles);
    if (!this.#own.has(profile)) return null;
    const read = () =>
      Array.from(nodesOf(this.hierarchy.indexOf(profile.profileId)), (node) => this.hierarchy.profileOf(node));
    const ready = this.prepared();
    return ready instanceof Promise ? ready.then(read) : read();
  }

  async #finish(steps: Steps<unknown>): Promise<Snapshot> {
    await finishInSlices(steps, eventLoopPauses);
    return this;
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
