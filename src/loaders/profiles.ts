import DataLoader from 'dataloader';
import { GatewayError, valueOrError } from '../errors.ts';
import type { FilterSupport } from '../filter/support.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import type { MaybePromise } from './call.ts';
import { chunk, idFilter } from './id-filter.ts';
import { maxPageSize, type ProfilePages } from './profile-pages.ts';
import type { ProfileScan } from './profile-scan.ts';
import { isBreakdown, isRefusal } from './refusal.ts';
import type { Snapshot } from './snapshot.ts';

const byId = 'id eq';

/**
 * Profiles by id, in batches: `id eq … or …` where the API takes that, else from one scan of the list; never one call
 * per profile. A profile that any reply has brought is not asked for again.
 */
export class ProfileLoader {
  readonly #pages: ProfilePages;
  readonly #scan: ProfileScan;
  readonly #support: FilterSupport;
  readonly #whole: () => Snapshot | null;
  readonly #loader: DataLoader<string, Profile | null>;
  #childIds: Promise<ChildIds> | null = null;
  /** A question by id that went wrong, because of its ids, of the filter as such, or by chance. */
  #doubt: 'refused' | 'broken' | null = null;

  /** `whole` gives the reading of everything that the operation has, if it has one. */
  constructor(
    pages: ProfilePages,
    scan: ProfileScan,
    support: FilterSupport,
    whole: () => Snapshot | null = () => null,
    onBatch: (size: number) => void = () => undefined,
  ) {
    this.#pages = pages;
    this.#scan = scan;
    this.#support = support;
    this.#whole = whole;
    this.#loader = new DataLoader((ids) => {
      onBatch(ids.length);
      return this.#loadBatch(ids);
    });
  }

  /** null for an id that the API does not return to this caller. */
  load(id: string): MaybePromise<Profile | null> {
    const known = this.#pages.known.get(id);
    if (known !== undefined) return known;
    return this.#scan.complete ? null : this.#loader.load(id);
  }

  /** The profiles with these ids, in their order, without those the API does not return. */
  loadMany(ids: readonly string[]): MaybePromise<readonly Profile[]> {
    const found: Profile[] = [];
    for (const id of ids) {
      const profile = this.#pages.known.get(id);
      if (profile !== undefined) found.push(profile);
      else if (!this.#scan.complete) return this.#awaitMany(ids);
    }
    return found;
  }

  /** Of a profile that came out of a reading of everything, as that reading has them; so too its children. */
  parentsOf(profile: Profile): MaybePromise<readonly Profile[]> {
    return this.#whole()?.parentsOf(profile) ?? this.loadMany(directParentIds(profile));
  }

  /** The profiles that directly inherit from one. Throws where a profile that may be one can't be read. */
  childrenOf(profile: Profile): MaybePromise<readonly Profile[]> {
    const inReading = this.#whole()?.childrenOf(profile) ?? null;
    if (inReading !== null) return inReading;
    const possible = this.possibleChildrenOf(profile);
    const direct = (children: readonly Profile[]) => {
      for (const child of children) directParentIds(child);
      return children;
    };
    return possible instanceof Promise ? possible.then(direct) : direct(possible);
  }

  /**
   * The children of a profile, and those whose parents can't be read and that may be children. What the API calls
   * `access_profiles_inherited_by` may be transitive (API notes §6.2), so each of them is asked for its parents; where the
   * API leaves the list out, all profiles are.
   */
  possibleChildrenOf({ profileId, inheritedByIds }: Profile): MaybePromise<readonly Profile[]> {
    const mayBeChild = (candidate: Profile) => {
      const parentIds = valueOrError(() => directParentIds(candidate));
      return parentIds instanceof GatewayError || parentIds.includes(profileId);
    };
    if (inheritedByIds === null) return this.#childrenByScan(profileId);
    const candidates = this.loadMany(inheritedByIds);
    const choose = (all: readonly Profile[]) => all.filter(mayBeChild);
    return candidates instanceof Promise ? candidates.then(choose) : choose(candidates);
  }

  async #awaitMany(ids: readonly string[]): Promise<readonly Profile[]> {
    const profiles = await Promise.all(ids.map((id) => this.load(id)));
    return profiles.filter((profile) => profile !== null);
  }

  async #childrenByScan(id: string): Promise<readonly Profile[]> {
    this.#childIds ??= this.#scan.all().then(indexChildren);
    const { byParent, unread } = await this.#childIds;
    return this.loadMany([...(byParent.get(id) ?? []), ...unread]);
  }

  async #loadBatch(ids: readonly string[]): Promise<(Profile | null | Error)[]> {
    const { known } = this.#pages;
    const answered = new Map<string, null | Error>();
    const open = () => ids.filter((id) => !known.has(id) && !answered.has(id));
    const mayAsk = !this.#scan.complete && this.#doubt === null && this.#support.verdict(byId) !== 'refused';
    if (mayAsk) await this.#askById(open(), answered);
    const rest = open();
    if (rest.length > 0) {
      const failure = await this.#scan.readUntil(() => rest.every((id) => known.has(id))).then(() => null, asError);
      for (const id of rest) if (!known.has(id)) answered.set(id, failure);
      if (mayAsk && failure === null) await this.#settleDoubt(rest);
    }
    return ids.map((id) => known.get(id) ?? answered.get(id) ?? null);
  }

  /** Asks for ids by filter and notes what became of those it did not get; what it can't settle is left open. */
  async #askById(ids: readonly string[], answered: Map<string, null | Error>): Promise<void> {
    // With room for one that is known to be there, if there is one.
    let chunks = chunk(ids, this.#knownId() === null ? maxPageSize : maxPageSize - 1);
    if (this.#support.verdict(byId) !== 'shown') {
      const first = chunks[0] ?? [];
      await this.#tryById(first, answered);
      // Refused: the rest is for the scan, and so is what the trial could not settle.
      if (this.#support.verdict(byId) !== 'shown') return;
      chunks = chunks.slice(1);
    }
    await Promise.all(chunks.map((each) => this.#readChunk(each, answered)));
  }

  /**
   * The first question by id that this API gets. A profile that is known to be there is asked for along with the rest:
   * if it comes back, then what does not come back is not there.
   */
  async #tryById(ids: readonly string[], answered: Map<string, null | Error>): Promise<void> {
    // A full page has no room for it.
    const canary = ids.length < maxPageSize ? this.#knownId() : null;
    const reply = await this.#readChunk(canary === null ? ids : [...ids, canary], answered);
    if (reply === 'ignored') return;
    if (reply === 'refused' || reply === 'broken') {
      this.#doubt = reply;
      return;
    }
    if (reply === 'failed') return;
    if (canary === null && reply.size === 0) return this.#tryWithCanary(ids, answered);
    const shown = canary === null || reply.has(canary);
    if (shown) this.#support.show(byId);
    else {
      this.#support.refuse(byId);
      for (const id of ids) answered.delete(id);
    }
  }

  /** Nothing came and nothing was known: one page of the list gives a profile to try with. */
  async #tryWithCanary(ids: readonly string[], answered: Map<string, null | Error>): Promise<void> {
    for (const id of ids) answered.delete(id);
    try {
      await this.#scan.readPage();
    } catch (error) {
      for (const id of ids) answered.set(id, asError(error));
      return;
    }
    const canary = this.#knownId();
    if (this.#scan.complete || canary === null || ids.every((id) => this.#pages.known.has(id))) return;
    // A chain is not shown to work by one id alone.
    const chain = ids.length > 1 ? [...ids.slice(0, maxPageSize - 1), canary] : [canary];
    const reply = await this.#readChunk(chain, new Map());
    if (reply === 'failed') return;
    if (typeof reply === 'string' || !reply.has(canary)) return this.#support.refuse(byId);
    this.#support.show(byId);
    for (const id of ids) if (!this.#pages.known.has(id)) answered.set(id, null);
  }

  /**
   * An API refuses a filter that it does not take, and may refuse an id of another form than its own. The scan has told
   * which of the ids are there: if all are, it was the filter. If not, one that is there is asked for alone; so too
   * where the API broke, since that may have been chance.
   */
  async #settleDoubt(ids: readonly string[]): Promise<void> {
    if (this.#doubt === null) return;
    const areAllThere = ids.every((id) => this.#pages.known.has(id));
    if (this.#doubt === 'refused' && areAllThere) return this.#support.refuse(byId);
    const canary = this.#knownId();
    if (canary === null) return;
    const reply = await this.#readChunk([canary], new Map());
    if (reply === 'failed') return;
    if (typeof reply === 'string' || !reply.has(canary)) this.#support.refuse(byId);
    else this.#support.show(byId);
  }

  #knownId(): string | null {
    for (const id of this.#pages.known.keys()) return id;
    return null;
  }

  /** The ids that came back; `ignored` where others came, since then the API did not look at the filter. */
  async #readChunk(
    ids: readonly string[],
    answered: Map<string, null | Error>,
  ): Promise<ReadonlySet<string> | 'refused' | 'ignored' | 'broken' | 'failed'> {
    const witness = this.#witnessFor(ids);
    const chain = witness === null ? ids : [...ids, witness];
    const asked = new Set(chain.map((id) => id.toLowerCase()));
    const returned = new Set<string>();
    const isTrial = this.#support.verdict(byId) !== 'shown';
    try {
      for await (const page of this.#pages.read({ filter: idFilter(chain), pageSize: chain.length, isTrial })) {
        for (const { profileId } of page.values) {
          if (!asked.has(profileId.toLowerCase())) {
            this.#support.retract(byId);
            return 'ignored';
          }
          returned.add(profileId);
        }
      }
    } catch (error) {
      if (isRefusal(error)) {
        // An API that takes ids has no profile under one that it calls invalid.
        const [only] = ids;
        if (ids.length === 1 && only !== undefined && this.#support.verdict(byId) === 'shown') answered.set(only, null);
        return 'refused';
      }
      if (isBreakdown(error) && this.#support.verdict(byId) !== 'shown') return 'broken';
      for (const id of ids) answered.set(id, asError(error));
      return 'failed';
    }
    const missing = ids.filter((id) => !returned.has(id));
    const last = chain.at(-1);
    const isTold = returned.size > 0 || this.#support.verdict(byId) === 'shown';
    if (missing.length > 0 && isTold && last !== undefined && !returned.has(last)) {
      // The end of the chain was not looked at, so nothing is known of what is missing: unless who stands there has gone.
      if (this.#pages.known.has(last) && chain.length > 1) {
        const alone = await this.#readChunk([last], new Map());
        if (typeof alone !== 'string' && alone.has(last)) this.#support.retract(byId);
        return 'ignored';
      }
      // Nobody knows whether the last one is there: what is missing is asked for once more, with one at its end that is.
      if (missing.length < ids.length) return this.#readChunk(missing, answered);
    }
    for (const id of missing) answered.set(id, null);
    return returned;
  }

  /**
   * A profile that is there, to stand at the end of a chain: an API that looks only at the beginning of long ones would seem
   * to say that the rest does not exist. null where the last id is one, where none is known, or there is no room.
   */
  #witnessFor(ids: readonly string[]): string | null {
    const last = ids.at(-1);
    if (ids.length < 2 || ids.length >= maxPageSize || (last !== undefined && this.#pages.known.has(last))) return null;
    return this.#knownId();
  }
}

interface ChildIds {
  readonly byParent: ReadonlyMap<string, readonly string[]>;
  /** Profiles whose parents can't be read. */
  readonly unread: readonly string[];
}

function indexChildren(profiles: readonly Profile[]): ChildIds {
  const byParent = new Map<string, string[]>();
  const unread: string[] = [];
  for (const profile of profiles) {
    const parentIds = valueOrError(() => directParentIds(profile));
    if (parentIds instanceof GatewayError) {
      unread.push(profile.profileId);
      continue;
    }
    for (const parent of parentIds) {
      const list = byParent.get(parent);
      if (list === undefined) byParent.set(parent, [profile.profileId]);
      else list.push(profile.profileId);
    }
  }
  return { byParent, unread };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('unknown failure', { cause: error });
}
