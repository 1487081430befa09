/** A valid RFC 3339 date-time, split so that no digit of it is lost. */
export interface Instant {
  /** UTC minutes since an epoch that means nothing outside this file. */
  readonly minute: number;
  /** 0 to 60; 60 is a leap second, which lies after 59.999… and before the next minute. */
  readonly second: number;
  /** The digits after the decimal point, as many as were written. */
  readonly fraction: string;
}

const shape =
  /^(\d{4})-(\d{2})-(\d{2})[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/**
 * Reads an RFC 3339 date-time; undefined if the text isn't one. Strict: the day must exist, the offset is required, and
 * second 60 is only valid where leap seconds are put, in the last UTC minute of a month (RFC 3339 §5.7). The number of
 * fraction digits is free: the API sends nine, a JavaScript Date keeps three.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  const offset = (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * (match[8] === '-' ? -1 : 1);
  // 400 years is one Gregorian cycle: added because Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const utc = Date.UTC(year + 400, month - 1, day, hour, minute - offset);
  if (second === 60 && !isLastMinuteOfMonth(utc)) return undefined;
  return { minute: utc / 60_000, second, fraction: match[7] ?? '' };
}

/** Whether a text is a valid RFC 3339 date-time (see `parseInstant`). */
export function isInstant(text: string): boolean {
  return parseInstant(text) !== undefined;
}

/** An instant as people write it: a date alone is its first instant in UTC. undefined if the text is neither. */
export function readInstant(text: string): string | undefined {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
  return isInstant(instant) ? instant : undefined;
}

/**
 * Negative, zero or positive as `a` is before, at or after `b`, to the last fraction digit and across offsets; undefined
 * unless both are RFC 3339 date-times.
 */
export function compareInstants(a: string, b: string): number | undefined {
  const left = parseInstant(a);
  const right = left && parseInstant(b);
  return left && right && orderInstants(left, right);
}

/** `compareInstants` for texts that were parsed before; fit for `Array.prototype.sort`. */
export function orderInstants(a: Instant, b: Instant): number {
  return a.minute - b.minute || a.second - b.second || orderFractions(a.fraction, b.fraction);
}

/** Matches the form of most of the API's date-times: in UTC, on a day that each month has, without a leap second. */
const plainShape = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/** A text for a date-time that `<` compares as `compareInstants` does; undefined where it is not one. */
export function instantKey(text: string): string | undefined {
  if (plainShape.test(text)) return `1${text.slice(0, 19)}${withoutZeros(text.slice(20, -1))}`;
  const instant = parseInstant(text);
  if (instant === undefined) return undefined;
  const { minute, second, fraction } = instant;
  const utc = new Date(minute * 60_000);
  // An offset can lead out of the four digits of RFC 3339, by one year.
  const year = String(10_000 + utc.getUTCFullYear() - 400).padStart(5, '0');
  const rest = utc.toISOString().slice(-20, -7);
  return `${year}${rest}${String(second).padStart(2, '0')}${withoutZeros(fraction)}`;
}

function withoutZeros(fraction: string): string {
  return fraction.endsWith('0') ? fraction.replace(/0+$/, '') : fraction;
}

/** `5`, `50` and `500` are the same fraction. */
function orderFractions(a: string, b: string): number {
  const digits = Math.max(a.length, b.length);
  const left = a.padEnd(digits, '0');
  const right = b.padEnd(digits, '0');
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLastMinuteOfMonth(utc: number): boolean {
  const next = new Date(utc + 60_000);
  return next.getUTCDate() === 1 && next.getUTCHours() === 0 && next.getUTCMinutes() === 0;
}
