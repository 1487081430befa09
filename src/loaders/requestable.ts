import { GatewayError, valueOrError } from '../errors.ts';
import type { FilterSupport } from '../filter/support.ts';
import type { Page } from '../model/page.ts';
import type { Profile } from '../model/profile.ts';
import { isRefusal } from './refusal.ts';

/** Keys under which `FilterSupport` remembers what the API does with `include_requestable`. */
const parameter = 'include_requestable';
const filledIn = 'requestable is filled in';

/** Reads a page of the list, with or without `include_requestable`. */
export type ReadPage = (request: {
  readonly includeRequestable: boolean;
  readonly isTrial: boolean;
}) => Promise<Page<Profile>>;

/**
 * The parameter `include_requestable` of the list (API notes §1.1), of which the documents say nothing: it may fill in
 * `requestable` and the catalog item, add profiles to the list, be refused or be ignored. It is sent once a page has shown that the
 * API takes it and lists the same profiles. Until then a page is read both ways at the same time.
 */
export class RequestableParameter {
  readonly #support: FilterSupport;
  #trial: Promise<unknown> | null = null;

  constructor(support: FilterSupport) {
    this.#support = support;
  }

  /** Whether pages may be read with the parameter. */
  get isUseful(): boolean {
    return this.#support.verdict(parameter) !== 'refused';
  }

  async read(read: ReadPage): Promise<Page<Profile>> {
    // Pages that are read at the same time are one trial.
    await this.#trial;
    const page = await this.#readPage(read);
    const shows = page.values.some((profile) => valueOrError(() => profile.requestable) === true);
    if (shows) this.#support.noteWorking(filledIn);
    return page;
  }

  /**
   * Whether people can request a profile. APIs print `false` also where they did not look: it counts once the API has shown
   * that it fills the field in; until then it is null.
   */
  of({ requestable }: Profile): boolean | null {
    return requestable === false && this.#support.verdict(filledIn) !== 'worked' ? null : requestable;
  }

  #readPage(read: ReadPage): Promise<Page<Profile>> {
    switch (this.#support.verdict(parameter)) {
      case 'worked':
        return this.#readWith(read);
      case 'refused':
        return read({ includeRequestable: false, isTrial: false });
      default: {
        const trial = this.#tryOut(read);
        this.#trial = trial.catch(() => undefined);
        return trial;
      }
    }
  }

  async #readWith(read: ReadPage): Promise<Page<Profile>> {
    try {
      return await read({ includeRequestable: true, isTrial: false });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const page = await read({ includeRequestable: false, isTrial: false });
      this.#support.refuse(parameter);
      return page;
    }
  }

  async #tryOut(read: ReadPage): Promise<Page<Profile>> {
    const trial = read({ includeRequestable: true, isTrial: true }).catch((error: unknown) => ({ error }));
    const page = await read({ includeRequestable: false, isTrial: false });
    const detailed = await trial;
    if ('error' in detailed) {
      if (isRefusal(detailed.error)) this.#support.refuse(parameter);
      return page;
    }
    if (!listsTheSame(page, detailed)) {
      this.#support.refuse(parameter);
      return page;
    }
    if (page.values.length === 0) return page;
    this.#support.noteWorking(parameter);
    const isFilled = page.values.some((profile, i) => {
      const values = [profile, detailed.values[i]].map((each) => valueOrError(() => each?.requestable));
      return !values.some((value) => value instanceof GatewayError) && values[0] !== values[1];
    });
    if (isFilled) this.#support.noteWorking(filledIn);
    return detailed;
  }
}

function listsTheSame(a: Page<Profile>, b: Page<Profile>): boolean {
  return (
    a.values.length === b.values.length &&
    a.values.every(({ profileId }, i) => profileId === b.values[i]?.profileId) &&
    (a.next === null) === (b.next === null)
  );
}
