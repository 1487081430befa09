import { describe, expect, test } from 'vitest';
import { compileFilter } from '../../src/scim/evaluate.ts';
import { codePointKey, foldCase } from '../../src/scim/fold-case.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { resolverOf } from '../../src/scim/value.ts';

const record = resolverOf({
  name: 'Straße ΟΔΟΣ İzmir',
  id: 'aBc',
  emails: [{ type: 'Work' }],
  at: '2024-01-01T00:00:00Z',
});

/** No character after these has a case. */
const lastCased = 0x1ffff;

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
    expect(compileFilter(parseFilter(filter))(record)).toBe(expected);
  });

  test('every character is equal to its lower and its upper case', () => {
    const unequal: string[] = [];
    for (let code = 0; code <= lastCased; code++) {
      const character = String.fromCodePoint(code);
      const folded = foldCase(character);
      if (folded !== foldCase(character.toUpperCase()) || folded !== foldCase(character.toLowerCase())) {
        unequal.push(character);
      }
    }
    // Full case folding leaves ı alone, although its upper case is I.
    expect(unequal).toStrictEqual(['ı']);
  });

  test.each([
    ['Straße STRASSE ẞ', 'strasse strasse ss'],
    ['ΟΔΟΣ οδος ς', 'οδοσ οδοσ σ'],
    ['İi̇ Iı', 'i̇i̇ iı'],
    ['ﬁﬀﬃ ŉ ẚ', 'fiffffi \u02bcn a\u02be'],
    ['ＡＢ \u212a Å ſ µ', 'ａｂ k å s μ'],
    ['ᾳ ᾼ \u0345', 'αι αι ι'],
    ['Ꭰꭰᏸ 𐐀', 'ᎠᎠᏰ 𐐨'],
  ])('%s folds to %s', (text, folded) => expect(foldCase(text)).toBe(folded));

  test('a character folds as in the regular expressions of the engine, which fold one to one', () => {
    const odd: string[] = [];
    for (let code = 0; code <= lastCased; code++) {
      const character = String.fromCodePoint(code);
      const folded = foldCase(character);
      // A pattern must not hold its own syntax, and lone surrogates are no characters.
      if (!/^\p{L}$/u.test(character) || !/^.$/u.test(folded)) continue;
      if (!new RegExp(`^${folded}$`, 'iu').test(character) || foldCase(folded) !== folded) odd.push(character);
    }
    // Both `folds` to itself: the engine folds one to one, where the full folding of these has two letters.
    expect(odd).toStrictEqual([]);
  });

  test('`<` puts keys in the order of code points', () => {
    const texts = ['', 'a', 'ab', 'b', '\ue000', '\uffff', '\u{10000}', 'a\u{1f600}', 'a\uff21'];
    const codePoints = (text: string) => [...text].map((character) => character.codePointAt(0) ?? 0);
    const isBefore = (a: number[], b: number[]) => {
      const at = a.findIndex((code, i) => code !== b[i]);
      return at < 0 ? a.length < b.length : at >= b.length ? false : (a[at] ?? 0) < (b[at] ?? 0);
    };
    for (const a of texts)
      for (const b of texts) {
        expect(codePointKey(a) < codePointKey(b)).toBe(isBefore(codePoints(a), codePoints(b)));
      }
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
    expect(compileFilter(parseFilter(filter), options)(record)).toBe(expected);
  });
});
