import { describe, expect, test } from 'vitest';
import { ScimSyntaxError } from '../../src/scim/lexer.ts';
import { parseFilter } from '../../src/scim/parser.ts';

function failureOf(text: string): ScimSyntaxError | undefined {
  try {
    parseFilter(text);
  } catch (error) {
    if (error instanceof ScimSyntaxError) return error;
    throw error;
  }
  return undefined;
}

const operand = 'expected an attribute, "not" or "("';
const operator = 'expected an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr) after';
const value = 'expected a value (a string in double quotes, a number, true, false or null) after';

describe('a refused filter says where, what was expected and what was found', () => {
  test.each<[text: string, column: number, message: string]>([
    ['', 1, `${operand}, found end of filter`],
    ['   ', 4, `${operand}, found end of filter`],
    ['name', 5, `${operator} "name", found end of filter`],
    ['name = "x"', 6, `${operator} "name", found "="`],
    ['name "eq" 1', 6, `${operator} "name", found the string "eq"`],
    ['name eq', 8, `${value} "eq", found end of filter`],
    ["name eq 'x'", 9, `${value} "eq", found "'x'"`],
    ['name EQ x', 9, `${value} "eq", found "x"`],
    ['name eq (1)', 9, `${value} "eq", found "("`],
    ['n eq 01', 6, `${value} "eq", found "01"`],
    ['n eq +1', 6, `${value} "eq", found "+1"`],
    ['n eq .5', 6, `${value} "eq", found ".5"`],
    ['n eq 1.', 6, `${value} "eq", found "1."`],
    ['n eq 0x1', 6, `${value} "eq", found "0x1"`],
    ['n eq NaN', 6, `${value} "eq", found "NaN"`],
    ['n eq 1and b pr', 6, `${value} "eq", found "1and"`],
    ['n eq 1e999', 6, 'expected a number that a double can hold, found "1e999"'],
    ['n eq -1e999', 6, 'expected a number that a double can hold, found "-1e999"'],
    ['a pr b pr', 6, 'expected "and", "or" or end of filter, found "b"'],
    ['a pr )', 6, 'expected "and", "or" or end of filter, found ")"'],
    ['a pr xor b pr', 6, 'expected "and", "or" or end of filter, found "xor"'],
    ['a pr and', 9, `${operand}, found end of filter`],
    ['a pr and or b pr', 10, `${operand}, found "or"`],
    ['and a pr', 1, `${operand}, found "and"`],
    ['()', 2, `${operand}, found ")"`],
    ['"a" eq 1', 1, `${operand}, found the string "a"`],
    ['1 eq 1', 1, `${operand}, found "1"`],
    ['a.b. "x', 1, `${operand}, found "a.b."`],
    ['a.b. pr', 1, `${operand}, found "a.b."`],
    ['(a pr', 6, 'expected "and", "or" or ")" for the "(" at column 1, found end of filter'],
    ['a pr and ( b pr', 16, 'expected "and", "or" or ")" for the "(" at column 10, found end of filter'],
    ['(a pr]', 6, 'expected "and", "or" or ")" for the "(" at column 1, found "]"'],
    ['not a pr', 5, 'expected "(" after "not", found "a"'],
    ['not', 4, 'expected "(" after "not", found end of filter'],
    ['not (a pr', 10, 'expected "and", "or" or ")" for the "not" at column 1, found end of filter'],
    ['x[a pr', 7, 'expected "and", "or" or "]" for the "[" at column 2, found end of filter'],
    ['x[a pr)', 7, 'expected "and", "or" or "]" for the "[" at column 2, found ")"'],
    ['x[]', 3, `${operand}, found "]"`],
    ['x[a pr].b eq 1', 8, 'expected "and", "or" or end of filter, found ".b"'],
    ['[a pr]', 1, `${operand}, found "["`],
    ['x[(y[z pr])]', 5, 'expected an operator after "y" (no value path inside a value path), found "["'],
    ['a eq "x', 8, 'expected a closing double quote for the string at column 6, found end of filter'],
    ['a eq "x\\"', 10, 'expected a closing double quote for the string at column 6, found end of filter'],
    [
      'a eq "\\q"',
      7,
      'expected a JSON escape (\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hexadecimal digits), found "\\\\q"',
    ],
    [
      'a eq "b\\u12g4"',
      8,
      'expected a JSON escape (\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hexadecimal digits), found "\\\\u12g4"',
    ],
    ['a eq "b\nc"', 8, 'expected control characters in a string to be escaped, found "\\n"'],
    ['a eq "😀" 😀', 11, 'expected "and", "or" or end of filter, found "😀"'],
    ['a\u00a0eq 1', 1, `${operand}, found "a\\u{a0}eq"`],
    ['a\ud800 pr', 1, `${operand}, found "a\\ud800"`],
    [`a pr ${'b'.repeat(50)}`, 6, `expected "and", "or" or end of filter, found "${'b'.repeat(39)}…"`],
  ])('%j', (text, column, message) => {
    const failure = failureOf(text);
    expect(failure?.message).toBe(message);
    expect(failure?.column).toBe(column);
    expect(failure?.name).toBe('ScimSyntaxError');
  });
});
