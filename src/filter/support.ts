import type { Comparison } from '../scim/ast.ts';
import { filterAttributes } from './attributes.ts';

/** An attribute with an operator, such as `name co`: what an API takes or refuses as a whole. */
export type SupportKey = string;

/** What a support key looks like, for those that come back from outside in a cursor. */
export const supportKeyShape = /^[a-z_]{1,40} [a-z]{2}$/;

export type Verdict = 'documented' | 'shown' | 'untried' | 'refused';

/** Nothing else is known to be taken. */
const documented: ReadonlySet<SupportKey> = new Set(
  filterAttributes.flatMap((each) => each.documented.map((operator) => `${each.scim} ${operator}`)),
);

/** Whether the API's documents offer a filter. */
export function isDocumented(key: SupportKey): boolean {
  return documented.has(key);
}

/** Milliseconds after which a refusal is no longer believed: an API may learn. */
const refusalLastsMs = 15 * 60 * 1000;

export function supportKey({ attribute, operator }: Comparison): SupportKey {
  return `${attribute} ${operator}`;
}

/**
 * What one API has shown of the filters it takes. It is knowledge of the API, not of anyone's data, so that all callers
 * share it; a filter has to be shown by a reply that only a working filter gives, since an API may as well ignore what
 * it doesn't know.
 */
export class FilterSupport {
  readonly #shown = new Set<SupportKey>();
  readonly #refusedAt = new Map<SupportKey, number>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  verdict(key: SupportKey): Verdict {
    if (documented.has(key)) return 'documented';
    if (this.#shown.has(key)) return 'shown';
    const refusedAt = this.#refusedAt.get(key);
    return refusedAt !== undefined && this.#now() - refusedAt < refusalLastsMs ? 'refused' : 'untried';
  }

  /** The API has answered as only an API that takes this filter would. */
  show(key: SupportKey): void {
    this.#shown.add(key);
    this.#refusedAt.delete(key);
  }

  /** The API has refused, ignored or misread this filter. What has been shown once stays: then the value was at fault. */
  refuse(key: SupportKey): void {
    if (!this.#shown.has(key)) this.#refusedAt.set(key, this.#now());
  }

  /** Rows came that the filter excludes: it does not work, and what seemed to show it was chance. */
  retract(key: SupportKey): void {
    this.#shown.delete(key);
    this.refuse(key);
  }
}
