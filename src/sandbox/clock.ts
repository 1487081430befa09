/** Tells the time as the API writes it: RFC 3339, UTC, nine fractional digits (DOC: API notes §8). Never the same twice. */
export interface Clock {
  now(): string;
}

const nanosPerMilli = 1_000_000n;
export const nanosPerSecond = 1_000_000_000n;

/** The machine's time. Successive readings differ, even within one nanosecond's worth of calls. */
export function systemClock(): Clock {
  const start = BigInt(Date.now()) * nanosPerMilli - process.hrtime.bigint();
  let last = 0n;
  return {
    now() {
      const reading = start + process.hrtime.bigint();
      last = reading > last ? reading : last + 1n;
      return formatNanos(last);
    },
  };
}

/** A clock for tests: each reading is one step (a microsecond and a nanosecond) later than the one before. */
export function steppingClock(start: string | Date = '2025-01-01T00:00:00Z', stepNanos = 1_001n): Clock {
  let next = BigInt(new Date(start).getTime()) * nanosPerMilli;
  return {
    now() {
      next += stepNanos;
      return formatNanos(next);
    },
  };
}

/** Nanoseconds since 1970 as `2024-04-12T09:30:00.123456789Z`. */
export function formatNanos(nanos: bigint): string {
  const seconds = new Date(Number(nanos / nanosPerSecond) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(nanos % nanosPerSecond).padStart(9, '0')}Z`;
}
