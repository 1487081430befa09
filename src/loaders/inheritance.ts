import { GatewayError, valueOrError } from '../errors.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import type { BatchSchedule, MaybePromise } from './call.ts';
import { maxPageSize, type ProfilePages } from './profile-pages.ts';
import type { ProfileScan } from './profile-scan.ts';
import type { ProfileLoader } from './profiles.ts';
import { Snapshot } from './snapshot.ts';
import { Walks } from './traversals.ts';

/** Which way a hierarchy is walked: to what a profile inherits from, or to what inherits from it. */
export type Way = 'up' | 'down';

/**
 * Levels that are asked for by id where nobody knows how long a scan would be. Wide levels are no reason to stop: by id, their
 * calls are made at a time, and are hardly more than those of a scan.
 */
const maxLevelsById = 10;

export interface InheritanceOptions {
  readonly pages: ProfilePages;
  readonly profiles: ProfileLoader;
  readonly scan: ProfileScan;
  /** A reading of everything: kept from before, shared, or made now. */
  readonly readWhole: () => MaybePromise<Snapshot>;
  /** Whether the operation asks of the whole tenant: then all its questions are answered from that one reading. */
  readonly wantsWhole: boolean;
  /** Whether profiles can be asked for by id, as far as is known. */
  readonly takesIds: () => boolean;
  /** How many profiles the caller saw last time; null: unknown. */
  readonly expectedSize: () => number | null;
  readonly scheduleBatch?: BatchSchedule | undefined;
}

/** The parts of the inheritance graph that the questions of an operation need, each read once, in few calls. */
export class InheritanceReader {
  readonly #options: InheritanceOptions;
  readonly #startedAt = performance.now();
  readonly #walks: Readonly<Record<Way, Walks>>;
  #whole: MaybePromise<Snapshot> | null = null;

  constructor(options: InheritanceOptions) {
    this.#options = options;
    this.#walks = { up: this.#walksOn('up'), down: this.#walksOn('down') };
  }

  /** Every profile that the caller can see: one scan at most, however often it is asked for. */
  whole(): MaybePromise<Snapshot> {
    if (this.#whole === null) {
      const reading = this.#options.readWhole();
      this.#whole = reading;
      if (reading instanceof Promise) this.#keepReady(reading);
    }
    return this.#whole;
  }

