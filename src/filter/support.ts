import type { Comparison } from '../scim/ast.ts';
import { filterAttributes } from './attributes.ts';

/** An attribute with an operator, such as `name co`: what an API takes or refuses as a whole. */
export type SupportKey = string;

/** The form of a support key, for keys that come back from outside in a cursor. */
export const supportKeyShape = /^[a-z_]{1,40} [a-z]{2}$/;

export type Verdict = 'documented' | 'worked' | 'untried' | 'refused';

/** Whose filters are as long as they get: look-ups of profiles by id, or lists. */
export type FilterUse = 'ids' | 'lists';

const documented: ReadonlySet<SupportKey> = new Set(
  filterAttributes.flatMap((each) => each.documented.map((operator) => `${each.scim} ${operator}`)),
);

/** Whether the API's documents offer a filter. */
export function isDocumented(key: SupportKey): boolean {
  return documented.has(key);
}

export function supportKey({ attribute, operator }: Comparison): SupportKey {
  return `${attribute} ${operator}`;
}

/** Milliseconds after which the gateway tries again what an API refused: an API may learn. */
const expiryMs = 15 * 60 * 1000;

/** Filters with up to this many comparisons stand in the API's documents (API notes §3.1), so that shortening ends here. */
export const documentedComparisons = 3;

/**
 * What is worth asking of one API, for all callers: it is knowledge of the API, not of anyone's data. It saves calls and
 * proves nothing: no answer relies on what the API did in an earlier operation (docs/adr/0001-what-a-reply-proves.md).
 */
export class FilterSupport {
  readonly #now: () => number;
  readonly #worked = new Set<SupportKey>();
  readonly #refusedAt = new Map<SupportKey, number>();
  readonly #brokeAt = new Map<SupportKey, number>();
  #childLists: { readonly complete: number; readonly since: number } | null = null;
  readonly #limits = new Map<FilterUse, { readonly comparisons: number; readonly since: number }>();

  /** `now`: milliseconds of a clock that nobody sets back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  verdict(key: SupportKey): Verdict {
    if (documented.has(key)) return 'documented';
    const refusedAt = this.#refusedAt.get(key);
    if (refusedAt !== undefined && this.#now() - refusedAt < expiryMs) return 'refused';
    return this.#worked.has(key) ? 'worked' : 'untried';
  }

  /** The API has just answered this filter as it should. */
  noteWorking(key: SupportKey): void {
    this.#worked.add(key);
    this.#refusedAt.delete(key);
    this.#brokeAt.delete(key);
  }

  /** The API has refused, ignored or misread this filter: it is not asked again for some minutes. */
  refuse(key: SupportKey): void {
    this.#worked.delete(key);
    this.#refusedAt.set(key, this.#now());
  }

  /** The API broke over this filter, which may have been chance: the second time is taken for a refusal. */
  noteBreakdown(key: SupportKey): void {
    const before = this.#brokeAt.get(key);
    if (before !== undefined && this.#now() - before < expiryMs) this.refuse(key);
    this.#brokeAt.set(key, this.#now());
  }

  /** One of several filters that were asked together does not work: each is tried by itself the next time. */
  doubt(key: SupportKey): void {
    this.#worked.delete(key);
  }

  /** The length up to which lists of a profile's children were seen to be complete lately; 0: none was. */
  get completeChildLists(): number {
    const { complete, since } = this.#childLists ?? { complete: 0, since: this.#now() };
    return complete > 0 && this.#now() - since < expiryMs ? complete : -1;
  }

  /** A list of children was compared with the profiles that inherit. One that is short spoils all for some minutes. */
  noteChildList(length: number, isComplete: boolean): void {
    const { complete, since } = this.#childLists ?? { complete: 0, since: this.#now() };
    const isRecent = this.#now() - since < expiryMs;
    if (!isComplete) this.#childLists = { complete: -1, since: this.#now() };
    else if (!isRecent) this.#childLists = { complete: length, since: this.#now() };
    else if (complete >= 0 && length > complete) this.#childLists = { complete: length, since };
  }

  /** The most comparisons that one filter should hold; infinite where nothing is known. */
  maxComparisons(use: FilterUse): number {
    const limit = this.#limits.get(use);
    return limit === undefined || this.#now() - limit.since >= expiryMs ? Number.POSITIVE_INFINITY : limit.comparisons;
  }

  /** The API did not answer a filter of some length as it should: filters are this long at most for some minutes. */
  limit(use: FilterUse, comparisons: number): void {
    this.#limits.set(use, { comparisons: Math.min(comparisons, this.maxComparisons(use)), since: this.#now() });
  }
}
