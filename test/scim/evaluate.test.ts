import { describe, expect, test } from 'vitest';
import { compileFilter } from '../../src/scim/evaluate.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { resolverOf } from '../../src/scim/value.ts';

const record = resolverOf({
  name: 'Sales Engineering',
  empty: '',
  count: 10,
  zero: 0,
  yes: true,
  no: false,
  none: null,
  digits: '10',
  created: '2024-04-12T18:30:00.123456789Z',
  day: '2024-04-12',
});

function holds(text: string): boolean {
  return compileFilter(parseFilter(text))(record);
}

describe('a comparison', () => {
  test.each<[filter: string, expected: boolean]>([
    // Strings
    ['name eq "Sales Engineering"', true],
    ['name eq "Sales"', false],
    ['name ne "Sales"', true],
    ['name co "s Eng"', true],
    ['name co "xyz"', false],
    ['name co ""', true],
    ['name sw "Sales"', true],
    ['name sw "Engineering"', false],
    ['name ew "Engineering"', true],
    ['name ew "Sales"', false],
    ['name gt "Sales"', true],
    ['name gt "Sales Engineering"', false],
    ['name ge "Sales Engineering"', true],
    ['name lt "T"', true],
    ['name lt "Sales Engineering"', false],
    ['name le "Sales Engineering"', true],
    ['digits lt "9"', true],
    // Numbers
    ['count eq 10', true],
    ['count eq 10.0', true],
    ['count ne 10', false],
    ['count gt 9', true],
    ['count gt 10', false],
    ['count ge 10', true],
    ['count lt 10', false],
    ['count lt 1e2', true],
    ['count le 10', true],
    ['zero eq -0', true],
    ['count co 1', false],
    ['count sw 1', false],
    ['count ew 0', false],
    // Booleans: only eq and ne mean something
    ['yes eq true', true],
    ['yes eq false', false],
    ['no eq false', true],
    ['no ne true', true],
    ['yes ge true', false],
    ['yes gt false', false],
    ['no le false', false],
    ['yes co true', false],
    // Types don't mix
    ['digits eq 10', false],
    ['count eq "10"', false],
    ['count co "1"', false],
    ['digits gt 9', false],
    ['count gt "9"', false],
    ['yes eq "true"', false],
    ['yes ne "true"', true],
    ['zero eq false', false],
    ['empty eq 0', false],
    // Absence
    ['none eq null', true],
    ['missing eq null', true],
    ['name eq null', false],
    ['empty eq null', false],
    ['no eq null', false],
    ['none ne null', false],
    ['zero ne null', true],
    ['missing eq "x"', false],
    ['missing ne "x"', true],
    ['missing co ""', false],
    ['none le 0', false],
    ['none ge null', false],
    ['none co null', false],
    ['empty eq ""', true],
    ['name pr', true],
    ['zero pr', true],
    ['no pr', true],
    ['empty pr', false],
    ['none pr', false],
    ['missing pr', false],
    // Date-times
    ['created eq "2024-04-12T18:30:00.123456789Z"', true],
    ['created eq "2024-04-12T20:30:00.123456789000+02:00"', true],
    ['created eq "2024-04-12T18:30:00.123456788Z"', false],
    ['created ne "2024-04-12T20:30:00.123456789+02:00"', false],
    ['created gt "2024-04-12T18:30:00.123456788Z"', true],
    ['created lt "2024-04-12T18:30:00.123456790Z"', true],
    ['created ge "2024-04-12T19:30:00+01:00"', true],
    ['created le "2024-04-12T10:30:00.1234567891-08:00"', true],
    ['created sw "2024-04-12t18"', true],
    ['created co "+02:00"', false],
    // Not both are date-times: text
    ['created gt "2024-04-12"', true],
    ['day lt "2024-04-12T00:00:00Z"', true],
    ['day ge "2024-04-11"', true],
    ['name gt "2024-04-12T00:00:00Z"', true],
  ])('%s: %s', (filter, expected) => {
    expect(holds(filter)).toBe(expected);
  });
});

describe('logic', () => {
  test.each<[filter: string, expected: boolean]>([
    ['yes eq true and count eq 10', true],
    ['yes eq true and count eq 11', false],
    ['yes eq false and count eq 10', false],
    ['yes eq false or count eq 10', true],
    ['yes eq true or count eq 11', true],
    ['yes eq false or count eq 11', false],
    ['not (yes eq true)', false],
    ['not (yes eq false)', true],
    ['not (yes eq true and count eq 11)', true],
    ['not (yes eq false or count eq 10)', false],
    ['yes eq false and count eq 10 or zero eq 0', true],
    ['yes eq false and (count eq 10 or zero eq 0)', false],
    ['not (missing pr) and not (not (name pr))', true],
    ['yes eq true and yes eq true and yes eq false', false],
    ['yes eq false or yes eq false or yes eq true', true],
  ])('%s: %s', (filter, expected) => {
    expect(holds(filter)).toBe(expected);
  });
});

test('no more is resolved than the answer needs', () => {
  const resolved: string[] = [];
  const filter = compileFilter(parseFilter('a pr and b pr or not (c pr) or d pr'));
  filter((attribute) => {
    resolved.push(attribute);
    return attribute === 'b' ? 'x' : undefined;
  });
  expect(resolved).toStrictEqual(['a', 'c']);
});

test('the resolver gets the attribute as it was written', () => {
  const resolved: string[] = [];
  compileFilter(parseFilter('Name.Given pr or urn:a:b:C eq 1'))((attribute) => {
    resolved.push(attribute);
    return undefined;
  });
  expect(resolved).toStrictEqual(['Name.Given', 'urn:a:b:C']);
});

test('NaN is equal to nothing and in no order', () => {
  for (const operator of ['eq', 'gt', 'ge', 'lt', 'le']) {
    expect(compileFilter(parseFilter(`a ${operator} 1`))(() => Number.NaN)).toBe(false);
  }
});

test('what cannot be printed cannot be compiled', () => {
  expect(() => compileFilter({ kind: 'and', operands: [] })).toThrow(RangeError);
  const inner = parseFilter('x[y pr]');
  expect(() => compileFilter({ kind: 'some', attribute: 'z', filter: inner })).toThrow(RangeError);
});
