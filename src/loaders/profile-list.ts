import type { Condition } from '../filter/condition.ts';
import type { Plan } from '../filter/plan.ts';
import type { Page } from '../model/page.ts';
import type { Profile } from '../model/profile.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { unsettled } from '../upstream/failure.ts';
import { maxReadings, stoodStill } from '../upstream/paginate.ts';
import type { MaybePromise } from './call.ts';
import { type ListPlan, ListPlans, type ListPlansOptions, type ListRequest, type Position } from './list-plans.ts';
import { maxPageSize } from './profile-pages.ts';
import type { ProfileScan } from './profile-scan.ts';
import type { Snapshot } from './snapshot.ts';

export interface ListedProfile {
  readonly profile: Profile;
  /** The place behind it. */
  readonly position: Position;
}

export interface ProfileList {
  readonly rows: readonly ListedProfile[];
  /** The SCIM filter that was sent. */
  readonly filter: string | null;
  /** Whether more follow; reads ahead only where the API can not know. */
  hasNext(): Promise<boolean>;
  /** All profiles of the list, each once, by reading all pages. */
  all(): Promise<readonly Profile[]>;
}

/** All that match, and the SCIM filter that was sent. */
export interface Matches {
  readonly profiles: readonly Profile[];
  readonly filter: string | null;
}

const emptyList: ProfileList = {
  rows: [],
  filter: null,
  hasNext: async () => false,
  all: async () => [],
};

export interface ListerOptions extends ListPlansOptions {
  readonly scan: ProfileScan;
  readonly whole: WholeTenant;
}

/** Every profile that the caller sees. */
export interface WholeTenant {
  everyProfile(): MaybePromise<Snapshot>;
  /** Without a call of its own; null: that takes a scan. */
  everyProfileAtNoCost(): MaybePromise<Snapshot> | null;
}

/**
 * Profiles that satisfy a condition, over as many pages as that takes. The API filters as far as its documents say, or as a
 * proof in this operation shows (docs/adr/0001-what-a-reply-proves.md); the rest is checked here. Throws UpstreamError.
 */
export class ProfileLister {
  readonly #options: ListerOptions;
  readonly #plans: ListPlans;

  constructor(options: ListerOptions) {
    this.#options = options;
    this.#plans = new ListPlans(options);
  }

  async list(request: ListRequest): Promise<ProfileList> {
    const chosen = await (request.after === null
      ? this.#plans.begin(request)
      : this.#plans.resume(request.condition, request.after));
    if (chosen === null) return emptyList;
    const still = mayBeScan(chosen, request) ? null : await this.#collectStill(chosen, request.first, request.after);
    // That there are no profiles at all takes more than one page to prove.
    const isDoubtful = still === null || (still.rows.length === 0 && chosen.filter === null && request.after === null);
    const { rows, hasNext } = isDoubtful ? await this.#collectByScan(chosen, request.first) : still;
    return { rows, filter: chosen.filter, hasNext, all: () => this.#all(chosen) };
  }

  /**
   * Every profile that satisfies a condition, each once, for answers that need them all: from a snapshot where there is one, else by
   * the filter that the API takes, else by a scan, which makes a snapshot.
   */
  async everyMatch(condition: Condition): Promise<Matches> {
    const { matcher, whole } = this.#options;
    const inWhole = async (snapshot: Snapshot): Promise<Matches> => ({
      profiles: await matcher.matching(condition, snapshot.profiles),
      filter: null,
    });
    const ready = whole.everyProfileAtNoCost();
    if (ready !== null) return inWhole(await ready);
    const chosen = await this.#plans.begin({
      condition,
      first: maxPageSize,
      after: null,
      wantsAll: true,
      wantsFullPages: true,
    });
    if (chosen === null) return { profiles: [], filter: null };
    if (chosen.filter === null) return inWhole(await whole.everyProfile());
    return { profiles: await this.#all(chosen), filter: chosen.filter };
  }

  /** A list that may be read to its end without a filter: what is said to be all of it must be, as in any scan. */
  async #collectByScan(chosen: ListPlan, first: number): Promise<Continued> {
    const { scan } = this.#options;
    await scan.open();
    const { source } = scan;
    const inSource = { ...chosen, pages: source, pageSize: source.scanPageSize };
    const slice = await this.#collect(inSource, first, null);
    if (slice.end !== 'whole') return this.#continuedInScan(inSource, slice);
    await scan.all();
    if (scan.source === source) return { rows: slice.rows, hasNext: async () => false };
    const inAgain = { ...inSource, pages: scan.source };
    return this.#continuedInScan(inAgain, await this.#collect(inAgain, first, null));
  }

  #continuedInScan(inScan: ListPlan, slice: Slice): Continued {
    const isFollowed = async () => (await this.#findOther(inScan, null, slice)).isFound;
    const hasNext = async () => {
      if (slice.end !== 'open') return slice.end === 'continued';
      return (await isFollowed()) || this.#anyBeside(inScan, slice);
    };
    return { rows: slice.rows, hasNext };
  }

  async #collectStill(chosen: ListPlan, first: number, after: Position | null): Promise<Continued> {
    const slice = await this.#readStill(chosen, after, (reading) => this.#collect(reading, first, after));
    const isFollowed = async () =>
      (await this.#readStill(chosen, after, (reading) => this.#findOther(reading, after, slice))).isFound;
    return {
      rows: slice.rows,
      hasNext: async () => slice.end === 'continued' || (slice.end === 'open' && isFollowed()),
    };
  }

