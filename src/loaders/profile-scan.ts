import { GatewayError, valueOrError } from '../errors.ts';
import { eventLoop } from '../event-loop.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { invalidReply, unsettled } from '../upstream/failure.ts';
import { maxReadings } from '../upstream/paginate.ts';
import type { SeenByCaller } from './caller-memory.ts';
import type { IdChains, Outcomes } from './id-chains.ts';
import type { CountVerdict, ProfileCounts, TypeList } from './profile-counts.ts';
import { maxPageSize, type ProfilePages } from './profile-pages.ts';

export interface ScanOptions {
  readonly pages: ProfilePages;
  readonly chains: IdChains;
  /** null: the API's counts are not asked for. */
  readonly counts: ProfileCounts | null;
  /** The profiles of the caller's last scan; null: none are remembered. */
  readonly memory: SeenByCaller | null;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The whole list, read only as far as somebody needs it, and once if it stands still meanwhile. It goes on from the pages that
 * an unfiltered listing has read already.
 *
 * Where profiles are created or deleted between the readings of two pages, others move from a page that is still to be read to
 * one that has been read, and are missed. So what a scan of several pages did not see is not missing yet: see `settle`. Who needs
 * every profile, and not only those that somebody names, asks for `all`: then the API's counts are read before the first page.
 */
export class ProfileScan {
  readonly #options: ScanOptions;
  /** The source of the last reading of the list. */
  #source: ProfilePages;
  #counts: TypeList | null = null;
  #opening: Promise<void> | null = null;
  /** In the API's order. */
  #seen = new Map<string, Profile>();
  #pageCount = 0;
  /** Whether a profile came on two pages, so that the list moved. */
  #hasRepeats = false;
  /** Whether a page brought nothing new. */
  #hasOldPage = false;
  #reader: ReturnType<ProfilePages['read']> | null = null;
  #step: Promise<void> | null = null;
  #hasEnded = false;
  /** Whether what was not seen is not there: one page is one state, and so is what counts fit, or two scans in a row saw alike. */
  #isExact = false;
  /** Ids that are proven not to be there. */
  readonly #absent = new Set<string>();
  #areNamesChecked = false;
  #settling: Promise<void> = Promise.resolve();

  constructor(options: ScanOptions) {
    this.#options = options;
    this.#source = options.pages;
  }

  /** The pages of the list as it was read last, all of them once `all` has resolved. */
  get source(): ProfilePages {
    return this.#source;
  }

  /** Whether the list has been read to its end. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether a page of the list showed this profile. */
  has(id: string): boolean {
    return this.#seen.has(id);
  }

  /** Whether it is proven that the caller sees no profile with this id. */
  isAbsent(id: string): boolean {
    return this.#hasEnded && !this.#seen.has(id) && (this.#isExact || this.#absent.has(id));
  }

