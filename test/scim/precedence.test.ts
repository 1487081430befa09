import { describe, expect, test } from 'vitest';
import type { Filter } from '../../src/scim/ast.ts';
import { and, not, or } from '../../src/scim/ast.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { printFilter } from '../../src/scim/printer.ts';

const a: Filter = { kind: 'present', attribute: 'a' };
const b: Filter = { kind: 'present', attribute: 'b' };
const c: Filter = { kind: 'present', attribute: 'c' };
const d: Filter = { kind: 'present', attribute: 'd' };

describe('"not" binds tightest, then "and", then "or"', () => {
  test.each<[string, Filter, string]>([
    ['a pr and b pr or c pr', or(and(a, b), c), 'a pr and b pr or c pr'],
    ['a pr or b pr and c pr', or(a, and(b, c)), 'a pr or b pr and c pr'],
    ['a pr and b pr or c pr and d pr', or(and(a, b), and(c, d)), 'a pr and b pr or c pr and d pr'],
    ['(a pr or b pr) and c pr', and(or(a, b), c), '(a pr or b pr) and c pr'],
    ['a pr and (b pr or c pr)', and(a, or(b, c)), 'a pr and (b pr or c pr)'],
    ['(a pr and b pr) or (c pr and d pr)', or(and(a, b), and(c, d)), 'a pr and b pr or c pr and d pr'],
    ['not (a pr) and b pr', and(not(a), b), 'not (a pr) and b pr'],
    ['not (a pr and b pr) or c pr', or(not(and(a, b)), c), 'not (a pr and b pr) or c pr'],
    ['not (not ((a pr)))', not(not(a)), 'not (not (a pr))'],
    [
      'x[a pr or b pr and c pr] and d pr',
      and({ kind: 'some', attribute: 'x', filter: or(a, and(b, c)) }, d),
      'x[a pr or b pr and c pr] and d pr',
    ],
  ])('%s', (text, filter, printed) => {
    expect(parseFilter(text)).toStrictEqual(filter);
    expect(printFilter(filter)).toBe(printed);
  });
});

test('an operator inside itself is one node, however it is bracketed', () => {
  for (const text of [
    'a pr and b pr and c pr and d pr',
    '((a pr and b pr) and c pr) and d pr',
    'a pr and (b pr and (c pr and d pr))',
    '(a pr and b pr) and ((c pr and d pr))',
  ]) {
    expect(parseFilter(text)).toStrictEqual({ kind: 'and', operands: [a, b, c, d] });
    expect(parseFilter(text.replaceAll('and', 'or'))).toStrictEqual({ kind: 'or', operands: [a, b, c, d] });
  }
});

test('a tree that was not normalised is printed as if it were', () => {
  const nested: Filter = {
    kind: 'and',
    operands: [
      { kind: 'and', operands: [a, b] },
      { kind: 'or', operands: [{ kind: 'or', operands: [c, d] }, a] },
    ],
  };
  expect(printFilter(nested)).toBe('a pr and b pr and (c pr or d pr or a pr)');
});