  /**
   * Reads a list that the API filters until the pages that must be of one state are: else a row may have moved to a page that had
   * been read. Throws UpstreamError where the list does not stand still.
   */
  async #readStill<T extends Reading>(
    chosen: ListPlan,
    after: Position | null,
    read: (reading: ListPlan) => Promise<T>,
  ): Promise<T> {
    let { pages } = chosen;
    for (let readings = 0; readings < maxReadings; readings++) {
      const result = await read({ ...chosen, pages });
      pages = pages.again;
      const again = pages.read(chosen, after?.pageToken);
      if (await stoodStill(result.ofOneState, again, ({ profileId }) => profileId)) return result;
    }
    throw unsettled(endpoints.listProfiles.attempt, maxReadings);
  }

  async #collect(chosen: ListPlan, first: number, after: Position | null): Promise<Slice> {
    const rows: ListedProfile[] = [];
    const pages: Page<Profile>[] = [];
    let pageToken = after?.pageToken ?? null;
    let offset = after?.offset ?? 0;
    // If the list moves while it is read, a profile may come again.
    const seen = new Set<string>();
    for await (const page of chosen.pages.read(chosen, pageToken)) {
      pages.push(page);
      for (const i of await this.#options.matcher.matchesIn(page, chosen.condition)) {
        const profile = page.values[i];
        if (i < offset || profile === undefined || seen.has(profile.profileId)) continue;
        if (rows.length === first) return { rows, end: 'continued', ofOneState: [] };
        seen.add(profile.profileId);
        rows.push({ profile, position: positionAfter(chosen, page, pageToken, i) });
      }
      if (page.next === null) break;
      // Of the whole list the API knows whether it goes on. What it takes for matches may be none: only its rows can tell.
      if (rows.length === first) {
        return { rows, end: chosen.covered && chosen.filter === null ? 'continued' : 'open', ofOneState: [] };
      }
      pageToken = page.next;
      offset = 0;
    }
    return { rows, end: 'whole', ofOneState: pages };
  }

  /** Looks for a match beside these rows that comes after a position. Pages that were read are not read again for it. */
  async #findOther(
    chosen: ListPlan,
    after: Position | null,
    { rows }: Slice,
  ): Promise<Reading & { readonly isFound: boolean }> {
    const shown = new Set(rows.map(({ profile }) => profile.profileId));
    const pages: Page<Profile>[] = [];
    for await (const page of chosen.pages.read(chosen, after?.pageToken)) {
      const start = pages.push(page) === 1 ? (after?.offset ?? 0) : 0;
      const matches = await this.#options.matcher.matchesIn(page, chosen.condition);
      const isFound = matches.some((i) => i >= start && !shown.has(page.values[i]?.profileId ?? ''));
      if (isFound) return { isFound, ofOneState: [] };
    }
    return { isFound: false, ofOneState: pages };
  }

  /** Whether the whole list has a match that is not among these rows. */
  async #anyBeside({ condition }: ListPlan, { rows }: Slice): Promise<boolean> {
    const shown = new Set(rows.map(({ profile }) => profile.profileId));
    const others = (await this.#options.scan.all()).filter(({ profileId }) => !shown.has(profileId));
    return (await this.#options.matcher.matching(condition, others)).length > 0;
  }

  async #all(chosen: ListPlan): Promise<readonly Profile[]> {
    if (chosen.filter !== null) {
      return (await this.#readStill(chosen, null, (reading) => this.#collectAll(reading))).profiles;
    }
    const { scan } = this.#options;
    await scan.all();
    const { source } = scan;
    return (await this.#collectAll({ ...chosen, pages: source, pageSize: source.scanPageSize })).profiles;
  }

  async #collectAll(chosen: ListPlan): Promise<Reading & { readonly profiles: readonly Profile[] }> {
    const { rows, ofOneState } = await this.#collect(chosen, Number.POSITIVE_INFINITY, null);
    return { profiles: rows.map(({ profile }) => profile), ofOneState };
  }
}

/** Rows that were read from some pages. */
interface Reading {
  /** The pages that have to be of one state of the list: where it is said that there is no more. */
  readonly ofOneState: readonly Page<Profile>[];
}

/** The first rows of a list. */
interface Slice extends Reading {
  readonly rows: readonly ListedProfile[];
  /** Whether the list has been read to its end, is known to go on, or may. */
  readonly end: 'whole' | 'continued' | 'open';
}

type Continued = Pick<ProfileList, 'rows' | 'hasNext'>;

/** Whether a list may be read to its end, or over several pages, without a filter. */
function mayBeScan({ filter, covered }: Plan, { after, first, wantsAll }: ListRequest): boolean {
  return filter === null && after === null && (!covered || wantsAll || first > maxPageSize);
}

/** Behind the last row of a page stands the next page, so that going on there costs no second look at this one. */
function positionAfter(
  { pageSize, assumes, maxComparisons }: ListPlan,
  page: Page<Profile>,
  pageToken: string | null,
  index: number,
): Position {
  const isLast = index + 1 === page.values.length && page.next !== null;
  const list = { pageSize, assumes, maxComparisons };
  return isLast ? { pageToken: page.next, offset: 0, ...list } : { pageToken, offset: index + 1, ...list };
}
