import { parseArgs } from 'node:util';
import { type Cell, everyCell } from './cell.ts';

export interface Options {
  readonly cells: readonly Cell[];
  /** Turns of each candidate in each cell. */
  readonly rounds: number;
  /** Requests of a turn. */
  readonly requests: number;
  /** Requests that a candidate has answered before anything is measured. */
  readonly warmUp: number;
  /** Further builds or flags of the gateway to measure beside it. */
  readonly variants: readonly string[];
  /** Whether other GraphQL servers are measured beside it. */
  readonly peers: boolean;
  /** Names of the peers to measure, or parts of them; none: all. */
  readonly only: readonly string[];
}

export const usage = `Usage: npm run bench -- [options], or npm run bench:peers -- [options]

  --quick               one short turn in each cell, barely warm: a look, not a measurement
  --rounds <n>          turns of each candidate in each cell
  --requests <n>        requests of a turn
  --rows <bytes>        only with rows of 600, 1300, 2300 or 8000 bytes; repeatable
  --mix <mix>           only same, new or identical; repeatable
  --delay <ms>          only with this delay of the API: 0 or 20
  --only <name>         bench:peers: only peers whose name holds this; repeatable
  --with <command>      measure this gateway too, as in --with="--max-semi-space-size=16 dist/cli/main.js"; repeatable
  --help                this text
`;

const flags = {
  quick: { type: 'boolean', default: false },
  rounds: { type: 'string' },
  requests: { type: 'string' },
  rows: { type: 'string', multiple: true },
  mix: { type: 'string', multiple: true },
  delay: { type: 'string' },
  peers: { type: 'boolean', default: false },
  only: { type: 'string', multiple: true },
  with: { type: 'string', multiple: true },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the command line; null where only the usage is wanted. Throws for flags that don't exist. */
export function readOptions(argv: readonly string[]): Options | null {
  const { values } = parseArgs({ args: [...argv], options: flags });
  if (values.help) return null;
  const cells = everyCell().filter(
    ({ rowSize, mix, delayMs }) =>
      (values.rows?.includes(String(rowSize)) ?? true) &&
      (values.mix?.includes(mix) ?? true) &&
      (values.delay === undefined || delayMs === Number(values.delay)),
  );
  if (cells.length === 0) throw new Error(`nothing to measure\n\n${usage}`);
  return {
    cells,
    rounds: Number(values.rounds ?? (values.quick ? 1 : 3)),
    requests: Number(values.requests ?? (values.quick ? 200 : 500)),
    warmUp: values.quick ? 400 : 2400,
    variants: values.with ?? [],
    peers: values.peers,
    only: values.only ?? [],
  };
}
