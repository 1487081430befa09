import type { Candidate } from './candidate.ts';
import { figuresOf, known, ratiosTo, trim } from './figures.ts';
import { isReference, type Measured, type Row } from './measure.ts';
import { median, sum, sumOfKnown } from './statistics.ts';
import { printTable } from './table.ts';

const columns = [
  'candidate',
  'delay',
  'c',
  'req/s',
  '× join',
  '(spread)',
  'p50 ms',
  'p99 ms',
  'CPU ms/q',
  '× join',
  'calls/q',
  'rounds/q',
  'core busy',
  'load busy',
  'RSS MB',
];

/** A Markdown table for each mix, with the ratios of every row to the join in the same cell. */
export function printReport({ rows }: Measured): string {
  const mixes = [...new Set(rows.map(({ cell }) => cell.mix))];
  return mixes
    .map((mix) => {
      const lines = rows
        .filter(({ cell }) => cell.mix === mix)
        .map((row) =>
          line(
            row,
            rows.find(({ cell, candidate }) => cell === row.cell && isReference(candidate)),
          ),
        );
      return `### ${mix} requests\n\n${printTable(columns, lines)}`;
    })
    .join('\n');
}

export function printStarts(measured: Measured, candidates: readonly Candidate[]): string {
  const starts = candidates.map(({ name, about }) => [
    name,
    `${Math.round(measured.startMs.get(name) ?? Number.NaN)}`,
    about,
  ]);
  return printTable(['candidate', 'start to first answer, ms', 'what it is'], starts);
}

function line(row: Row, reference: Row | undefined): readonly string[] {
  const { cell, windows, cost, candidate } = row;
  const ratios = ratiosTo(row, reference);
  const { perSecond, p50, p99, cpuMs, residentMb } = figuresOf(row);
  const referenceCpu = reference === undefined ? null : figuresOf(reference).cpuMs;
  const elapsedMs = sum(windows.map((window) => window.elapsedMs));
  return [
    candidate.name,
    `${cell.delayMs} ms`,
    String(cell.concurrency),
    perSecond.toFixed(0),
    median(ratios).toFixed(2),
    `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`,
    p50.toFixed(1),
    p99.toFixed(1),
    known(cpuMs, 2),
    known(cpuMs === null || referenceCpu === null ? null : cpuMs / referenceCpu, 2),
    trim(cost.calls),
    trim(cost.rounds),
    share(sumOfKnown(windows.map((window) => window.cpuMs)), elapsedMs),
    share(sumOfKnown(windows.map((window) => window.loadCpuMs)), elapsedMs),
    known(residentMb, 0),
  ];
}

function share(part: number | null, whole: number): string {
  return part === null ? '–' : `${Math.round((100 * part) / whole)} %`;
}
