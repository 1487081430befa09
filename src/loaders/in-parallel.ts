import { GatewayError } from '../errors.ts';

/** Calls for single things that one operation has under way at once. */
const inFlight = 8;

/** Runs `each` for all values, eight at a time. Rejects with the first failure, after which no further one is begun. */
export async function inParallel<T, R>(values: readonly T[], each: (value: T) => Promise<R>): Promise<R[]> {
  const lane = new InFlight();
  let failure: { readonly error: unknown } | null = null;
  const run = async (value: T): Promise<R> => {
    if (failure !== null) throw failure.error;
    try {
      return await each(value);
    } catch (error) {
      failure ??= { error };
      throw error;
    }
  };
  return Promise.all(values.map((value) => lane.run(() => run(value))));
}

/** Lets so many calls be under way at once; the others wait for their turn. */
export class InFlight {
  #free = inFlight;
  readonly #waiting: (() => void)[] = [];

  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await call();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}

/** Refuses calls that there are too few left for, before the first of them. Throws GatewayError. */
export function refuseTooMany(needed: number, left: number, what: string): void {
  if (needed <= left) return;
  throw new GatewayError(
    'COST_LIMIT',
    `The operation needs ${what}, each by a call of its own: ${needed} calls, and ${left} of those that it may make are left (MAX_COST). Ask for fewer at a time, for example with first.`,
    { limit: 'MAX_COST' },
  );
}
