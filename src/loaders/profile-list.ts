import { UserInputError } from '../errors.ts';
import type { Condition } from '../filter/condition.ts';
import { type Plan, plan, planAssuming, planByDocuments } from '../filter/plan.ts';
import type { FilterSupport, SupportKey } from '../filter/support.ts';
import type { Page } from '../model/page.ts';
import type { Profile } from '../model/profile.ts';
import type { MaybePromise } from './call.ts';
import { FilterProofs } from './filter-proofs.ts';
import type { ProfileMatcher } from './matching.ts';
import { maxPageSize, type ProfilePages } from './profile-pages.ts';
import type { ProfileScan } from './profile-scan.ts';
import { isRefusal } from './refusal.ts';
import type { Snapshot } from './snapshot.ts';
import type { Witnesses } from './witnesses.ts';

/** A place between two rows of the list: what a cursor stands for. */
export interface Position {
  /** The page that holds the next row; null: the first. */
  readonly pageToken: string | null;
  /** How many rows of that page come before. */
  readonly offset: number;
  /** The rest says which list the token was cut from: its pages, and the filters that the API was asked with. */
  readonly pageSize: number;
  readonly assumes: readonly SupportKey[];
  readonly maxComparisons: number;
}

export interface ListRequest {
  readonly condition: Condition;
  readonly first: number;
  readonly after: Position | null;
  /** Whether every match is needed, be it only to count them. */
  readonly wantsAll: boolean;
  /** Whether pages are worth filling: because all of them are read, or the parents of their rows. */
  readonly wantsFullPages: boolean;
}

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

export interface ListerOptions {
  readonly pages: ProfilePages;
  readonly witnesses: Witnesses;
  readonly scan: ProfileScan;
  readonly support: FilterSupport;
  readonly matcher: ProfileMatcher;
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
  readonly #proofs: FilterProofs;
  /** Fields of one operation that share a condition share its plan, and what has been checked by it. */
  readonly #plans = new WeakMap<Condition, Plan>();
  readonly #documentedPlans = new WeakMap<Condition, Plan>();
  readonly #matches = new WeakMap<Condition, WeakMap<Page<Profile>, Promise<readonly number[]>>>();

  constructor(options: ListerOptions) {
    this.#options = options;
    this.#proofs = new FilterProofs(options);
  }

