const keptBytes = 1024 * 1024;

/**
 * Puts the parts of replies together in memory that is used again for the next one: most are some hundred kilobytes, and
 * the garbage collector would have to run for them more often than for all the rest.
 */
export class BodyBuffer {
  #memory = Buffer.allocUnsafe(0);

  /** One body, good until the next call. */
  join(chunks: readonly Buffer[]): Buffer {
    const [first] = chunks;
    if (first !== undefined && chunks.length === 1) return first;
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    if (length > keptBytes) return Buffer.concat(chunks, length);
    if (this.#memory.length < length) this.#memory = Buffer.allocUnsafeSlow(keptBytes);
    let position = 0;
    for (const chunk of chunks) position += chunk.copy(this.#memory, position);
    return this.#memory.subarray(0, length);
  }
}
