import { describe, expect, test } from 'vitest';
import type { CompareValue, Filter } from '../../src/scim/ast.ts';
import { and, compare, compareOperators, isAttributePath, not } from '../../src/scim/ast.ts';
import { parseFilter } from '../../src/scim/parser.ts';

const present = (attribute: string): Filter => ({ kind: 'present', attribute });
const some = (attribute: string, filter: Filter): Filter => ({ kind: 'some', attribute, filter });

describe('the examples of RFC 7644 figure 2 and of the Veza documentation', () => {
  test.each<[string, Filter]>([
    ['userName eq "bjensen"', compare('userName', 'eq', 'bjensen')],
    ['name.familyName co "O\'Malley"', compare('name.familyName', 'co', "O'Malley")],
    [
      'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
      compare('urn:ietf:params:scim:schemas:core:2.0:User:userName', 'sw', 'J'),
    ],
    ['title pr', present('title')],
    ['meta.lastModified le "2011-05-13T04:42:34Z"', compare('meta.lastModified', 'le', '2011-05-13T04:42:34Z')],
    ['title pr and userType eq "Employee"', and(present('title'), compare('userType', 'eq', 'Employee'))],
    [
      'userType ne "Employee" and not (emails.value co "example.org")',
      and(compare('userType', 'ne', 'Employee'), not(compare('emails.value', 'co', 'example.org'))),
    ],
    [
      'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
      and(
        compare('userType', 'eq', 'Employee'),
        some('emails', and(compare('type', 'eq', 'work'), compare('value', 'co', '@example.com'))),
      ),
    ],
    ['labels co "requestable"', compare('labels', 'co', 'requestable')],
    ['ended_at GE "2023-08-04T22:11:25.915674671Z"', compare('ended_at', 'ge', '2023-08-04T22:11:25.915674671Z')],
  ])('%s', (text, filter) => {
    expect(parseFilter(text)).toStrictEqual(filter);
  });
});

test('every operator is read in any case', () => {
  for (const operator of compareOperators) {
    expect(parseFilter(`a ${operator} 1`)).toStrictEqual(compare('a', operator, 1));
    expect(parseFilter(`a ${operator.toUpperCase()} 1`)).toStrictEqual(compare('a', operator, 1));
  }
});

describe('values', () => {
  test.each<[string, CompareValue]>([
    ['""', ''],
    ['"a\\"b\\\\c\\/d\\b\\f\\n\\r\\t"', 'a"b\\c/d\b\f\n\r\t'],
    ['"\\u0041\\u00E9\\u00e9"', 'Aéé'],
    ['"\\ud83d\\uDE00"', '😀'],
    ['"\\ud83d"', '\ud83d'],
    ['"\u007f\u2028"', '\u007f\u2028'],
    ['") or (a pr"', ') or (a pr'],
    ['true', true],
    ['FALSE', false],
    ['Null', null],
    ['0', 0],
    ['-0', -0],
    ['12', 12],
    ['-12.50', -12.5],
    ['1e3', 1000],
    ['1E+3', 1000],
    ['25e-1', 2.5],
    ['1.7976931348623157e308', Number.MAX_VALUE],
    ['1e-999', 0],
  ])('%s', (text, value) => {
    expect(parseFilter(`a eq ${text}`)).toStrictEqual(compare('a', 'eq', value));
  });
});

describe('blanks', () => {
  test.each<[string, Filter]>([
    [' \t\r\n a \n pr ', present('a')],
    ['( a pr )', present('a')],
    ['not(a pr)', not(present('a'))],
    ['NOT \n (a pr)', not(present('a'))],
    ['a eq"x"and b pr', and(compare('a', 'eq', 'x'), present('b'))],
    ['(a pr)and(b pr)', and(present('a'), present('b'))],
    ['a [ b pr ] and c pr', and(some('a', present('b')), present('c'))],
  ])('%j', (text, filter) => {
    expect(parseFilter(text)).toStrictEqual(filter);
  });
});

describe('no word is reserved', () => {
  test.each<[string, Filter]>([
    ['not pr', present('not')],
    ['not eq "x"', compare('not', 'eq', 'x')],
    ['not[not pr]', some('not', present('not'))],
    ['not (not pr)', not(present('not'))],
    ['and pr and or pr', and(present('and'), present('or'))],
    ['pr pr', present('pr')],
    ['eq eq true', compare('eq', 'eq', true)],
    ['true eq null', compare('true', 'eq', null)],
  ])('%s', (text, filter) => {
    expect(parseFilter(text)).toStrictEqual(filter);
  });
});

describe('attribute paths', () => {
  test.each([
    'a',
    'A1',
    'x-y',
    'x_y',
    '$ref',
    'members.$ref',
    'a.b.c',
    'urn',
    'urn:a:b:c',
    'URN:ietf:params:x:2.0:User:name.given',
  ])('%s is one', (path) => {
    expect(isAttributePath(path)).toBe(true);
    expect(parseFilter(`${path} pr`)).toStrictEqual(present(path));
  });

  test.each([
    '',
    '1a',
    '_a',
    '-a',
    'a.',
    '.a',
    'a..b',
    'a b',
    'a/b',
    'é',
    'a\u00a0',
    '"a"',
    'a:b',
    'urn:a',
    'urn:a:b',
    'urn::b:c',
    'urn:a:b:',
    'http://x:y:z',
    'a[b]',
    '\u212a',
  ])('%j is none', (path) => {
    expect(isAttributePath(path)).toBe(false);
    expect(() => parseFilter(`${path} pr`)).toThrow();
  });
});
