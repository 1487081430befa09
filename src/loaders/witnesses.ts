import type { Page } from '../model/page.ts';
import type { Profile } from '../model/profile.ts';
import type { SeenByCaller } from './caller-memory.ts';
import type { ProfilePages } from './profile-pages.ts';

/** Profiles that are remembered for a caller: enough to tell them apart by most of their values. */
const maxRemembered = 10;

/**
 * Profiles that exist and that the caller sees. An answer to a filter is believed only where it brings those of them that it
 * must bring. They may have changed or gone since they were remembered: then they prove nothing, and are read anew.
 */
export class Witnesses {
  readonly #pages: ProfilePages;
  readonly #memory: SeenByCaller | null;
  #firstPage: Promise<Page<Profile>> | null = null;
  #isWholeList = false;

  constructor(pages: ProfilePages, memory: SeenByCaller | null) {
    this.#pages = pages;
    this.#memory = memory;
  }

  /** Profiles from the start of the list as the caller saw it lately; none where that is unknown. Makes no call. */
  remembered(): readonly Profile[] {
    return this.#memory?.witnesses() ?? [];
  }

  /** Whether the first page has been read, and is the whole list. */
  get isWholeList(): boolean {
    return this.#isWholeList;
  }

  /** The first page of the whole list that has rows; `next` null: it is all there is. A scan begins with the same call. */
  firstPage(): Promise<Page<Profile>> {
    this.#firstPage ??= this.#readFirstPage();
    return this.#firstPage;
  }

  async #readFirstPage(): Promise<Page<Profile>> {
    const rows: Profile[] = [];
    for await (const page of this.#pages.read({ filter: null, pageSize: this.#pages.scanPageSize })) {
      rows.push(...page.values);
      if (page.next !== null && rows.length < maxRemembered) continue;
      // A list that ends here is read as a whole the next time as well: that takes one call, a proof two.
      if (page.next !== null) this.#memory?.keepWitnesses(rows.slice(0, maxRemembered));
      this.#isWholeList = page.next === null;
      return { values: rows, next: page.next };
    }
    return { values: rows, next: null };
  }
}
