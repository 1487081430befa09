import { GatewayError } from '../errors.ts';

/** Profiles, edges and grants that the inheritance fields of one operation may list together. */
export const maxListed = 1_000_000;

/** Counts what the inheritance fields of an operation list, so that aliases can't multiply a whole graph without end. */
export class ResultLimit {
  #left: number;

  constructor(limit = maxListed) {
    this.#left = limit;
  }

  /** Throws GatewayError once the operation has listed too much. */
  spend(listed: number): void {
    this.#left -= listed;
    if (this.#left >= 0) return;
    throw new GatewayError(
      'COST_LIMIT',
      `Inheritance fields of one operation list at most ${maxListed.toLocaleString('en')} profiles, edges and grants together; ask for less at a time.`,
    );
  }
}
