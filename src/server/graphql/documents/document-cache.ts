/** What all texts that are kept may have together; their syntax trees are some sixty times as large. */
const defaultBudget = 1_000_000;
/** The part of it that one text may take. */
const largestShare = 0.02;

/**
 * What was made of the latest documents. Callers choose how long a document is and how often it is another one, so it is
 * their characters that are bounded and not their number: the least recently used go first, and long ones do not stay.
 */
export class DocumentCache<T> {
  readonly #resultLimit: number;
  readonly #charactersOf: (text: string, value: T) => number;
  /** In the order of their last use. */
  readonly #entries = new Map<string, T>();
  #characters = 0;

  /** Without `charactersOf`, what is kept is as long as the text that it is kept under. */
  constructor(resultLimit = defaultBudget, charactersOf: (text: string, value: T) => number = ({ length }) => length) {
    this.#resultLimit = resultLimit;
    this.#charactersOf = charactersOf;
  }

  get(text: string): T | undefined {
    const value = this.#entries.get(text);
    if (value === undefined) return undefined;
    this.#entries.delete(text);
    this.#entries.set(text, value);
    return value;
  }

  set(text: string, value: T): void {
    const characters = this.#charactersOf(text, value);
    if (characters > this.#resultLimit * largestShare) return;
    const before = this.#entries.get(text);
    if (before !== undefined) this.#forget(text, before);
    this.#entries.set(text, value);
    this.#characters += characters;
    for (const [oldest, its] of this.#entries) {
      if (this.#characters <= this.#resultLimit) return;
      this.#forget(oldest, its);
    }
  }

  #forget(text: string, value: T): void {
    this.#entries.delete(text);
    this.#characters -= this.#charactersOf(text, value);
  }
}
