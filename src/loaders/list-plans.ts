import { UserInputError, valueOrError } from '../errors.ts';
import type { Condition } from '../filter/condition.ts';
import { type Plan, plan, planAssuming, planByDocuments } from '../filter/plan.ts';
import type { FilterSupport, SupportKey } from '../filter/support.ts';
import { FilterProofs } from './filter-proofs.ts';
import type { ProfileMatcher } from './matching.ts';
import { maxPageSize, type ProfilePages } from './profile-pages.ts';
import { isRefusal } from './refusal.ts';
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

export interface ListPlansOptions {
  readonly pages: ProfilePages;
  readonly witnesses: Witnesses;
  readonly support: FilterSupport;
  readonly matcher: ProfileMatcher;
}

/** How a list is read: what the API is asked, and in which pages. */
export type ListPlan = Plan & {
  readonly condition: Condition;
  /** The source of the pages. */
  readonly pages: ProfilePages;
  readonly pageSize: number;
};

/**
 * Decides how a list is read: by as much of its condition as the API takes, as far as its documents say, or as a proof in this
 * operation shows (docs/adr/0001-what-a-reply-proves.md).
 */
export class ListPlans {
  readonly #options: ListPlansOptions;
  readonly #proofs: FilterProofs;
  /** Fields of one operation that share a condition share its plan. */
  readonly #plans = new WeakMap<Condition, Plan>();
  readonly #documentedPlans = new WeakMap<Condition, Plan>();

  constructor(options: ListPlansOptions) {
    this.#options = options;
    this.#proofs = new FilterProofs(options);
  }

  /** The plan for a new list, proven, with its first page already read if it has a filter; null: nothing can match. Throws UpstreamError. */
  async begin(request: ListRequest): Promise<ListPlan | null> {
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

  /** The plan that a cursor was cut from: its page token belongs to that filter, so no other will do. Throws UserInputError for `after` where the API does not take it. */
  async resume(condition: Condition, after: Position): Promise<ListPlan | null> {
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

  /** An API that also gives rows of its own reading, such as `production` for `prod`, may fill many small pages with them. */
  async #inLargerPages(chosen: ListPlan): Promise<ListPlan> {
    const page = await this.#options.pages.fetch(chosen, null);
    const isNarrow =
      page.next === null ||
      (await this.#options.matcher.matchesIn(page, chosen.condition)).length === page.values.length;
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
  async #works(chosen: ListPlan): Promise<boolean> {
    const { witnesses } = this.#options;
    const probe = chosen.needs === null ? null : await this.#proofs.probeFor(chosen.needs);
    // One page that is the whole list has been read meanwhile: no filter brings more.
    if (witnesses.isWholeList || (chosen.needs !== null && probe === null)) return false;
    if (probe === null || chosen.needs === null) return this.#isAnswered(chosen, null);
    const proof = this.#proofs.isProven(chosen.needs, probe, chosen.trial);
    // A filter that the API probably refuses is not asked before it is proven.
    if (chosen.trial !== null && !(await proof)) return false;
    const [isProven, isAnswered] = await Promise.all([proof, this.#isAnswered(chosen, null)]);
    return isProven && isAnswered;
  }

  /** Whether the API answers a filter, and with profiles that fit it: else some that fit may be left out as well. */
  async #isAnswered(chosen: ListPlan, pageToken: string | null): Promise<boolean> {
    try {
      const { values } = await this.#options.pages.fetch(chosen, pageToken);
      return values.every((row) => valueOrError(() => chosen.accepts(row)) !== false);
    } catch (error) {
      if (isRefusal(error)) return false;
      throw error;
    }
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
}

/** The API has changed since the cursor was cut, or the cursor is made up: only its holder can drop it. */
function notResumed(): UserInputError {
  return new UserInputError(
    'after',
    'after: the Veza API does not answer the filter of this list as it did where this cursor was made; read the list from its start, without `after`.',
  );
}