  async list(request: ListRequest): Promise<ProfileList> {
    const chosen = await (request.after === null
      ? this.#begin(request)
      : this.#resume(request.condition, request.after));
    if (chosen === null) return emptyList;
    const { rows, more } = await (mayBeScan(chosen, request)
      ? this.#collectByScan(chosen, request.first)
      : this.#collect(chosen, request.first, request.after));
    return {
      rows,
      filter: chosen.filter,
      hasNext: async () => more(),
      all: () => this.#all(chosen),
    };
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
    const chosen = await this.#begin({
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
  async #collectByScan(chosen: ChosenPlan, first: number): Promise<Slice> {
    const { scan } = this.#options;
    await scan.open();
    const { source } = scan;
    const inSource = { ...chosen, pages: source, pageSize: source.scanPageSize };
    const slice = await this.#collect(inSource, first, null);
    if (!slice.isWhole) return { ...slice, more: async () => (await slice.more()) || this.#anyBeside(chosen, slice) };
    await scan.all();
    return scan.source === source ? slice : this.#collect({ ...inSource, pages: scan.source }, first, null);
  }

  /** The plan for a new list, proven, with its first page already read if it has a filter. */
  async #begin(request: ListRequest): Promise<ChosenPlan | null> {
    const { condition } = request;
    const wanted = this.#planOf(condition);
    if (wanted === null) return null;
    const byDocuments = this.#documentedPlanOf(condition);
    for (const candidate of wanted.filter === byDocuments.filter ? [byDocuments] : [wanted, byDocuments]) {
      const chosen = {
        ...candidate,
        condition,
        pages: this.#options.pages,
        pageSize: this.#pageSize(candidate, request),
      };
      if (candidate.filter === null) return chosen;
      if (await this.#works(chosen)) return this.#inLargerPages(chosen);
    }
    // Even a documented filter may be refused for its value: all is checked here then.
    const all = planAssuming(condition, []);
    return all && { ...all, condition, pages: this.#options.pages, pageSize: this.#pageSize(all, request) };
  }

  /** An API that also gives rows of its own reading, such as `production` for `prod`, may fill many small pages with them. */
  async #inLargerPages(chosen: ChosenPlan): Promise<ChosenPlan> {
    const page = await this.#options.pages.fetch(chosen, null);
    const isNarrow = page.next === null || (await this.#matchesIn(page, chosen)).length === page.values.length;
    return isNarrow ? chosen : { ...chosen, pageSize: maxPageSize };
  }

  #documentedPlanOf(condition: Condition): Plan {
    const known = this.#documentedPlans.get(condition);
    if (known !== undefined) return known;
    const plan = planByDocuments(condition);
    this.#documentedPlans.set(condition, plan);
    return plan;
  }

  /** Reads the first page of a plan, and beside it the proof of its filter. False where the plan is of no use. */
  async #works(chosen: ChosenPlan): Promise<boolean> {
    const { witnesses } = this.#options;
    const probe = chosen.needs === null ? null : await this.#proofs.probeFor(chosen.needs);
    // One page that is the whole list has been read meanwhile: no filter brings more.
    if (witnesses.isWholeList || (chosen.needs !== null && probe === null)) return false;
    if (probe === null || chosen.needs === null) return this.#isAnswered(chosen, null);
    const proof = this.#proofs.isProven(chosen.needs, probe, chosen.trial);
    // What the API probably refuses is not asked before it is proven.
    if (chosen.trial !== null && !(await proof)) return false;
    const [isProven, isAnswered] = await Promise.all([proof, this.#isAnswered(chosen, null)]);
    return isProven && isAnswered;
  }

  async #isAnswered(chosen: ChosenPlan, pageToken: string | null): Promise<boolean> {
    try {
      await this.#options.pages.fetch(chosen, pageToken);
      return true;
    } catch (error) {
      if (isRefusal(error)) return false;
      throw error;
    }
  }

  /** The plan that a cursor was cut from: its page token belongs to that filter, so no other will do. */
  async #resume(condition: Condition, after: Position): Promise<ChosenPlan | null> {
    const resumed = planAssuming(condition, after.assumes, after.maxComparisons);
    if (resumed === null) return null;
    const chosen = { ...resumed, condition, pages: this.#options.pages, pageSize: after.pageSize };
    if (chosen.needs === null) return chosen;
    const probe = await this.#proofs.probeFor(chosen.needs);
    const [isProven, isAnswered] = await Promise.all([
      probe !== null && this.#proofs.isProven(chosen.needs, probe, null),
      this.#isAnswered(chosen, after.pageToken),
    ]);
    if (!isProven || !isAnswered) throw notResumed();
    return chosen;
  }

  #planOf(condition: Condition): Plan | null {
    const before = this.#plans.get(condition);
    if (before !== undefined) return before;
    const made = plan(condition, this.#options.support);
    if (made !== null) this.#plans.set(condition, made);
    return made;
  }

  /** Rows that are dropped here, counted, or looked up again are cheapest in full pages. */
  #pageSize({ covered, filter }: Plan, { first, wantsFullPages }: ListRequest): number {
    if (covered && !wantsFullPages) return Math.max(1, Math.min(first, maxPageSize));
    return filter === null ? this.#options.pages.scanPageSize : maxPageSize;
  }

  async #collect(chosen: ChosenPlan, first: number, after: Position | null): Promise<Slice> {
    const rows: ListedProfile[] = [];
    let pageToken = after?.pageToken ?? null;
    let offset = after?.offset ?? 0;
    // Where the list moves while it is read, a profile may come again.
    const seen = new Set<string>();
    for await (const page of chosen.pages.read(chosen, pageToken)) {
      for (const i of await this.#matchesIn(page, chosen)) {
        const profile = page.values[i];
        if (i < offset || profile === undefined || seen.has(profile.profileId)) continue;
        if (rows.length === first) return { rows, more: () => true, isWhole: false };
        seen.add(profile.profileId);
        rows.push({ profile, position: positionAfter(chosen, page, pageToken, i) });
      }
      if (page.next === null) return { rows, more: () => false, isWhole: true };
      const next = page.next;
      if (rows.length === first) {
        // Of the whole list the API knows whether it goes on. What it takes for matches may be none: only its rows can tell.
        const isWholeList = chosen.covered && chosen.filter === null;
        const more = isWholeList ? () => true : () => this.#anyFrom(chosen, next, seen);
        return { rows, more, isWhole: false };
      }
      pageToken = next;
      offset = 0;
    }
    return { rows, more: () => false, isWhole: true };
  }

  /** Whether the whole list has a match that is not among these rows. */
  async #anyBeside({ condition }: ChosenPlan, { rows }: Slice): Promise<boolean> {
    const shown = new Set(rows.map(({ profile }) => profile.profileId));
    const others = (await this.#options.scan.all()).filter(({ profileId }) => !shown.has(profileId));
    return (await this.#options.matcher.matching(condition, others)).length > 0;
  }

  async #anyFrom(chosen: ChosenPlan, pageToken: string, seen: ReadonlySet<string>): Promise<boolean> {
    for await (const page of chosen.pages.read(chosen, pageToken)) {
      for (const i of await this.#matchesIn(page, chosen)) if (!seen.has(page.values[i]?.profileId ?? '')) return true;
    }
    return false;
  }

  async #all(chosen: ChosenPlan): Promise<readonly Profile[]> {
    const { scan } = this.#options;
    const found = new Map<string, Profile>();
    if (chosen.filter === null) await scan.all();
    const source =
      chosen.filter === null ? { ...chosen, pages: scan.source, pageSize: scan.source.scanPageSize } : chosen;
    for await (const page of source.pages.read(source)) {
      for (const i of await this.#matchesIn(page, chosen)) {
        const profile = page.values[i];
        if (profile !== undefined && !found.has(profile.profileId)) found.set(profile.profileId, profile);
      }
    }
    return [...found.values()];
  }

  /** Where in a page the profiles that match are, each once. Checked once for each condition. */
  #matchesIn(page: Page<Profile>, { condition }: ChosenPlan): Promise<readonly number[]> {
    const pages = this.#matches.get(condition) ?? new WeakMap<Page<Profile>, Promise<readonly number[]>>();
    this.#matches.set(condition, pages);
    const checked = pages.get(page) ?? this.#check(page, condition);
    pages.set(page, checked);
    return checked;
  }

