/**
 * What may be tried again: a tenth of all calls, and ten at a time at the most. While everything fails, an outage is then
 * multiplied by 1.1, not by the number of attempts.
 */
export class RetryBudget {
  static readonly #capacity = 10;
  static readonly #share = 0.1;
  #tokens = RetryBudget.#capacity;

  /** To be told of each first attempt. */
  earn(): void {
    this.#tokens = Math.min(RetryBudget.#capacity, this.#tokens + RetryBudget.#share);
  }

  /** Whether one more attempt may be made; takes it off the budget. */
  spend(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
