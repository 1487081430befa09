/** What all texts that are kept may have together; their syntax trees are some sixty times as large. */
const defaultBudget = 1_000_000;
/** The part of it that one text may take. */
const largestShare = 0.02;

/**
 * What was made of the latest documents. Callers choose how long a document is and how often it is another one, so it is
 * their characters that are bounded and not their number: the least recently used go first, and long ones do not stay.
 */
export class DocumentCache<T> {
  readonly #budget: number;
  /** In the order of their last use. */
  readonly #entries = new Map<string, T>();
  #characters = 0;

  constructor(budget = defaultBudget) {
    this.#budget = budget;
  }

  get(text: string): T | undefined {
    const value = this.#entries.get(text);
    if (value === undefined) return undefined;
    this.#entries.delete(text);
    this.#entries.set(text, value);
    return value;
  }

  set(text: string, value: T): void {
    if (text.length > this.#budget * largestShare) return;
    if (this.#entries.delete(text)) this.#characters -= text.length;
    this.#entries.set(text, value);
    this.#characters += text.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#characters <= this.#budget) return;
      this.#entries.delete(oldest);
      this.#characters -= oldest.length;
    }
  }
}