  async #check({ values }: Page<Profile>, condition: Condition): Promise<readonly number[]> {
    // A row that comes again in a page is the same object: each profile is kept as it was first seen.
    const places = new Map<Profile, number>();
    for (const [i, profile] of values.entries()) if (!places.has(profile)) places.set(profile, i);
    const matching = await this.#options.matcher.matching(condition, places.keys());
    return matching.map((profile) => places.get(profile) ?? 0);
  }
}

type ChosenPlan = Plan & {
  readonly condition: Condition;
  /** Where the pages are read. */
  readonly pages: ProfilePages;
  readonly pageSize: number;
};

/** The first rows of a list. */
interface Slice {
  readonly rows: readonly ListedProfile[];
  readonly more: () => Promise<boolean> | boolean;
  /** Whether the list has been read to its end. */
  readonly isWhole: boolean;
}

/** Whether a list may be read to its end, or over several pages, without a filter. */
function mayBeScan({ filter, covered }: Plan, { after, first, wantsAll }: ListRequest): boolean {
  return filter === null && after === null && (!covered || wantsAll || first > maxPageSize);
}

/** Behind the last row of a page stands the next page, so that going on there costs no second look at this one. */
function positionAfter(
  { pageSize, assumes, maxComparisons }: ChosenPlan,
  page: Page<Profile>,
  pageToken: string | null,
  index: number,
): Position {
  const isLast = index + 1 === page.values.length && page.next !== null;
  const list = { pageSize, assumes, maxComparisons };
  return isLast ? { pageToken: page.next, offset: 0, ...list } : { pageToken, offset: index + 1, ...list };
}

/** The API has changed since the cursor was cut, or the cursor is made up: only its holder can drop it. */
function notResumed(): UserInputError {
  return new UserInputError(
    'after',
    'after: the Veza API does not answer the filter of this list as it did where this cursor was made; read the list from its start, without `after`.',
  );
}
