import type { Profile } from '../model/profile.ts';
import type { ProfilePages } from './profile-pages.ts';

/**
 * The whole list, read at most once per request and only as far as somebody needs it. It goes on from the pages that an
 * unfiltered listing has read already.
 */
export class ProfileScan {
  readonly #pages: ProfilePages;
  #profiles: Profile[] = [];
  #reader: ReturnType<ProfilePages['read']> | null = null;
  #step: Promise<void> | null = null;
  #complete = false;

  constructor(pages: ProfilePages) {
    this.#pages = pages;
  }

  /** Whether every profile that the caller can see is known. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Reads on until `enough` or the end. Throws UpstreamError, and again for everyone who comes after. */
  async readUntil(enough: () => boolean): Promise<void> {
    while (!this.#complete && !enough()) await this.readPage();
  }

  /** Reads one more page; several callers at a time share it. */
  readPage(): Promise<void> {
    this.#step ??= this.#advance();
    return this.#step;
  }

  /** Every profile, in the API's order. */
  async all(): Promise<readonly Profile[]> {
    await this.readUntil(() => false);
    return this.#profiles;
  }

  /** Takes the whole list from a reading that has just been made for the same operation. */
  adopt(profiles: readonly Profile[]): void {
    this.#profiles = [...profiles];
    this.#complete = true;
  }

  async #advance(): Promise<void> {
    this.#reader ??= this.#pages.read({ filter: null, pageSize: this.#pages.scanPageSize });
    const result = await this.#reader.next();
    if (result.done) this.#complete = true;
    // A list that was taken from elsewhere meanwhile is complete without this page.
    else if (!this.#complete) {
      for (const profile of result.value.values) this.#profiles.push(profile);
      this.#complete = result.value.next === null;
    }
    // Left in place after a failure: a reader that threw would call itself done, and the list would look complete.
    this.#step = null;
  }
}
