const isThorough = process.env['THOROUGH'] === '1';

/**
 * How many generated inputs a costly test takes: all with THOROUGH=1 (`npm run test:thorough`), a quarter otherwise. Where the
 * seed is not fixed, the quarter differs from run to run.
 */
export const runs = (all: number): number => (isThorough ? all : Math.ceil(all / 4));

/** Every case with THOROUGH=1; otherwise every `n`th, beginning at `offset`, so that tests beside one another share the cases. */
export const every = <T>(n: number, offset: number, cases: readonly T[]): readonly T[] =>
  isThorough ? cases : cases.filter((_, i) => (i + offset) % n === 0);
