import type { Condition } from '../filter/condition.ts';
import { type Plan, plan, planAssuming } from '../filter/plan.ts';
import { probeOf } from '../filter/probe.ts';
import type { FilterSupport, SupportKey } from '../filter/support.ts';
import type { Page } from '../model/page.ts';
import type { Profile } from '../model/profile.ts';
import { maxPageSize, type ProfilePages } from './profile-pages.ts';
import { isBreakdown, isRefusal } from './refusal.ts';

/** A place between two rows of the list: what a cursor stands for. */
export interface Position {
  /** The page that holds the next row; null: the first. */
  readonly pageToken: string | null;
  /** How many rows of that page come before. */
  readonly offset: number;
  /** The rest says which list the token was cut from: its pages, and the filters that the API was asked with. */
  readonly pageSize: number;
  readonly assumes: readonly SupportKey[];
}

export interface ListRequest {
  readonly condition: Condition;
  readonly first: number;
  readonly after: Position | null;
  /** Whether the answer will be counted, or its parents asked for: then pages are worth filling. */
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
  /** Counts all matches by reading all pages. */
  total(): Promise<number>;
}

const emptyList: ProfileList = {
  rows: [],
  filter: null,
  hasNext: async () => false,
  total: async () => 0,
};

/** Profiles that satisfy a condition, over as many pages as that takes. Throws UpstreamError. */
export class ProfileLister {
  readonly #pages: ProfilePages;
  readonly #support: FilterSupport;

  constructor(pages: ProfilePages, support: FilterSupport) {
    this.#pages = pages;
    this.#support = support;
  }

  async list(request: ListRequest): Promise<ProfileList> {
    const chosen = request.after === null ? await this.#choose(request) : resume(request.condition, request.after);
    if (chosen === null) return emptyList;
    const { rows, more } = await this.#collect(chosen, request.first, request.after);
    return {
      rows,
      filter: chosen.filter,
      hasNext: async () => more(),
      total: () => this.#count(chosen),
    };
  }

