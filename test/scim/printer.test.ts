import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompareValue, Filter } from '../../src/scim/ast.ts';
import { and, compare, isAttributePath, not } from '../../src/scim/ast.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { printFilter } from '../../src/scim/printer.ts';
import { anyText } from './arbitrary.ts';

describe('a value is printed as one JSON literal', () => {
  test.each<[CompareValue, string]>([
    ['', '""'],
    ['" or a pr or a eq "', '"\\" or a pr or a eq \\""'],
    ['\\', '"\\\\"'],
    ['\\"', '"\\\\\\""'],
    ['/\b\f\n\r\t\u0000', '"/\\b\\f\\n\\r\\t\\u0000"'],
    ['é😀', '"é😀"'],
    ['\ud83d-\ude00', '"\\ud83d-\\ude00"'],
    ['\u2028\u2029', '"\\u2028\\u2029"'],
    [0, '0'],
    [-0, '-0'],
    [1e21, '1e+21'],
    [5e-324, '5e-324'],
    [true, 'true'],
    [null, 'null'],
  ])('%j', (value, text) => {
    expect(printFilter(compare('a', 'eq', value))).toBe(`a eq ${text}`);
  });
});

test('no string can end its literal: what follows it is still read', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const filter = and(compare('a', 'eq', text), compare('b', 'co', text));
      expect(parseFilter(printFilter(filter))).toStrictEqual(filter);
    }),
    { numRuns: 1000 },
  );
});

describe('what the language cannot say is refused', () => {
  test.each<[string, Filter]>([
    ['not a JSON number: NaN', compare('a', 'eq', Number.NaN)],
    ['not a JSON number: Infinity', compare('a', 'eq', Number.POSITIVE_INFINITY)],
    ['not a JSON number: -Infinity', not(compare('a', 'gt', Number.NEGATIVE_INFINITY))],
    ['not a SCIM attribute path: ""', compare('', 'eq', 1)],
    ['not a SCIM attribute path: "a pr or b"', compare('a pr or b', 'eq', 1)],
    ['not a SCIM attribute path: "a\\n"', { kind: 'present', attribute: 'a\n' }],
    ['not a SCIM attribute path: "a["', { kind: 'some', attribute: 'a[', filter: { kind: 'present', attribute: 'b' } }],
    ['a SCIM "and" needs at least one operand', { kind: 'and', operands: [] }],
    ['a SCIM "or" needs at least one operand', { kind: 'or', operands: [] }],
    [
      'SCIM has no value path inside a value path: y',
      {
        kind: 'some',
        attribute: 'x',
        filter: not({ kind: 'some', attribute: 'y', filter: { kind: 'present', attribute: 'z' } }),
      },
    ],
  ])('%s', (message, filter) => {
    expect(() => printFilter(filter)).toThrow(new RangeError(message));
  });
});

test('one value path may follow another', () => {
  const text = 'x[a pr] and y[b pr or not (c pr)] and x[a pr]';
  expect(printFilter(parseFilter(text))).toBe(text);
});

test('whatever the attribute, it is printed as one attribute or refused', () => {
  fc.assert(
    fc.property(
      fc.oneof(anyText, fc.string({ unit: fc.constantFrom('a', '.', ':', '$', '-', '1', ' ', '[') })),
      (attribute) => {
        const filter = compare(attribute, 'eq', 1);
        if (isAttributePath(attribute)) expect(parseFilter(printFilter(filter))).toStrictEqual(filter);
        else expect(() => printFilter(filter)).toThrow(RangeError);
      },
    ),
    { numRuns: 2000 },
  );
});

describe('explicit grouping', () => {
  test.each([
    ['a eq 1 and b eq 2 or c eq 3', '(a eq 1 and b eq 2) or c eq 3'],
    ['c eq 3 or a eq 1 and b eq 2', 'c eq 3 or (a eq 1 and b eq 2)'],
    ['(a eq 1 or b eq 2) and c eq 3', '(a eq 1 or b eq 2) and c eq 3'],
    ['a eq 1 or b eq 2 or c eq 3', 'a eq 1 or b eq 2 or c eq 3'],
    ['not (a eq 1 and b eq 2)', 'not (a eq 1 and b eq 2)'],
  ])('%s', (text, printed) => {
    expect(printFilter(parseFilter(text), { explicit: true })).toBe(printed);
  });
});
