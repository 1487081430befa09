import { describe, expect, test } from 'vitest';
import { evaluateFilter } from '../../src/scim/evaluate.ts';
import { foldCase } from '../../src/scim/fold-case.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { resolverOf } from '../../src/scim/value.ts';

const record = resolverOf({
  name: 'Straße ΟΔΟΣ İzmir',
  id: 'aBc',
  emails: [{ type: 'Work' }],
  at: '2024-01-01T00:00:00Z',
});

describe('strings compare without case', () => {
  test.each<[filter: string, expected: boolean]>([
    ['id eq "AbC"', true],
    ['id ne "ABC"', false],
    ['id co "BC"', true],
    ['id sw "ab"', true],
    ['id ew "C"', true],
    ['id gt "ABB"', true],
    ['id lt "ABD"', true],
    ['id ge "ABC"', true],
    ['name co "STRASSE"', true],
    ['name co "οδος"', true],
    ['name co "οδοσ"', true],
    ['name co "İZMİR"', false],
    ['name co "i̇zmir"', true],
  ])('%s: %s', (filter, expected) => {
    expect(evaluateFilter(parseFilter(filter), record)).toBe(expected);
  });

  test('every character is equal to its lower and its upper case', () => {
    const unequal: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      const folded = foldCase(character);
      if (folded !== foldCase(character.toUpperCase()) || folded !== foldCase(character.toLowerCase())) {
        unequal.push(character);
      }
    }
    expect(unequal).toStrictEqual([]);
  });
});

describe('an attribute can be case-exact', () => {
  const options = {
    caseExact: (attribute: string) => attribute === 'id' || attribute === 'emails.type' || attribute === 'at',
  };

  test.each<[filter: string, expected: boolean]>([
    ['id eq "aBc"', true],
    ['id eq "abc"', false],
    ['id ne "abc"', true],
    ['id co "bc"', false],
    ['id co "Bc"', true],
    ['id sw "A"', false],
    ['id ew "C"', false],
    ['id gt "b"', false],
    ['id gt "Z"', true],
    ['name sw "straße"', true],
    ['emails[type eq "work"]', false],
    ['emails[type eq "Work"]', true],
    ['emails.type eq "work"', false],
    ['at eq "2024-01-01t00:00:00z"', true],
  ])('%s: %s', (filter, expected) => {
    expect(evaluateFilter(parseFilter(filter), record, options)).toBe(expected);
  });
});
