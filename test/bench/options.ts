import { parseArgs } from 'node:util';
import type { Api, Cell, Mix } from './cell.ts';

export interface Options {
  readonly cells: readonly Cell[];
  readonly rounds: number;
  readonly windowMs: number;
  /** Under load before anything is measured, beyond the requests that check the answers. */
  readonly warmUpMs: number;
  /** Further builds or flags of the gateway to measure beside it. */
  readonly variants: readonly string[];
  /** Names of the peers to measure, or parts of them; none: all. */
  readonly only: readonly string[];
}

export const usage = `Usage: npm run bench -- [options], or npm run bench:peers -- [options]

  --quick               one short round of each cell: a look, not a measurement
  --rounds <n>          turns of each candidate in each cell
  --window <ms>         length of a turn
  --api <takes|refuses> only on an API whose filters take ids, or refuse them
  --mix <identical|distinct|changing>
  --delay <ms>          only with this delay of the API: 0 or 20
  --concurrency <n>     only with so many requests at once: 1 or 32
  --only <name>         bench:peers: only peers whose name holds this; repeatable
  --with <command>      measure this gateway too, as in --with="--max-semi-space-size=32 dist/cli/main.js"; repeatable
  --help                this text
`;

const flags = {
  quick: { type: 'boolean', default: false },
  rounds: { type: 'string' },
  window: { type: 'string' },
  api: { type: 'string' },
  mix: { type: 'string' },
  delay: { type: 'string' },
  concurrency: { type: 'string' },
  only: { type: 'string', multiple: true },
  with: { type: 'string', multiple: true },
  help: { type: 'boolean', default: false },
} as const;

const apis: readonly Api[] = ['takes ids', 'refuses ids'];
const mixes: readonly Mix[] = ['identical', 'distinct', 'changing'];
const delaysMs = [0, 20];
const concurrencies = [1, 32];

/** Reads the command line; null where only the usage is wanted. Throws for flags that don't exist. */
export function readOptions(argv: readonly string[]): Options | null {
  const { values } = parseArgs({ args: [...argv], options: flags });
  if (values.help) return null;
  const cells = everyCell().filter(
    (cell) =>
      (values.api === undefined || cell.api.startsWith(values.api)) &&
      (values.mix === undefined || cell.mix === values.mix) &&
      (values.delay === undefined || cell.delayMs === Number(values.delay)) &&
      (values.concurrency === undefined || cell.concurrency === Number(values.concurrency)),
  );
  if (cells.length === 0) throw new Error(`nothing to measure\n\n${usage}`);
  return {
    cells,
    rounds: Number(values.rounds ?? (values.quick ? 1 : 3)),
    windowMs: Number(values.window ?? (values.quick ? 300 : 1200)),
    warmUpMs: values.quick ? 300 : 5000,
    variants: values.with ?? [],
    only: values.only ?? [],
  };
}

/** Where ids are refused, both mixes would tell the same: reading the list page by page takes most of the time. */
function everyCell(): readonly Cell[] {
  return apis.flatMap((api) =>
    mixes
      .filter((mix) => api === 'takes ids' || mix === 'distinct')
      .flatMap((mix) =>
        delaysMs.flatMap((delayMs) => concurrencies.map((concurrency) => ({ api, mix, delayMs, concurrency }))),
      ),
  );
}
