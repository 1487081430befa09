/** Rows in a row that may turn out to be new before keeping them is given up for most pages. */
const patience = 10_000;
/** What a row that was kept saves is about twice of what it costs to keep one in vain. */
const gainOfHit = 2;
/** Of pages that are not worth it, every so many is tried all the same, to find out when they are again. */
const trialEvery = 16;

/** Tells whether it pays to keep rows: not where the API says something new in each of its replies. */
export class Worth {
  #credit = patience;
  #pages = 0;

  /** To be asked once for each page. */
  isGiven(): boolean {
    this.#pages++;
    return this.#credit > 0 || this.#pages % trialEvery === 0;
  }

  /** To be told of each page that was read: how many of its rows were kept before, and how many were new. */
  learn(hits: number, misses: number): void {
    this.#credit = Math.min(patience, Math.max(0, this.#credit + hits * gainOfHit - misses));
  }
}
