import { hash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** A secret of this process alone, so that what stands for a credential is of no use elsewhere. */
const secret = randomBytes(32).toString('base64');

/** Stands for a credential where something is kept for its caller: the credential itself is not kept. */
export function callerKey(authorization: string): string {
  return hash('sha256', secret + authorization, 'base64');
}

/** Maximum keys that are remembered. Anybody can make up keys, so the oldest are dropped. */
const maxKeys = 10_000;

/** Counts how often the API has refused each key, so that nothing that was read before a refusal is shared after it. */
export class RefusedKeys {
  #count = 0;
  /** Each with the number of its last refusal. */
  readonly #last = new LRUCache<string, number>({ max: maxKeys });

  note(callerKey: string): void {
    this.#last.set(callerKey, ++this.#count);
  }

  /** A number that differs before and after each refusal of a key. */
  count(callerKey: string): number {
    return this.#last.get(callerKey) ?? 0;
  }
}
