import type { Candidate } from './candidate.ts';
import { isReference, type Measured, type Row } from './measure.ts';
import { median, percentile, sum, sumOfKnown } from './statistics.ts';
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
  const latencies = windows.flatMap((window) => window.latenciesMs);
  const rates = ratesOf(row);
  // Turns of one round are compared with each other, since they met the machine in the same mood.
  const ratios = rates.map(
    (rate, round) => rate / (reference === undefined ? Number.NaN : (ratesOf(reference)[round] ?? Number.NaN)),
  );
  const cpu = cpuPerQuery(row);
  const referenceCpu = reference === undefined ? null : cpuPerQuery(reference);
  const elapsedMs = sum(windows.map((window) => window.elapsedMs));
  return [
    candidate.name,
    `${cell.delayMs} ms`,
    String(cell.concurrency),
    median(rates).toFixed(0),
    median(ratios).toFixed(2),
    `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`,
    percentile(latencies, 50).toFixed(1),
    percentile(latencies, 99).toFixed(1),
    known(cpu, 2),
    known(cpu === null || referenceCpu === null ? null : cpu / referenceCpu, 2),
    trim(cost.calls),
    trim(cost.rounds),
    share(sumOfKnown(windows.map((window) => window.cpuMs)), elapsedMs),
    share(sumOfKnown(windows.map((window) => window.loadCpuMs)), elapsedMs),
    known(Math.max(...windows.map((window) => window.residentMb ?? Number.NaN)), 0),
  ];
}

function ratesOf({ windows }: Row): readonly number[] {
  return windows.map(({ requests, elapsedMs }) => (1000 * requests) / elapsedMs);
}

function cpuPerQuery({ windows }: Row): number | null {
  const cpuMs = sumOfKnown(windows.map((window) => window.cpuMs));
  return cpuMs === null ? null : cpuMs / sum(windows.map((window) => window.requests));
}

function share(part: number | null, whole: number): string {
  return part === null ? '–' : `${Math.round((100 * part) / whole)} %`;
}

function known(value: number | null, digits: number): string {
  return value === null || Number.isNaN(value) ? '–' : value.toFixed(digits);
}

function trim(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
