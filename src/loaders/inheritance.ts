import { GatewayError, valueOrError } from '../errors.ts';
import { refuseSimulated } from '../model/node-id.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import type { BatchSchedule, MaybePromise } from './call.ts';
import { maxPageSize, type ProfilePages } from './profile-pages.ts';
import type { ProfileScan } from './profile-scan.ts';
import type { ProfileLoader } from './profiles.ts';
import { Snapshot } from './snapshot.ts';
import { Walks } from './traversals.ts';

/** Direction in which the edges of a hierarchy are followed: to parents or to children. */
export type EdgeDirection = 'up' | 'down';

/**
 * Maximum levels that are loaded by id if the number of calls of a scan is unknown. Wide levels do not count: their calls by id
 * run at the same time, and are hardly more than those of a scan.
 */
const maxLevelsById = 10;

export interface InheritanceOptions {
  readonly pages: ProfilePages;
  readonly profiles: ProfileLoader;
  readonly scan: ProfileScan;
  /** Snapshot of all profiles: from the cache, shared with another operation, or from a new scan. */
  readonly readWhole: () => MaybePromise<Snapshot>;
  /** One that is kept from before; null: there is none. */
  readonly keptWhole: () => Snapshot | null;
  /** Whether the operation asks of the whole tenant: then all its questions are answered from that one reading. */
  readonly wantsWhole: boolean;
  /** Whether profiles can be asked for by id, as far as is known. */
  readonly takesIds: () => boolean;
  /** How many profiles the caller saw last time; null: unknown. */
  readonly expectedSize: () => number | null;
  readonly scheduleBatch?: BatchSchedule | undefined;
}

/** Loads the parts of the inheritance graph that an operation needs, each once, in few calls. */
export class InheritanceReader {
  readonly #options: InheritanceOptions;
  readonly #startedAt = performance.now();
  readonly #walks: Readonly<Record<EdgeDirection, Walks>>;
  #every: MaybePromise<Snapshot> | null = null;
  #whole: MaybePromise<Snapshot> | null = null;

  constructor(options: InheritanceOptions) {
    this.#options = options;
    this.#walks = { up: this.#walksOn('up'), down: this.#walksOn('down') };
  }

