import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Filter } from '../../src/scim/ast.ts';
import { ScimSyntaxError } from '../../src/scim/lexer.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { printFilter } from '../../src/scim/printer.ts';
import { runs } from '../support/runs.ts';
import { anyFilter, anyText } from './arbitrary.ts';
import { referenceParse } from './reference-parser.ts';

const pieces = [
  ...['a', 'b.c', 'not', 'AND', 'and', 'or', 'eq', 'Co', 'pr', 'true', 'Null', 'urn:x:y:z', 'urn:x'],
  ...['1', '-0.5e2', '01', '1e999', '"s"', '"\\u00e9"', '"\\x"', '"', '\\', '\n', '\u0085', '\u00a0', '\u0001'],
  ...['(', ')', '[', ']', '(', ')', '[', ']', 'a pr', 'b eq 1', 'x[', 'not (', ' and ', ' or '],
];

const numbers = ['0', '-1', '1.5', '2e10', '-0.0E-3', '01', '1.', '.5', '+1', '1e', '1e+', '-', '0x1', '1_0', '١'];
const literals = [...numbers, '"s"', '"\\/"', "'s'", 'true', 'nulL', 'none'];

/** Texts in the shape of a filter, with faults only within it: value paths in value paths, odd literals, odd names. */
const shaped: fc.Arbitrary<string> = fc.letrec<{ text: string }>((tie) => {
  const inner = tie('text');
  const path = fc.constantFrom('a', 'b', 'x.y', 'not', 'urn:x:y:z', 'x.', '1a');
  return {
    text: fc.oneof(
      { maxDepth: 4 },
      path.map((name) => `${name} pr`),
      fc.tuple(path, fc.constantFrom('eq', 'SW', 'is'), fc.constantFrom(...literals)).map((parts) => parts.join(' ')),
      fc.tuple(inner, fc.constantFrom(' and ', ' or ', ' OR '), inner).map((parts) => parts.join('')),
      fc.tuple(fc.constantFrom('(', 'not (', 'Not('), inner).map(([open, text]) => `${open}${text})`),
      fc.tuple(path, inner).map(([name, text]) => `${name}[${text}]`),
    ),
  };
}).text;

/** Texts that are nearly filters: pieces in any order, printed filters with a stretch replaced, and the shaped ones. */
const nearlyFilter: fc.Arbitrary<string> = fc.oneof(
  shaped,
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
    { numRuns: runs(5000) },
  );
});

test('the parser and an independent one accept the same texts, and read the same in them', () => {
  fc.assert(
    fc.property(nearlyFilter, (text) => {
      const result = read(text);
      expect(result instanceof ScimSyntaxError ? undefined : result).toStrictEqual(referenceParse(text));
    }),
    { numRuns: runs(5000) },
  );
});

test('text that was accepted is printed as an equal filter', () => {
  fc.assert(
    fc.property(nearlyFilter, (text) => {
      const result = read(text);
      if (result instanceof ScimSyntaxError) return;
      expect(parseFilter(printFilter(result))).toStrictEqual(result);
    }),
    { numRuns: runs(2000) },
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