  /** The plan for a new list, with its first page already read, so that it is known to work. */
  async #choose(request: ListRequest): Promise<ChosenPlan | null> {
    const { condition } = request;
    const tried = new Set<string | null>();
    const candidates = [
      () => plan(condition, this.#support),
      () => plan(condition, this.#support, false),
      () => plan(condition, documentedOnly(this.#support), false),
      // Even a documented filter may be refused for its value or its length: all is checked here then.
      () => planAssuming(condition, []),
    ];
    for (const candidate of candidates) {
      const next = candidate();
      if (next === null) return null;
      if (tried.has(next.filter)) continue;
      tried.add(next.filter);
      const chosen = { ...next, pageSize: this.#pageSize(next, request) };
      const works = await this.#works(chosen, request);
      if (works) return chosen;
    }
    throw new Error('the last plan asks for every profile: it is read, or its failure is thrown');
  }

  /** Reads the first page of a plan. False where the API refuses it, or answers as if it had not understood. */
  async #works(chosen: ChosenPlan, request: ListRequest): Promise<boolean> {
    let page: Page<Profile>;
    try {
      page = await this.#pages.fetch({ ...chosen, isTrial: chosen.trial !== null }, null);
    } catch (error) {
      // A question that was only a trial must not cost the answer; nothing is learnt from it.
      if (chosen.trial !== null && isBreakdown(error)) return false;
      if (!isRefusal(error) || chosen.filter === null) throw error;
      if (chosen.trial !== null) await this.#learnFromRefusal(chosen.trial, request);
      return false;
    }
    if (chosen.doubts.length === 0) return true;
    const verdicts = new Set(page.values.map(chosen.judge));
    if (verdicts.has('fails')) {
      // An API that ignores a filter may have seemed to take it, if the first profiles happened to match.
      if (chosen.trial !== null) this.#support.refuse(chosen.trial);
      else for (const key of chosen.doubts) this.#support.retract(key);
      return false;
    }
    if (chosen.trial === null) return true;
    if (!verdicts.has('works')) return this.#probe(chosen.trial, request);
    this.#support.show(chosen.trial);
    return true;
  }

  /**
   * An API refuses a filter that it does not take. It may refuse an id of another form than its own as well, and one that a
   * caller made up must not cost everybody the lookups by id: those are asked for by an id that the API gave itself.
   */
  async #learnFromRefusal(trial: SupportKey, request: ListRequest): Promise<void> {
    if (trial !== 'id eq') return this.#support.refuse(trial);
    await this.#probe(trial, request);
    const narrowed = plan(request.condition, this.#support, false)?.filter ?? null;
    // A whole list of one page gives nothing to ask by, and is read as fast without ids.
    if (this.#support.verdict(trial) === 'untried' && narrowed === null) this.#support.refuse(trial);
  }

  /**
   * A trial that brought nothing shows nothing: there may be no match, or the API may have understood something else. One
   * page of the plan without it has the answer, or else profiles of whose values the API can be asked.
   */
  async #probe(trial: SupportKey, request: ListRequest): Promise<boolean> {
    const safe = plan(request.condition, this.#support, false);
    if (safe === null) return false;
    const page = await this.#pages.fetch({ ...safe, pageSize: this.#pageSize(safe, request) }, null);
    const probe = page.next === null ? null : probeOf(trial, page.values);
    if (probe === null) return false;
    try {
      const reply = await this.#pages.fetch({ filter: probe.filter, pageSize: maxPageSize, isTrial: true }, null);
      if (probe.isShownBy(reply.values)) {
        this.#support.show(trial);
        return true;
      }
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    this.#support.refuse(trial);
    return false;
  }

  /** Rows that are dropped here, counted, or looked up again are cheapest in full pages. */
  #pageSize({ covered }: Plan, { first, wantsFullPages }: ListRequest): number {
    return covered && !wantsFullPages ? Math.max(1, Math.min(first, maxPageSize)) : maxPageSize;
  }

  async #collect(
    chosen: ChosenPlan,
    first: number,
    after: Position | null,
  ): Promise<{ rows: readonly ListedProfile[]; more: () => Promise<boolean> | boolean }> {
    const rows: ListedProfile[] = [];
    let pageToken = after?.pageToken ?? null;
    let offset = after?.offset ?? 0;
    for await (const page of this.#pages.read(chosen, pageToken)) {
      for (let i = offset; i < page.values.length; i++) {
        const profile = page.values[i];
        if (profile === undefined) break;
        if (!chosen.matches(profile)) continue;
        if (rows.length === first) return { rows, more: () => true };
        rows.push({ profile, position: positionAfter(chosen, page, pageToken, i) });
      }
      if (page.next === null) return { rows, more: () => false };
      const next = page.next;
      if (rows.length === first) {
        // Of the whole list the API knows whether it goes on. What it takes for matches may be none: only its rows can tell.
        const isWholeList = chosen.covered && chosen.filter === null;
        const more = isWholeList ? () => true : () => this.#anyFrom(chosen, next);
        return { rows, more };
      }
      pageToken = next;
      offset = 0;
    }
    return { rows, more: () => false };
  }

  async #anyFrom(chosen: ChosenPlan, pageToken: string): Promise<boolean> {
    for await (const page of this.#pages.read(chosen, pageToken)) {
      if (page.values.some(chosen.matches)) return true;
    }
    return false;
  }

  async #count(chosen: ChosenPlan): Promise<number> {
    let count = 0;
    for await (const page of this.#pages.read(chosen)) count += page.values.filter(chosen.matches).length;
    return count;
  }
}

type ChosenPlan = Plan & { readonly pageSize: number };

function resume(condition: Condition, after: Position): ChosenPlan | null {
  const resumed = planAssuming(condition, after.assumes);
  return resumed === null ? null : { ...resumed, pageSize: after.pageSize };
}

function documentedOnly(support: FilterSupport): Pick<FilterSupport, 'verdict'> {
  return { verdict: (key) => (support.verdict(key) === 'documented' ? 'documented' : 'refused') };
}

/** Behind the last row of a page stands the next page, so that going on there costs no second look at this one. */
function positionAfter(
  { pageSize, assumes }: ChosenPlan,
  page: Page<Profile>,
  pageToken: string | null,
  index: number,
): Position {
  const isLast = index + 1 === page.values.length && page.next !== null;
  return isLast
    ? { pageToken: page.next, offset: 0, pageSize, assumes }
    : { pageToken, offset: index + 1, pageSize, assumes };
}
