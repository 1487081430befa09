/**
 * Lets one change at a time at each profile, so that what one read is still there when it writes. Changes of several
 * profiles wait for all of them; the order of arrival decides, so that nobody waits for a circle.
 */
export class ChangeQueue {
  readonly #tails = new Map<string, Promise<void>>();

  /** Runs `change` after every change that came before it and shares a key with it. */
  run<T>(keys: readonly string[], change: () => Promise<T>): Promise<T> {
    const before = [...new Set(keys)].flatMap((key) => this.#tails.get(key) ?? []);
    const running = Promise.all(before).then(change);
    const settled = running.then(
      () => undefined,
      () => undefined,
    );
    for (const key of keys) this.#tails.set(key, settled);
    void settled.then(() => {
      for (const key of keys) if (this.#tails.get(key) === settled) this.#tails.delete(key);
    });
    return running;
  }
}

/**
 * The key of all changes that can bring in parents: two of them at a time could close a cycle that neither sees. No id of
 * a profile, since those are never blank.
 */
export const inheritanceKey = '';
