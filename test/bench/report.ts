import { join } from './candidate.ts';
import { type Cell, titleOf } from './cell.ts';
import type { Measured, Row } from './measure.ts';
import { median, percentile } from './statistics.ts';
import { printTable } from './table.ts';

/** A table for each question as the README has it, and then all figures. */
export function printReport({ rows, starts, excluded }: Measured): string {
  const cost = rows.filter(({ cell }) => cell.delayMs === 0 && cell.mix !== 'identical');
  const slow = rows.filter(({ cell }) => cell.delayMs > 0);
  const identical = rows.filter(({ cell }) => cell.mix === 'identical');
  const place = ({ delayMs, concurrency, ...cell }: Cell) =>
    `${titleOf({ ...cell, delayMs, concurrency })} c=${concurrency}`;
  return [
    ['CPU per query, × the join', printCells(cost, rows, cpuRatios)],
    ['Requests per second, × the join', printCells(cost, rows, rateRatios)],
    [
      'Peak memory, MB',
      printCells(cost, rows, ({ turns }) => [Math.max(...turns.map(({ peakMb }) => peakMb ?? Number.NaN))], titleOf, 0),
    ],
    ['An API that takes 20 ms: requests per second, × the join', printCells(slow, rows, rateRatios, place)],
    ['Identical requests: CPU per query, × the join', printCells(identical, rows, cpuRatios)],
    [
      'Start and calls',
      printTable(
        ['candidate', 'first answer, s', 'calls', 'rounds', 'what it is'],
        starts.map(({ candidate: { name, about }, startMs, cost }) => [
          name,
          (startMs / 1000).toFixed(2),
          (cost?.calls ?? Number.NaN).toFixed(1),
          (cost?.rounds ?? Number.NaN).toFixed(1),
          about,
        ]),
      ),
    ],
    ['In full', printAll(rows)],
  ]
    .flatMap(([title, table]) => (table === '' ? [] : [`### ${title}\n\n${table}`]))
    .concat([...excluded].map(([name, reason]) => `**${name}** was not measured: ${reason.split('\n')[0]}\n`))
    .join('\n');
}

type Measure = (row: Row, reference: Row | undefined) => readonly number[];

/** A line for each candidate and a column for each cell, with the median of the turns. */
function printCells(
  chosen: readonly Row[],
  all: readonly Row[],
  measure: Measure,
  title: (cell: Cell) => string = titleOf,
  digits = 2,
): string {
  const cells = [...new Set(chosen.map(({ cell }) => cell))];
  if (cells.length === 0) return '';
  const names = [...new Set(chosen.map(({ candidate }) => candidate.name))];
  const text = (name: string, cell: Cell) => {
    const row = chosen.find((each) => each.cell === cell && each.candidate.name === name);
    return row === undefined ? '–' : median(measure(row, referenceOf(row, all))).toFixed(digits);
  };
  return printTable(
    ['candidate', ...cells.map(title)],
    names.map((name) => [name, ...cells.map((cell) => text(name, cell))]),
  );
}

function printAll(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const { cell, candidate, turns } = row;
    const latencies = turns.flatMap(({ latenciesMs }) => latenciesMs);
    const cpu = cpuRatios(row, referenceOf(row, rows));
    return [
      candidate.name,
      titleOf(cell),
      `${cell.delayMs} ms`,
      String(cell.concurrency),
      median(cpusOf(row)).toFixed(2),
      median(cpu).toFixed(2),
      `${Math.min(...cpu).toFixed(2)}–${Math.max(...cpu).toFixed(2)}`,
      median(ratesOf(row)).toFixed(0),
      ...[50, 99].map((percent) => percentile(latencies, percent).toFixed(1)),
    ];
  });
  const columns = ['candidate', 'rows', 'delay', 'c', 'CPU ms', '× join', '(turns)', 'req/s', 'p50 ms', 'p99 ms'];
  return printTable(columns, lines);
}

function referenceOf({ cell }: Row, rows: readonly Row[]): Row | undefined {
  return rows.find((row) => row.cell === cell && row.candidate.name === join.name);
}

const cpuRatios: Measure = (row, reference) => quotients(cpusOf(row), reference && cpusOf(reference));
const rateRatios: Measure = (row, reference) => quotients(ratesOf(row), reference && ratesOf(reference));

/** Turn by turn: those of one round met the machine in the same mood. */
function quotients(values: readonly number[], others: readonly number[] = []): readonly number[] {
  return values.map((value, round) => value / (others[round] ?? Number.NaN));
}

function cpusOf({ turns }: Row): readonly number[] {
  return turns.map(({ cpuMs, requests }) => (cpuMs ?? Number.NaN) / requests);
}

function ratesOf({ turns }: Row): readonly number[] {
  return turns.map(({ requests, elapsedMs }) => (1000 * requests) / elapsedMs);
}
