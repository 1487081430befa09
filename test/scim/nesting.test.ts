import { describe, expect, test } from 'vitest';
import { compileFilter } from '../../src/scim/evaluate.ts';
import { ScimSyntaxError } from '../../src/scim/lexer.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { printFilter } from '../../src/scim/printer.ts';
import { resolverOf } from '../../src/scim/value.ts';
import { conditionsOf } from '../../src/scim/walk.ts';

const depth = 25_000;
const record = resolverOf({ a: 1 });

function nest(open: string, inner: string, close: string): string {
  return open.repeat(depth) + inner + close.repeat(depth);
}

test('25,000 needless parentheses are read, and gone from the tree', () => {
  expect(parseFilter(nest('(', 'a pr', ')'))).toStrictEqual({ kind: 'present', attribute: 'a' });
});

test('25,000 operands in nested parentheses become one list, on either side', () => {
  expect(conditionsOf(parseFilter(nest('(a pr and ', 'a pr', ')')))).toHaveLength(depth + 1);
  expect(conditionsOf(parseFilter(nest('(', 'a pr', ' and a pr)')))).toHaveLength(depth + 1);
  expect(parseFilter(nest('(a pr or ', 'a pr', ')'))).toHaveProperty('operands.length', depth + 1);
});

describe('a tree 25,000 deep is read, printed, walked and evaluated', () => {
  test.each<[name: string, text: string, holds: boolean]>([
    ['not', nest('not (', 'a pr', ')'), true],
    ['and/or', nest('a eq 1 and (b pr or ', 'a pr', ')'), true],
    ['not/and/or', nest('not (a eq 1 and (b pr or ', 'a pr', '))'), true],
    ['within a value path', `a[${nest('not (', 'value eq 2', ')')}]`, false],
  ])('%s', (_, text, holds) => {
    const filter = parseFilter(text);
    expect(printFilter(filter) === text).toBe(true);
    expect(compileFilter(filter)(record)).toBe(holds);
  });
});

describe('text that nests and does not end is refused at its end', () => {
  test.each(['(', 'not(', 'a pr and (', '(a pr or not (', '"', 'a.', 'urn:', '1', 'x[not ('])('%s', (piece) => {
    const text = piece.repeat(depth);
    expect(() => parseFilter(text)).toThrow(ScimSyntaxError);
  });
});

test('a string of two million characters is one value', () => {
  const value = '\\"é'.repeat(500_000);
  expect(printFilter(parseFilter(`a eq "${value}"`)).length).toBe(value.length + 7);
});
