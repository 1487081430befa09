import { describe, expect, test } from 'vitest';
import { compileFilter } from '../../src/scim/evaluate.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { resolverOf } from '../../src/scim/value.ts';

const record = resolverOf({
  labels: ['requestable', 'Tier-1'],
  sizes: [1, 5, '7'],
  nothing: [],
  nulls: [null, undefined],
  blanks: ['', null],
  emails: [
    { type: 'work', value: 'ann@example.com', primary: true },
    { type: 'home', value: 'ann@home.example', tags: ['old', 'spam'] },
    { type: 'other' },
  ],
  manager: { displayName: 'Jo', value: '42', since: { year: 2020 } },
  hollow: { displayName: '', value: null },
});

describe('a multi-valued attribute', () => {
  test.each<[filter: string, expected: boolean]>([
    // Any value is enough
    ['labels eq "requestable"', true],
    ['labels eq "tier"', false],
    ['labels co "tier"', true],
    ['labels sw "1"', false],
    ['labels ew "1"', true],
    ['sizes gt 4', true],
    ['sizes gt 5', false],
    ['sizes lt 2', true],
    ['sizes eq "7"', true],
    ['sizes eq 7', false],
    ['sizes gt 1 and sizes lt 2', true],
    ['sizes ge 5 and sizes le 1', true],
    // ne is the negation of eq: no value equals
    ['labels ne "requestable"', false],
    ['labels ne "x"', true],
    ['labels ne "requestable" or labels ne "Tier-1"', false],
    ['nothing ne "x"', true],
    // No values
    ['nothing eq null', true],
    ['nulls eq null', true],
    ['blanks eq null', false],
    ['labels eq null', false],
    ['labels ne null', true],
    ['nothing ne null', false],
    ['nothing pr', false],
    ['nulls pr', false],
    ['blanks pr', false],
    ['labels pr', true],
    ['nothing co ""', false],
    ['blanks eq ""', true],
  ])('%s: %s', (filter, expected) => {
    expect(compileFilter(parseFilter(filter))(record)).toBe(expected);
  });
});

describe('a complex attribute', () => {
  test.each<[filter: string, expected: boolean]>([
    // One element must satisfy the whole inner filter
    ['emails[type eq "work" and value ew "example.com"]', true],
    ['emails[type eq "work" and value ew "home.example"]', false],
    ['emails.type eq "work" and emails.value ew "home.example"', true],
    ['emails[type eq "work" or primary eq true]', true],
    ['emails[not (value pr)]', true],
    ['not (emails[value pr])', false],
    ['emails[type ne "work"]', true],
    ['emails[type eq "work" and type eq "home"]', false],
    ['emails[tags eq "spam"]', true],
    ['emails[TYPE eq "WORK"]', true],
    ['missing[type eq "work"]', false],
    ['missing[not (type eq "work")]', false],
    ['nothing[not (value pr)]', false],
    // A complex value compares as its "value"
    ['emails eq "ann@example.com"', true],
    ['emails co "@home"', true],
    ['emails co "work"', false],
    ['emails ne "ann@example.com"', false],
    ['manager eq "42"', true],
    ['manager.value eq "42"', true],
    ['manager.since.year ge 2020', true],
    ['manager[displayName eq "Jo" and value eq "42"]', true],
    ['manager pr', true],
    ['hollow pr', false],
    ['hollow eq null', false],
    ['emails.type pr', true],
    ['emails.missing pr', false],
    ['emails.tags co "spam"', true],
    // And a simple value has a "value"
    ['labels[value eq "requestable"]', true],
    ['labels[value sw "t" and value ew "1"]', true],
    ['labels[value sw "t" and value ew "e"]', false],
    ['labels.value eq "requestable"', false],
  ])('%s: %s', (filter, expected) => {
    expect(compileFilter(parseFilter(filter))(record)).toBe(expected);
  });
});