  /** Every profile that the caller can see: one scan at most, however often it is asked for. */
  everyProfile(): MaybePromise<Snapshot> {
    if (this.#every === null) {
      this.#every = this.#options.readWhole();
      keepReady(this.#every, (ready) => {
        this.#every = ready;
      });
    }
    return this.#every;
  }

  /** The same, if it takes no further call: kept from before, or read for this operation anyway. */
  everyProfileAtNoCost(): MaybePromise<Snapshot> | null {
    this.#every ??= this.#options.keptWhole();
    return this.#every ?? (this.#options.wantsWhole ? this.everyProfile() : null);
  }

  /** The same, if this operation has it. */
  get everyProfileIfReady(): Snapshot | null {
    return this.#every instanceof Snapshot ? this.#every : null;
  }

  /** Every profile, with its hierarchy. */
  whole(): MaybePromise<Snapshot> {
    if (this.#whole === null) {
      const every = this.everyProfile();
      this.#whole = every instanceof Promise ? every.then((ready) => ready.prepared()) : every.prepared();
      keepReady(this.#whole, (ready) => {
        this.#whole = ready;
      });
    }
    return this.#whole;
  }

  /** Begins the scan that the operation needs, beside what is read first. A failure is told to those who ask. */
  begin(): void {
    if (!this.#options.wantsWhole) return;
    const snapshot = this.whole();
    if (snapshot instanceof Promise) snapshot.catch(() => undefined);
  }

  /**
   * Loads a profile with its ancestors (`up`) or its descendants (`down`), up to `maxDepth` levels. Profiles that are requested at
   * the same time are one batch.
   */
  around(profile: Profile, direction: EdgeDirection, maxDepth = Number.POSITIVE_INFINITY): MaybePromise<Snapshot> {
    refuseSimulated(profile.profileId);
    const walk = (whole: Snapshot | null) =>
      whole?.has(profile.profileId) ? whole : this.#walks[direction].from(profile, maxDepth);
    if (!this.#options.wantsWhole && this.everyProfileIfReady === null) return walk(null);
    const whole = this.whole();
    return whole instanceof Promise ? whole.then(walk) : walk(whole);
  }

  /**
   * Loads the neighbourhood of some profiles: `maxDepth` levels and one more, with every parent of the profiles in between. A
   * profile that is not in the snapshot does not exist for this caller. Scans all profiles if the API does not take ids.
   */
  async neighbourhood(
    ids: readonly string[],
    directions: readonly EdgeDirection[],
    maxDepth: number,
  ): Promise<Snapshot> {
    if (this.#options.wantsWhole || !this.#options.takesIds()) return this.whole();
    const roots = await this.#options.profiles.loadMany(ids);
    if (!this.#options.takesIds()) return this.whole();
    const [above, below] = await Promise.all([
      directions.includes('up') ? this.#walk(roots, 'up', maxDepth + 1) : [],
      directions.includes('down') ? this.#walk(roots, 'down', maxDepth + 1) : [],
    ]);
    const parents = await this.#options.profiles.loadMany([...new Set(below.flatMap(parentIdsToFollow))]);
    return new Snapshot([...roots, ...above, ...below, ...parents], this.#startedAt);
  }

  /** These profiles and their ancestors, nearest first, each once, without those that the API does not return. */
  async upward(ids: readonly string[]): Promise<readonly Profile[]> {
    return this.#walk(await this.#options.profiles.loadMany(ids), 'up');
  }

  /** These profiles and their descendants, nearest first, each once. */
  async downward(ids: readonly string[]): Promise<readonly Profile[]> {
    return this.#walk(await this.#options.profiles.loadMany(ids), 'down');
  }

  /** Every profile that the caller can see now. */
  all(): Promise<readonly Profile[]> {
    return this.#options.scan.all();
  }

  #walksOn(direction: EdgeDirection): Walks {
    const walk = (profiles: readonly Profile[], maxDepth: number) => this.#walk(profiles, direction, maxDepth);
    return new Walks(walk, this.#startedAt, this.#options.scheduleBatch);
  }

  /** Level by level, one batch each; by one scan as soon as that costs no more. */
  async #walk(
    starts: readonly Profile[],
    direction: EdgeDirection,
    maxDepth = Number.POSITIVE_INFINITY,
  ): Promise<readonly Profile[]> {
    const { pages, scan, takesIds } = this.#options;
    const found = new Map(starts.map((profile) => [profile.profileId, profile]));
    let level: readonly Profile[] = starts;
    let calls = 0;
    let levelsById = 0;
    for (let depth = 1; level.length > 0 && depth <= maxDepth; depth++) {
      const named = new Set(level.flatMap((profile) => namedIds(profile, direction)));
      const unknown = [...named].filter((id) => !pages.known.has(id)).length;
      if (unknown > 0 && takesIds()) {
        calls += Math.ceil(unknown / maxPageSize);
        if (this.#isScanCheaper(calls, ++levelsById)) await scan.rest();
      }
      const next = new Map<string, Profile>();
      for (const profile of await this.#nextLevel(level, direction)) {
        if (!found.has(profile.profileId)) next.set(profile.profileId, profile);
      }
      for (const [id, profile] of next) found.set(id, profile);
      level = [...next.values()];
    }
    return [...found.values()];
  }

  async #nextLevel(level: readonly Profile[], direction: EdgeDirection): Promise<readonly Profile[]> {
    const { profiles } = this.#options;
    if (direction === 'up') return profiles.loadMany([...new Set(level.flatMap(parentIdsToFollow))]);
    return (await Promise.all(level.map((profile) => profiles.possibleChildrenOf(profile)))).flat();
  }

  #isScanCheaper(callsById: number, levelsById: number): boolean {
    const size = this.#options.expectedSize();
    return size === null ? levelsById > maxLevelsById : callsById >= Math.ceil(size / maxPageSize);
  }
}

/** Once it is there it is a promise no more. A failure stays, for everyone who comes after. */
function keepReady(reading: MaybePromise<Snapshot>, keep: (ready: Snapshot) => void): void {
  if (reading instanceof Promise) reading.then(keep, () => undefined);
}

/** The ids that a profile names on the way. */
function namedIds(profile: Profile, direction: EdgeDirection): readonly string[] {
  return direction === 'up' ? parentIdsToFollow(profile) : (profile.inheritedByIds ?? []);
}

/** None where they can't be read: the hierarchy fails the answers that depend on them. */
function parentIdsToFollow(profile: Profile): readonly string[] {
  const parentIds = valueOrError(() => directParentIds(profile));
  return parentIds instanceof GatewayError ? [] : parentIds;
}
