import { join, ours } from '../candidate.ts';
import type { Cell, Mix } from '../cell.ts';
import { figuresOf, known, ratiosTo, trim } from '../figures.ts';
import type { Measured, Row } from '../measure.ts';
import { median } from '../statistics.ts';
import { printTable } from '../table.ts';
import type { Contestant } from './candidates.ts';

const titles: Readonly<Record<Mix, string>> = {
  identical: 'Identical requests',
  distinct: 'Distinct requests',
  changing: 'Distinct requests, every row new',
};

/** The Markdown of the comparison as the README has it: what ran, then a row for each candidate and mix. */
export function printSummary(
  contestants: readonly Contestant[],
  measured: Measured,
  missing: ReadonlyMap<string, string>,
): string {
  const mixes = [...new Set(measured.rows.map(({ cell }) => cell.mix))];
  return [
    printInstalled(contestants, measured),
    printMissing(new Map([...missing, ...measured.excluded])),
    ...mixes.map((mix) => `#### ${titles[mix]}\n\n${printMix(measured, mix)}`),
    printAhead(measured),
  ].join('\n');
}

function printInstalled(contestants: readonly Contestant[], { startMs }: Measured): string {
  const lines = contestants.flatMap(({ candidate: { name, about }, size: { packages, megabytes } }) => {
    const start = startMs.get(name);
    return start === undefined
      ? []
      : [[name, (start / 1000).toFixed(2), String(packages), megabytes.toFixed(0), about]];
  });
  return printTable(['candidate', 'first answer, s', 'packages', 'MB', 'what it is'], lines);
}

function printMissing(reasons: ReadonlyMap<string, string>): string {
  if (reasons.size === 0) return 'Every peer ran.\n';
  return [...reasons].map(([name, reason]) => `- **${name}** was not measured: ${reason.split('\n')[0]}\n`).join('');
}

/** A line for each candidate; cells side by side, since what differs between them is what tells. */
function printMix({ rows }: Measured, mix: Mix): string {
  const ofMix = rows.filter(({ cell }) => cell.mix === mix);
  const cells = [...new Set(ofMix.map(({ cell }) => cell))];
  // Where the processor is the limit, if that was measured.
  const [busiest] = cells.toSorted((one, other) => other.concurrency - one.concurrency || one.delayMs - other.delayMs);
  if (busiest === undefined) return '';
  const names = [...new Set(ofMix.map(({ candidate }) => candidate.name))];
  const header = [
    'candidate',
    ...cells.map((cell) => `req/s, ${describe(cell)}`),
    ...cells.map((cell) => `p50 / p99, ${describe(cell)}`),
    `CPU ms, ${describe(busiest)}`,
    'calls',
    'rounds',
    'RSS MB',
  ];
  const lines = names.map((name) => {
    const own = cells.flatMap((cell) => rowOf(rows, cell, name) ?? []);
    const figures = own.map(figuresOf);
    const [cost] = own.map((row) => row.cost);
    return [
      name,
      ...own.map((row) => `${ratio(row, rowOf(rows, row.cell, join.name))} / ${ratio(row, rivalOf(rows, row))}`),
      ...figures.map(({ p50, p99 }) => `${p50.toFixed(1)} / ${p99.toFixed(0)}`),
      own.flatMap((row) => (row.cell === busiest ? cpu(row, rivalOf(rows, row)) : [])).join(),
      trim(cost?.calls ?? Number.NaN),
      trim(cost?.rounds ?? Number.NaN),
      known(Math.max(...figures.map(({ residentMb }) => residentMb ?? Number.NaN)), 0),
    ];
  });
  return printTable(header, lines);
}

/** The cells in which a peer answered more requests than the gateway on the same Node. */
function printAhead({ rows }: Measured): string {
  const ahead = rows.flatMap((row) => {
    const factor = median(ratiosTo(row, rivalOf(rows, row)));
    const { candidate, cell } = row;
    return candidate.peer === true && factor > 1
      ? [`- ${candidate.name}, ${cell.mix}, ${describe(cell)}: ${factor.toFixed(2)} × the gateway\n`]
      : [];
  });
  return ahead.length === 0
    ? 'No peer is ahead of the gateway in any cell.\n'
    : `Peers ahead of the gateway on the same Node:\n\n${ahead.join('')}`;
}

function rivalOf(rows: readonly Row[], { cell, candidate }: Row): Row | undefined {
  return rowOf(rows, cell, candidate.comparedWith ?? ours.name);
}

function rowOf(rows: readonly Row[], cell: Cell, name: string): Row | undefined {
  return rows.find((row) => row.cell === cell && row.candidate.name === name);
}

function ratio(row: Row, reference: Row | undefined): string {
  return known(median(ratiosTo(row, reference)), 2);
}

function cpu(row: Row, reference: Row | undefined): string {
  const own = figuresOf(row).cpuMs;
  const other = reference === undefined ? null : figuresOf(reference).cpuMs;
  return `${known(own, 2)} / ${known(own === null || other === null ? null : own / other, 2)}`;
}

function describe({ delayMs, concurrency }: Cell): string {
  return `${delayMs} ms c=${concurrency}`;
}