  /** Reads on until `enough` or the end. Throws UpstreamError, and again for everyone who comes after. */
  async readUntil(enough: () => boolean): Promise<void> {
    while (!this.#hasEnded && !enough()) await this.#readPage();
  }

  /** Every profile, in the API's order. Throws UpstreamError where the list does not stand still. */
  async all(): Promise<readonly Profile[]> {
    await this.open();
    return this.rest();
  }

  /** The same where the profiles are those that others name: such are missed by no one, so that nothing is counted. */
  async rest(): Promise<readonly Profile[]> {
    await this.readUntil(() => false);
    await this.settle([]);
    return [...this.#seen.values()];
  }

  /** Reads the API's counts before the first page, for a list that will be read as a whole. A list that was begun is begun anew. */
  open(): Promise<void> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /**
   * Makes sure, at the end of the list, that it was not overtaken by a change: no profile came twice, and none is there that
   * was not seen although a profile, the caller's last scan or one of `ids` names it. Such ids are asked for where the API
   * takes ids. Else, or where one is there, the list is read again, until two scans in a row saw the same. Throws
   * UpstreamError where that does not happen.
   */
  settle(ids: readonly string[]): Promise<void> {
    this.#settling = this.#settling.then(() => this.#settle(ids));
    return this.#settling;
  }

  /** Takes the whole list from a scan that has just been made for the same operation, and shows each profile as it was first seen. */
  adopt(scan: ProfileScan): void {
    const { pages } = this.#options;
    this.#source = pages.reopen();
    this.#source.borrowFrom(scan.#source);
    this.#seen = new Map(pages.adopt([...scan.#seen.values()]).map((profile) => [profile.profileId, profile]));
    this.#pageCount = scan.#pageCount;
    this.#isExact = scan.#isExact;
    for (const id of scan.#absent) this.#absent.add(id);
    this.#areNamesChecked = true;
    this.#hasEnded = true;
  }

  async #open(): Promise<void> {
    const { counts, pages } = this.#options;
    if (this.#reader !== null || this.#hasEnded) return;
    if (counts === null) return;
    if (!counts.comeFirst) {
      // One page is one state of the list, which needs no counts.
      const first = await pages.fetch({ filter: null, pageSize: pages.scanPageSize }, null);
      if (first.next === null) return;
    }
    const before = await counts.before();
    if (before === null || this.#reader !== null) return;
    this.#counts = before;
    if (pages.scanBegunAt < counts.arrivedAt) this.#source = pages.reopen();
  }

  #readPage(): Promise<void> {
    this.#step ??= this.#advance();
    return this.#step;
  }

  async #advance(): Promise<void> {
    const source = this.#source;
    this.#reader ??= source.read({ filter: null, pageSize: source.scanPageSize });
    const result = await this.#reader.next();
    // A list that was taken from elsewhere meanwhile has ended without this page.
    if (result.done) this.#hasEnded = true;
    else if (!this.#hasEnded) {
      this.#take(result.value.values);
      this.#hasEnded = result.value.next === null;
    }
    this.#isExact ||= this.#hasEnded && this.#isOneState && this.#counts === null;
    // Left in place after a failure: a reader that threw would call itself done, and the list would look complete.
    this.#step = null;
  }

  /** One page is one state of the list. If it is empty, or lacks a profile of the caller's last scan, it needs a proof as well. */
  get #isOneState(): boolean {
    if (this.#pageCount > 1 || this.#seen.size === 0) return false;
    return [...(this.#options.memory?.scannedIds() ?? [])].every((id) => this.#seen.has(id));
  }

  #take(rows: readonly Profile[]): void {
    this.#pageCount++;
    // The token of such a page was not read.
    if (rows.length > 0 && rows.every(({ profileId }) => this.#seen.has(profileId))) this.#hasOldPage = true;
    for (const row of rows) {
      if (this.#seen.has(row.profileId)) this.#hasRepeats = true;
      else this.#seen.set(row.profileId, row);
    }
  }

  async #settle(ids: readonly string[]): Promise<void> {
    for (let scans = 1; !this.#isExact; scans++) {
      const verdict = await this.#judge();
      this.#isExact = verdict === 'complete' || (verdict === 'unknown' && this.#isOneState);
      if (this.#isExact) break;
      if (verdict === 'unknown') {
        const doubtful = (await this.#namedIds(ids)).filter((id) => !this.#seen.has(id) && !this.#absent.has(id));
        if (this.#isExact) break;
        if (!this.#hasRepeats && this.#seen.size > 0 && (await this.#areAbsent(doubtful))) break;
      }
      if (scans === maxReadings) throw unsettled(endpoints.listProfiles.attempt, maxReadings);
      await this.#readAgain(verdict !== 'unknown');
    }
    this.#areNamesChecked = true;
    this.#options.chains.learn((id) => this.has(id));
    this.#options.memory?.keepScannedIds(new Set(this.#seen.keys()));
  }

  /** What the counts say of the scan, if they were read before it. */
  async #judge(): Promise<CountVerdict> {
    const { counts, signal } = this.#options;
    if (counts === null || this.#counts === null) return 'unknown';
    return counts.judge(this.#counts, this.#seen.values(), signal);
  }

  /** The ids that may be there for all that is known. */
  async #namedIds(asked: readonly string[]): Promise<readonly string[]> {
    if (this.#areNamesChecked) return asked;
    const before = this.#options.memory?.scannedIds() ?? null;
    if (before !== null && isSame(before, this.#seen)) {
      this.#isExact = true;
      return [];
    }
    const named = new Set([...asked, ...(before ?? [])]);
    for (const profile of this.#seen.values()) {
      for (const id of neighbourIds(profile)) named.add(id);
      if (eventLoop.isHeld) await eventLoop.yield(this.#options.signal);
    }
    return [...named];
  }

  /** Whether all of these are proven not to be there. */
  async #areAbsent(ids: readonly string[]): Promise<boolean> {
    if (ids.length === 0) return true;
    const { chains } = this.#options;
    if (!chains.isUseful || ids.length > this.#pageCount * maxPageSize) return false;
    const outcomes: Outcomes = new Map();
    await chains.prove(ids, outcomes);
    for (const [id, outcome] of outcomes) {
      if (outcome !== null) throw outcome;
      this.#absent.add(id);
    }
    return ids.every((id) => this.#absent.has(id));
  }

  async #readAgain(countsHelp: boolean): Promise<void> {
    const { pages, counts } = this.#options;
    const before = this.#seen;
    this.#counts = countsHelp && counts !== null ? await counts.again() : null;
    this.#seen = new Map();
    this.#pageCount = 0;
    this.#hasRepeats = false;
    this.#hasOldPage = false;
    this.#areNamesChecked = false;
    const again = pages.reopen();
    this.#source = again;
    for await (const { values } of again.read({ filter: null, pageSize: again.scanPageSize })) this.#take(values);
    const areCounted = this.#counts !== null;
    this.#isExact = (this.#isOneState && !areCounted) || (!this.#hasOldPage && isSame(before, this.#seen));
    if (this.#seen.size === 0) await this.#refuseIfShort();
    if (!areCounted || !this.#isExact || (await this.#judge()) !== 'misfit') return;
    await this.#refuseIfShort();
    counts?.noteMisfit();
  }

  /** Where the counts do not fit, the key may not see all profiles; or the list may end too early: then ids bring some that it lacks. */
  async #refuseIfShort(): Promise<void> {
    const { chains, pages } = this.#options;
    const lacking = (await this.#namedIds([])).filter((id) => !this.#seen.has(id) && !pages.known.has(id));
    if (lacking.length === 0 || !chains.isUseful) return;
    await chains.bring(lacking, new Map());
    if (lacking.some((id) => pages.known.has(id))) {
      throw invalidReply(endpoints.listProfiles.attempt, 'profiles that it names are there and not in the list', 200);
    }
  }
}

/** The parents and children that a profile names; no parents where they can't be read. */
function neighbourIds(profile: Profile): readonly string[] {
  const parents = valueOrError(() => directParentIds(profile));
  return [...(parents instanceof GatewayError ? [] : parents), ...(profile.inheritedByIds ?? [])];
}

function isSame(
  ids: { readonly size: number; keys(): Iterable<string> },
  others: ReadonlyMap<string, unknown>,
): boolean {
  if (ids.size !== others.size) return false;
  for (const id of ids.keys()) if (!others.has(id)) return false;
  return true;
}
