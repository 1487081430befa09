import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ScimSyntaxError } from '../../src/scim/lexer.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { printFilter } from '../../src/scim/printer.ts';
import { runs } from '../support/runs.ts';
import { anyFilter } from './arbitrary.ts';

test('without any one of its pairs of parentheses, a printed filter is another filter or none', () => {
  fc.assert(
    fc.property(anyFilter, (filter) => {
      const text = printFilter(filter);
      for (const [open, close] of parenthesesIn(text)) {
        const without = `${text.slice(0, open)} ${text.slice(open + 1, close)} ${text.slice(close + 1)}`;
        expect(readingOf(without)).not.toBe(text);
      }
    }),
    { numRuns: runs(1000) },
  );
});

test('the pairs that the property removes are found, and not in strings', () => {
  expect(parenthesesIn('a eq "(\\")" and (b pr or not (c pr))')).toStrictEqual([
    [29, 34],
    [16, 35],
  ]);
});

/** The normal spelling of a text, or undefined if it is no filter. */
function readingOf(text: string): string | undefined {
  try {
    return printFilter(parseFilter(text));
  } catch (error) {
    if (error instanceof ScimSyntaxError) return undefined;
    throw error;
  }
}

function parenthesesIn(text: string): readonly (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  const open: number[] = [];
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|[()]/g)) {
    if (match[0] === '(') open.push(match.index);
    const start = match[0] === ')' ? open.pop() : undefined;
    if (start !== undefined) pairs.push([start, match.index]);
  }
  return pairs;
}
