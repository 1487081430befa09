import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../src/wire/decode.ts';
import { exactFormOf, parseExactly, printExactly } from '../../src/wire/exact-numbers.ts';
import { runs } from '../support/runs.ts';

/** Numbers as JSON may write them, most of which JavaScript can't hold or prints otherwise. */
const digits = fc.oneof(
  fc.constantFrom('12345678901234567890', '9007199254740993', '1e400', '-1E-400', '-0', '1.10', '1E5', '0.0', '1e+2'),
  fc.bigInt().map(String),
  fc
    .tuple(
      fc.constantFrom('', '-'),
      fc.nat(),
      fc.stringMatching(/^\d{1,30}$/),
      fc.constantFrom('', 'e9', 'E-30', 'e+7'),
    )
    .map(([sign, whole, fraction, exponent]) => `${sign}${whole}.${fraction}${exponent}`),
);

/** The text of a JSON value without spaces, written by hand: no printer of JavaScript keeps such digits. */
const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    digits,
    fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
    fc.constantFrom('true', 'false', 'null', '"12345678901234567890"', '"\\"1e400\\""', '"a\\\\"'),
    fc.array(tie('value')).map((values) => `[${values}]`),
    fc
      .uniqueArray(fc.tuple(fc.oneof(fc.string(), fc.constant('__proto__')), tie('value')), {
        selector: ([key]) => key,
      })
      // JavaScript puts keys that look like indexes first.
      .map((members) => members.filter(([key]) => !/^\d+$/.test(key)))
      .map((members) => `{${members.map(([key, text]) => `${JSON.stringify(key)}:${text}`)}}`),
  ),
})).value;

function objectOf(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new TypeError('not an object');
  return value;
}

describe('exact numbers', () => {
  it('come back digit by digit, however deep they are', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        const whole = `{"a":${text}}`;
        expect(printExactly(exactFormOf(objectOf(parseExactly(whole))))).toBe(whole);
      }),
      { numRuns: runs(500) },
    );
  });

  it('leave what decoders see as it is', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(parseExactly(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('are known to each object that was parsed', () => {
    const parsed = objectOf(parseExactly('{"rows":[{"n":1e400},{"n":1}]}'));
    const [first, second] = Array.isArray(parsed['rows']) ? parsed['rows'] : [];
    expect(printExactly({ sent: [exactFormOf(first), { ...exactFormOf(second), n: 2 }] })).toBe(
      '{"sent":[{"n":1e400},{"n":2}]}',
    );
  });

  it('need no other form where JavaScript holds them all', () => {
    const parsed = objectOf(parseExactly('{"a":[1,-2.5,1e+30,"1e400"]}'));
    expect(exactFormOf(parsed)).toBe(parsed);
  });

  it('are refused where the text is not JSON', () => {
    expect(() => parseExactly('{"a":01}')).toThrow(SyntaxError);
    expect(() => parseExactly('')).toThrow(SyntaxError);
  });

  it('are found in a text of megabytes', () => {
    const long = JSON.stringify('x\\"'.repeat(2_000_000));
    const text = `{"text":${long},"n":1e400}`;
    expect(printExactly(exactFormOf(objectOf(parseExactly(text)))) === text).toBe(true);
  });
});
