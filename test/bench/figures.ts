import type { Row } from './measure.ts';
import { median, percentile, sum, sumOfKnown } from './statistics.ts';

/** What the turns of one row come to. */
export interface Figures {
  readonly perSecond: number;
  /** Milliseconds, of all turns together. */
  readonly p50: number;
  readonly p99: number;
  /** Per query; null where the system does not say. */
  readonly cpuMs: number | null;
  /** The largest after a turn; null where the system does not say. */
  readonly residentMb: number | null;
}

export function figuresOf(row: Row): Figures {
  const { windows } = row;
  const latencies = windows.flatMap((window) => window.latenciesMs);
  const cpuMs = sumOfKnown(windows.map((window) => window.cpuMs));
  const resident = windows.flatMap(({ residentMb }) => residentMb ?? []);
  return {
    perSecond: median(ratesOf(row)),
    p50: percentile(latencies, 50),
    p99: percentile(latencies, 99),
    cpuMs: cpuMs === null ? null : cpuMs / sum(windows.map((window) => window.requests)),
    residentMb: resident.length === 0 ? null : Math.max(...resident),
  };
}

/** Requests per second as a part of another row's, turn by turn: those of one round met the machine in the same mood. */
export function ratiosTo(row: Row, reference: Row | undefined): readonly number[] {
  const others = reference === undefined ? [] : ratesOf(reference);
  return ratesOf(row).map((rate, round) => rate / (others[round] ?? Number.NaN));
}

export function known(value: number | null, digits: number): string {
  return value === null || Number.isNaN(value) ? '–' : value.toFixed(digits);
}

export function trim(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}

function ratesOf({ windows }: Row): readonly number[] {
  return windows.map(({ requests, elapsedMs }) => (1000 * requests) / elapsedMs);
}