  /** Begins the scan that the operation needs, beside what is read first. A failure is told to those who ask. */
  begin(): void {
    if (!this.#options.wantsWhole) return;
    const reading = this.whole();
    if (reading instanceof Promise) reading.catch(() => undefined);
  }

  /** The reading of everything, if this operation has one. */
  get wholeIfReady(): Snapshot | null {
    return this.#whole instanceof Snapshot ? this.#whole : null;
  }

  /**
   * A reading that holds a profile and all it inherits from (`up`) or all that inherit from it (`down`), `maxDepth` levels of
   * them if given. Profiles that are asked about at a time are walked from together.
   */
  around(profile: Profile, way: Way, maxDepth = Number.POSITIVE_INFINITY): MaybePromise<Snapshot> {
    const walk = (whole: Snapshot | null) =>
      whole?.has(profile.profileId) ? whole : this.#walks[way].from(profile, maxDepth);
    if (!this.#options.wantsWhole && this.wholeIfReady === null) return walk(null);
    const whole = this.whole();
    return whole instanceof Promise ? whole.then(walk) : walk(whole);
  }

  /**
   * A reading that holds what there is around some profiles, `maxDepth` levels of it and one more, with every parent of those
   * that lie in between: what is not in it is not there. By ids where the API takes them, else of everything.
   */
  async neighbourhood(ids: readonly string[], ways: readonly Way[], maxDepth: number): Promise<Snapshot> {
    if (this.#options.wantsWhole || !this.#options.takesIds()) return this.whole();
    const roots = await this.#options.profiles.loadMany(ids);
    if (!this.#options.takesIds()) return this.whole();
    const [above, below] = await Promise.all([
      ways.includes('up') ? this.#walk(roots, 'up', maxDepth + 1) : [],
      ways.includes('down') ? this.#walk(roots, 'down', maxDepth + 1) : [],
    ]);
    const parents = await this.#options.profiles.loadMany([...new Set(below.flatMap(parentIdsToFollow))]);
    return new Snapshot([...roots, ...above, ...below, ...parents], this.#startedAt);
  }

  /** These profiles and all they inherit from, nearest first, each once, without those that the API does not return. */
  async upward(ids: readonly string[]): Promise<readonly Profile[]> {
    return this.#walk(await this.#options.profiles.loadMany(ids), 'up');
  }

  /** These profiles and all that inherit from them, nearest first, each once. */
  async downward(ids: readonly string[]): Promise<readonly Profile[]> {
    return this.#walk(await this.#options.profiles.loadMany(ids), 'down');
  }

  /** Every profile that the caller can see now. */
  all(): Promise<readonly Profile[]> {
    return this.#options.scan.all();
  }

  #walksOn(way: Way): Walks {
    const walk = (profiles: readonly Profile[], maxDepth: number) => this.#walk(profiles, way, maxDepth);
    return new Walks(walk, this.#startedAt, this.#options.scheduleBatch);
  }

  /** Once it is there it is a promise no more. A failure stays, for everyone who comes after. */
  #keepReady(reading: Promise<Snapshot>): void {
    const keep = (ready: Snapshot) => {
      this.#whole = ready;
    };
    reading.then(keep, () => undefined);
  }

  /** Level by level, one batch each; by one scan as soon as that costs no more. */
  async #walk(starts: readonly Profile[], way: Way, maxDepth = Number.POSITIVE_INFINITY): Promise<readonly Profile[]> {
    const { pages, scan, takesIds } = this.#options;
    const found = new Map(starts.map((profile) => [profile.profileId, profile]));
    let level: readonly Profile[] = starts;
    let calls = 0;
    let levelsById = 0;
    for (let depth = 1; level.length > 0 && depth <= maxDepth; depth++) {
      const named = new Set(level.flatMap((profile) => namedIds(profile, way)));
      const unknown = [...named].filter((id) => !pages.known.has(id)).length;
      if (unknown > 0 && takesIds()) {
        calls += Math.ceil(unknown / maxPageSize);
        if (this.#isScanCheaper(calls, ++levelsById)) await scan.all();
      }
      const next = new Map<string, Profile>();
      for (const profile of await this.#nextLevel(level, way)) {
        if (!found.has(profile.profileId)) next.set(profile.profileId, profile);
      }
      for (const [id, profile] of next) found.set(id, profile);
      level = [...next.values()];
    }
    return [...found.values()];
  }

  async #nextLevel(level: readonly Profile[], way: Way): Promise<readonly Profile[]> {
    const { profiles } = this.#options;
    if (way === 'up') return profiles.loadMany([...new Set(level.flatMap(parentIdsToFollow))]);
    return (await Promise.all(level.map((profile) => profiles.possibleChildrenOf(profile)))).flat();
  }

  #isScanCheaper(callsById: number, levelsById: number): boolean {
    const size = this.#options.expectedSize();
    return size === null ? levelsById > maxLevelsById : callsById >= Math.ceil(size / maxPageSize);
  }
}

/** The ids that a profile names on the way. */
function namedIds(profile: Profile, way: Way): readonly string[] {
  return way === 'up' ? parentIdsToFollow(profile) : (profile.inheritedByIds ?? []);
}

/** None where they can't be read: the hierarchy fails the answers that depend on them. */
function parentIdsToFollow(profile: Profile): readonly string[] {
  const parentIds = valueOrError(() => directParentIds(profile));
  return parentIds instanceof GatewayError ? [] : parentIds;
}
