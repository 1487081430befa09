import DataLoader from 'dataloader';
import { refuseSimulated } from '../model/node-id.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import type { BatchSchedule, MaybePromise } from './call.ts';
import { type ChildLists, mayBeChild, NamedChildren } from './child-lists.ts';
import type { IdChains, Outcomes } from './id-chains.ts';
import type { ProfilePages } from './profile-pages.ts';
import type { ProfileScan } from './profile-scan.ts';
import type { Snapshot } from './snapshot.ts';

export interface ProfileLoaderOptions {
  readonly pages: ProfilePages;
  readonly chains: IdChains;
  readonly scan: ProfileScan;
  readonly childLists: ChildLists;
  /** The snapshot of all profiles that the operation has, if it has one. */
  readonly whole?: () => Snapshot | null;
  /** The same, read now, where the operation needs it anyway: then it is where profiles are looked for first. */
  readonly readWhole?: (() => MaybePromise<Snapshot>) | null;
  /** Hears how many profiles are looked up together. */
  readonly onBatch?: ((size: number) => void) | undefined;
  readonly scheduleBatch?: BatchSchedule | undefined;
}

/**
 * Profiles by id, in batches: by chains of ids where the API takes them, else from one scan of the list; never one call per
 * profile. A profile that any reply has brought is not asked for again.
 */
export class ProfileLoader {
  readonly #options: ProfileLoaderOptions;
  /** A key is a list of ids, such as the parents of one profile: a promise for each list, and none for each id. */
  readonly #loader: DataLoader<readonly string[], readonly Profile[]>;
  /** Of ids that are not among the known profiles: null where that is proven, or why it is not known. */
  readonly #outcomes: Outcomes = new Map();
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #named: NamedChildren;

