import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CompareOperator, Filter } from '../../src/scim/ast.ts';
import { and, compare, not, or } from '../../src/scim/ast.ts';
import { compileFilter } from '../../src/scim/evaluate.ts';
import type { AttributeValue, Resolve } from '../../src/scim/value.ts';
import { runs } from '../support/runs.ts';
import { anyFilter, anyText, attributePath, compareValue } from './arbitrary.ts';

/** Records that give any value, and often what some filter asks for, the same for the same attribute. */
const resolve: fc.Arbitrary<Resolve> = fc
  .func<[string], AttributeValue>(
    fc.oneof(compareValue, fc.array(compareValue, { maxLength: 3 }), fc.constantFrom(undefined, 'a', 1, true, '')),
  )
  .map((value) => (attribute) => value(attribute.toLowerCase()));

function expectSame(one: Filter, other: Filter, record: Resolve): void {
  expect(compileFilter(one)(record)).toBe(compileFilter(other)(record));
}

test('De Morgan, double negation, distribution', () => {
  fc.assert(
    fc.property(anyFilter, anyFilter, anyFilter, resolve, (a, b, c, record) => {
      expectSame(not(and(a, b, c)), or(not(a), not(b), not(c)), record);
      expectSame(not(or(a, b, c)), and(not(a), not(b), not(c)), record);
      expectSame(not(not(a)), a, record);
      expectSame(and(a, or(b, c)), or(and(a, b), and(a, c)), record);
      expectSame(or(a, and(b, c)), and(or(a, b), or(a, c)), record);
      expect(compileFilter(or(a, not(a)))(record)).toBe(true);
      expect(compileFilter(and(a, not(a)))(record)).toBe(false);
    }),
    { numRuns: runs(500) },
  );
});

test('ne is not eq', () => {
  fc.assert(
    fc.property(attributePath, compareValue, resolve, (attribute, value, record) => {
      expectSame(compare(attribute, 'ne', value), not(compare(attribute, 'eq', value)), record);
    }),
  );
});

test('of two single values of one type that has an order, exactly one of lt, eq and gt holds', () => {
  const pair = fc.oneof(
    fc.tuple(anyText, anyText),
    fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()),
    fc.integer().map((value) => [value, value] as const),
    anyText.map((value) => [value, value.toLowerCase()] as const),
  );
  fc.assert(
    fc.property(pair, ([value, literal]) => {
      const holds = (operator: CompareOperator) => compileFilter(compare('a', operator, literal))(() => value);
      expect([holds('lt'), holds('eq'), holds('gt')].filter(Boolean)).toHaveLength(1);
      expect(holds('le')).toBe(holds('lt') || holds('eq'));
      expect(holds('ge')).toBe(holds('gt') || holds('eq'));
    }),
    { numRuns: runs(1000) },
  );
});

/** Letters whose case is not one letter to one. Without ı: it folds to itself, although its upper case is I (CaseFolding.txt). */
const cased = fc.string({
  unit: fc.constantFrom('a', 'A', 'Σ', 'σ', 'ς', 'ß', 'ẞ', 'İ', '\u212a', 'ŉ', 'é', ' ', '😀'),
});

test('a string starts with, ends with and contains its parts, in any case', () => {
  fc.assert(
    fc.property(cased, cased, cased, (start, middle, end) => {
      const value = start + middle + end;
      const holds = (operator: CompareOperator, part: string) =>
        [part, part.toLowerCase(), part.toUpperCase()].every((cased) =>
          compileFilter(compare('a', operator, cased))(() => value),
        );
      expect([holds('sw', start), holds('co', middle), holds('ew', end)]).toStrictEqual([true, true, true]);
    }),
    { numRuns: runs(1000) },
  );
});
