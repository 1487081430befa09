/** Bytes that all plans may take together, about. */
const maxBytes = 32 * 1024 * 1024;
/** What a field of a plan takes, measured, and a character of the document that is kept with it. */
const bytesOfField = 1024;
const bytesOfCharacter = 60;

/**
 * What is kept for operations, the least recently used going first. A document of three thousand characters can ask for
 * thousands of fields, so that what bounds documents does not bound their plans.
 */
export class PlanStore<Key extends object, Value> {
  readonly #entries = new Map<Key, { readonly value: Value; bytes: number }>();
  #bytes = 0;

  find(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Keeps the value of an operation whose document has so many characters. */
  keep(key: Key, value: Value, characters: number): void {
    this.#drop(key);
    const bytes = characters * bytesOfCharacter + bytesOfField;
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    this.#shrink();
  }

  /** A value that is kept has grown by a plan of so many fields. */
  grow(key: Key, fields: number): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    entry.bytes += fields * bytesOfField;
    this.#bytes += fields * bytesOfField;
    this.#shrink();
  }

  #drop(key: Key): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
    this.#entries.delete(key);
  }

  #shrink(): void {
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= maxBytes) return;
      this.#drop(oldest);
    }
  }
}
