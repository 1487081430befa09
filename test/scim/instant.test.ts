import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareInstants, instantKey, isInstant } from '../../src/scim/instant.ts';

describe('RFC 3339 date-times', () => {
  test.each([
    '1985-04-12T23:20:50.52Z',
    '1996-12-19T16:39:57-08:00',
    '1990-12-31T23:59:60Z',
    '1990-12-31T15:59:60-08:00',
    '1937-01-01T12:00:27.87+00:20',
    '2025-10-03T16:52:57.200184111Z',
    '2024-04-12t00:00:00z',
    '2024-02-29T00:00:00Z',
    '2000-02-29T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999999999999999999-23:59',
    '2024-01-01T00:00:00-00:00',
    '2017-01-01T05:29:60+05:30',
  ])('%s is one', (text) => {
    expect(isInstant(text)).toBe(true);
    expect(compareInstants(text, text)).toBe(0);
  });

  test.each([
    '',
    '2024-01-01',
    '2024-01-01T00:00:00',
    '2024-01-01T00:00Z',
    '2024-01-01 00:00:00Z',
    '2024-00-01T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-01-00T00:00:00Z',
    '2024-01-32T00:00:00Z',
    '2024-04-31T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01T00:60:00Z',
    '2024-01-01T00:00:61Z',
    '2024-01-01T00:00:60Z',
    '2024-01-30T23:59:60Z',
    '2016-12-31T23:59:60+01:00',
    '2024-01-01T00:00:00.Z',
    '2024-01-01T00:00:00,5Z',
    '2024-01-01T00:00:00+24:00',
    '2024-01-01T00:00:00+00:60',
    '2024-01-01T00:00:00+0000',
    '2024-01-01T00:00:00+00',
    '+2024-01-01T00:00:00Z',
    '12024-01-01T00:00:00Z',
    '2024-1-1T00:00:00Z',
    ' 2024-01-01T00:00:00Z',
    '2024-01-01T00:00:00Z\n',
    '٢٠٢٤-01-01T00:00:00Z',
  ])('%j is none', (text) => {
    expect(isInstant(text)).toBe(false);
    expect(compareInstants(text, '2024-01-01T00:00:00Z')).toBeUndefined();
    expect(compareInstants('2024-01-01T00:00:00Z', text)).toBeUndefined();
  });
});

describe('order', () => {
  test.each<[string, '<' | '=', string]>([
    ['2024-01-01T00:00:00.000000001Z', '<', '2024-01-01T00:00:00.000000002Z'],
    ['2024-01-01T00:00:00.9Z', '<', '2024-01-01T00:00:00.90000000000000000001Z'],
    ['2024-01-01T00:00:00.09Z', '<', '2024-01-01T00:00:00.1Z'],
    ['2024-01-01T00:00:00Z', '=', '2024-01-01T00:00:00.000Z'],
    ['2024-01-01T00:00:00.5Z', '=', '2024-01-01t00:00:00.500z'],
    ['2024-01-01T01:00:00+01:00', '=', '2024-01-01T00:00:00Z'],
    ['2023-12-31T16:00:00-08:00', '=', '2024-01-01T00:00:00-00:00'],
    ['2024-01-01T00:00:00+00:01', '<', '2024-01-01T00:00:00Z'],
    ['2024-03-01T00:30:00+01:00', '=', '2024-02-29T23:30:00Z'],
    ['0001-01-01T00:00:00+01:00', '=', '0000-12-31T23:00:00Z'],
    ['0000-01-01T00:00:00+23:59', '<', '0000-01-01T00:00:00Z'],
    ['0099-12-31T23:59:59Z', '<', '0100-01-01T00:00:00Z'],
    ['2016-12-31T23:59:59.999999999Z', '<', '2016-12-31T23:59:60Z'],
    ['2016-12-31T23:59:60.999Z', '<', '2017-01-01T00:00:00Z'],
    ['2016-12-31T23:59:60Z', '=', '2017-01-01T05:29:60+05:30'],
  ])('%s %s %s', (a, order, b) => {
    const expected = order === '=' ? 0 : -1;
    expect(Math.sign(compareInstants(a, b) ?? Number.NaN)).toBe(expected);
    expect(Math.sign(compareInstants(b, a) ?? Number.NaN)).toBe(expected === 0 ? 0 : 1);
  });

  test('is that of nanoseconds since 1970, however the instant is written', () => {
    const seconds = fc.integer({ min: Date.parse('0001-01-01') / 1000, max: Date.parse('9998-12-31') / 1000 });
    const nanoseconds = fc
      .tuple(seconds, fc.nat(999_999_999))
      .map(([whole, part]) => BigInt(whole) * 1_000_000_000n + BigInt(part));
    const offset = fc.integer({ min: -1439, max: 1439 });
    const near = fc
      .tuple(nanoseconds, fc.constantFrom(0n, 1n, -1n, 1_000n, 60_000_000_000n))
      .map(([a, gap]) => [a, a + gap] as const);
    fc.assert(
      fc.property(fc.oneof(near, fc.tuple(nanoseconds, nanoseconds)), offset, offset, ([a, b], left, right) => {
        const order = compareInstants(write(a, left), write(b, right));
        const [one = '', other = ''] = [instantKey(write(a, left)), instantKey(write(b, right))];
        expect(one === other ? 0 : one < other ? -1 : 1).toBe(Math.sign(order ?? Number.NaN));
        expect(order).toBeDefined();
        expect(Math.sign(order ?? 0)).toBe(a === b ? 0 : a < b ? -1 : 1);
      }),
      { numRuns: 2000 },
    );
  });
});

/** An instant in nanoseconds since 1970 as the local time of an offset in minutes. */
function write(nanoseconds: bigint, offset: number): string {
  const fraction = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = Number((nanoseconds - fraction) / 1_000_000_000n);
  const local = new Date((seconds + offset * 60) * 1000).toISOString().slice(0, 19);
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) =>
    `${part}`.padStart(2, '0'),
  );
  return `${local}.${`${fraction}`.padStart(9, '0')}${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
}