  constructor(options: ProfileLoaderOptions) {
    const { scheduleBatch } = options;
    this.#options = options;
    this.#named = new NamedChildren(options.pages);
    this.#loader = new DataLoader((lists) => this.#loadLists(lists), {
      cache: false,
      ...(scheduleBatch && { batchScheduleFn: scheduleBatch }),
    });
  }

  /** null for an id of which it is proven that the API returns no profile to this caller. */
  load(id: string): MaybePromise<Profile | null> {
    const known = this.#options.pages.known.get(id);
    if (known !== undefined) return known;
    if (this.#options.scan.isAbsent(id)) return null;
    const one = this.loadMany([id]);
    return one instanceof Promise ? one.then(([found]) => found ?? null) : (one[0] ?? null);
  }

  /** The profiles with these ids, in their order, without those the API does not return. */
  loadMany(ids: readonly string[]): MaybePromise<readonly Profile[]> {
    const { pages, scan } = this.#options;
    const found: Profile[] = [];
    for (const id of ids) {
      const profile = pages.known.get(id);
      if (profile !== undefined) found.push(profile);
      else if (!scan.isAbsent(id)) {
        const underWay = ids.flatMap((each) => (this.#isSettled(each) ? [] : (this.#underWay.get(each) ?? [])));
        return underWay.length > 0 ? this.#loadRest(ids, underWay) : this.#loader.load(ids);
      }
    }
    return found;
  }

  /** Of a profile that came out of a snapshot of all profiles, as that snapshot has them; so too its children. */
  parentsOf(profile: Profile): MaybePromise<readonly Profile[]> {
    refuseSimulated(profile.profileId);
    return this.#options.whole?.()?.parentsOf(profile) ?? this.loadMany(directParentIds(profile));
  }

  /** The profiles that directly inherit from one. Throws where a profile that may be one can't be read. */
  childrenOf(profile: Profile): MaybePromise<readonly Profile[]> {
    refuseSimulated(profile.profileId);
    const inSnapshot = this.#options.whole?.()?.childrenOf(profile) ?? null;
    if (inSnapshot !== null) return inSnapshot;
    const possible = this.possibleChildrenOf(profile);
    const direct = (children: readonly Profile[]) => {
      for (const child of children) directParentIds(child);
      return children;
    };
    return possible instanceof Promise ? possible.then(direct) : direct(possible);
  }

  /**
   * The children of a profile, and those whose parents can't be read and that may be children. What the API calls
   * `access_profiles_inherited_by` may be transitive (API notes §6.2), so each of them is asked for its parents. Where the
   * API leaves the list out, all profiles are; where it may be short, the API is asked for the profiles that inherit.
   */
  possibleChildrenOf(profile: Profile): MaybePromise<readonly Profile[]> {
    const { profileId, inheritedByIds } = profile;
    const { scan, childLists } = this.#options;
    if (inheritedByIds === null) return this.#childrenByScan(profileId);
    const listed = new Set(inheritedByIds);
    const isShort = !this.#named.of(profileId).every((child) => listed.has(child.profileId));
    if (isShort && scan.hasEnded) return this.#childrenByScan(profileId);
    const candidates = this.loadMany([...listed]);
    const choose = (all: readonly Profile[]) => all.filter((candidate) => mayBeChild(candidate, profileId));
    if (isShort || !(scan.hasEnded || childLists.isReliable(listed.size))) return this.#proven(profile, candidates);
    return candidates instanceof Promise ? candidates.then(choose) : choose(candidates);
  }

  /** The children that are proven, and those that the list alone names. */
  async #proven(profile: Profile, listed: MaybePromise<readonly Profile[]>): Promise<readonly Profile[]> {
    const [found, candidates] = await Promise.all([this.#options.childLists.childrenOf(profile), listed]);
    const named = candidates.filter((candidate) => mayBeChild(candidate, profile.profileId));
    const ids = new Set(named.map(({ profileId }) => profileId));
    return [...named, ...found.filter(({ profileId }) => !ids.has(profileId))];
  }

  async #childrenByScan(id: string): Promise<readonly Profile[]> {
    const { scan } = this.#options;
    await scan.all();
    return [...this.#named.of(id), ...this.#named.unread()].filter(({ profileId }) => scan.has(profileId));
  }

  /** Of a list, some ids of which are being looked up already: it waits for these, and for no other list. */
  async #loadRest(ids: readonly string[], underWay: readonly Promise<void>[]): Promise<readonly Profile[]> {
    const open = ids.filter((id) => !this.#isSettled(id) && !this.#underWay.has(id));
    await Promise.all([...underWay, ...(open.length > 0 ? [this.#loader.load(open)] : [])]);
    const found = this.#found(ids);
    if (found instanceof Error) throw found;
    return found;
  }

  /** Looks up each id that is in some of the lists. */
  async #loadLists(lists: readonly (readonly string[])[]): Promise<(readonly Profile[] | Error)[]> {
    const open = [...new Set(lists.flat())].filter((id) => !this.#isSettled(id));
    if (open.length > 0) {
      this.#options.onBatch?.(open.length);
      const read = this.#lookUpAll(open);
      for (const id of open) this.#underWay.set(id, read);
      await read;
    }
    return lists.map((ids) => this.#found(ids));
  }

  #isSettled(id: string): boolean {
    const { pages, scan } = this.#options;
    return pages.known.has(id) || this.#outcomes.has(id) || scan.isAbsent(id);
  }

  /** The error of the first of them of which it is not known whether it is there. */
  #found(ids: readonly string[]): readonly Profile[] | Error {
    const found: Profile[] = [];
    for (const id of ids) {
      const outcome = this.#options.pages.known.get(id) ?? this.#outcomes.get(id) ?? null;
      if (outcome instanceof Error) return outcome;
      if (outcome !== null) found.push(outcome);
    }
    return found;
  }

  async #lookUpAll(ids: readonly string[]): Promise<void> {
    let failure: Error | null = null;
    try {
      await this.#lookUp(ids, this.#outcomes);
    } catch (error) {
      failure = error instanceof Error ? error : new Error('unknown failure', { cause: error });
    }
    for (const id of ids) if (!this.#isSettled(id)) this.#outcomes.set(id, failure);
  }

  /** Takes what a snapshot has of these ids. Where there is none, they are looked up without it. */
  async #adoptFrom(readWhole: () => MaybePromise<Snapshot>, ids: readonly string[]): Promise<void> {
    let hierarchy: Snapshot['hierarchy'];
    try {
      ({ hierarchy } = await readWhole());
    } catch {
      return;
    }
    this.#options.pages.adopt(ids.flatMap((id) => hierarchy.find(id) ?? []));
  }

  /** Finds ids, or proves that they are not there: first by chains, then by the list. Throws where neither is possible. */
  async #lookUp(ids: readonly string[], outcomes: Outcomes): Promise<void> {
    const { pages, chains, scan, readWhole } = this.#options;
    if (readWhole) await this.#adoptFrom(readWhole, ids);
    const open = () => ids.filter((id) => !pages.known.has(id) && !outcomes.has(id) && !scan.isAbsent(id));
    if (chains.isUseful && !scan.hasEnded) await chains.bring(open(), outcomes);
    if (chains.isUseful) await chains.prove(open(), outcomes);
    const rest = open();
    if (rest.length > 0) await scan.readUntil(() => rest.every((id) => pages.known.has(id)));
    chains.learn((id) => scan.has(id));
    if (open().length > 0) await scan.settle(open());
  }
}
