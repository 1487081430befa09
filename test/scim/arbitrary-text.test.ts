import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Filter } from '../../src/scim/ast.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { printFilter } from '../../src/scim/printer.ts';
import { ScimSyntaxError } from '../../src/scim/syntax-error.ts';
import { anyFilter, anyText } from './arbitrary.ts';
import { referenceParse } from './reference-parser.ts';

const pieces = [
  ...['a', 'b.c', 'not', 'AND', 'and', 'or', 'eq', 'Co', 'pr', 'true', 'Null', 'urn:x:y:z', 'urn:x'],
  ...['1', '-0.5e2', '01', '1e999', '"s"', '"\\u00e9"', '"\\x"', '"', '\\', '\n', '\u0085', '\u00a0', '\u0001'],
  ...['(', ')', '[', ']', '(', ')', '[', ']', 'a pr', 'b eq 1', 'x[', 'not (', ' and ', ' or '],
];

/** Texts that are nearly filters: pieces in any order, and printed filters with a stretch replaced. */
const nearlyFilter: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), fc.constantFrom('', ' '))
    .map(([list, glue]) => list.join(glue)),
  fc
    .tuple(anyFilter, fc.nat(), fc.nat(6), fc.oneof(fc.constant(''), fc.constantFrom(...pieces), anyText))
    .map(([filter, place, length, piece]) => {
      const text = printFilter(filter);
      const start = place % (text.length + 1);
      return text.slice(0, start) + piece + text.slice(start + length);
    }),
);

test('any text is a filter or a ScimSyntaxError in it', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, nearlyFilter), (text) => {
      const result = read(text);
      if (!(result instanceof ScimSyntaxError)) return;
      expect(Number.isInteger(result.column)).toBe(true);
      expect(result.column).toBeGreaterThanOrEqual(1);
      expect(result.column).toBeLessThanOrEqual(text.length + 1);
      expect(result.message).toMatch(/^expected [^\p{C}]+, found (?:(?=[ ]|[^\p{Z}])[^\p{C}])+$/u);
      expect(result.message.length).toBeLessThan(400);
    }),
    { numRuns: 5000 },
  );
});

test('the parser and an independent one accept the same texts, and read the same in them', () => {
  fc.assert(
    fc.property(nearlyFilter, (text) => {
      const result = read(text);
      expect(result instanceof ScimSyntaxError ? undefined : result).toStrictEqual(referenceParse(text));
    }),
    { numRuns: 5000 },
  );
});

test('text that was accepted is printed as an equal filter', () => {
  fc.assert(
    fc.property(nearlyFilter, (text) => {
      const result = read(text);
      if (result instanceof ScimSyntaxError) return;
      expect(parseFilter(printFilter(result))).toStrictEqual(result);
    }),
    { numRuns: 2000 },
  );
});

function read(text: string): Filter | ScimSyntaxError {
  try {
    return parseFilter(text);
  } catch (error) {
    if (error instanceof ScimSyntaxError) return error;
    throw error;
  }
}
