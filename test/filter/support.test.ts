import { describe, expect, it } from 'vitest';
import { profileAttributes } from '../../src/filter/attributes.ts';
import { FilterSupport, supportKey, supportKeyShape } from '../../src/filter/support.ts';
import { compare, compareOperators } from '../../src/scim/ast.ts';

describe('what is known of an API', () => {
  it('begins with what is documented', () => {
    const support = new FilterSupport();
    const documented = ['integrations co', 'integrations eq', 'provider_ids co', 'labels co', 'profile_type eq'];
    expect(documented.map((key) => support.verdict(key))).toEqual(documented.map(() => 'documented'));
    expect(['labels eq', 'profile_type co', 'id eq', 'name co'].map((key) => support.verdict(key))).toEqual(
      Array(4).fill('untried'),
    );
  });

  it('grows by what works', () => {
    const support = new FilterSupport();
    support.noteWorking('id eq');
    expect(support.verdict('id eq')).toBe('worked');
    expect(support.verdict('id co')).toBe('untried');
    support.doubt('id eq');
    expect(support.verdict('id eq')).toBe('untried');
  });

  it('forgets a refusal after a quarter of an hour', () => {
    let now = 0;
    const support = new FilterSupport(() => now);
    support.refuse('id eq');
    now = 15 * 60_000 - 1;
    expect(support.verdict('id eq')).toBe('refused');
    now += 1;
    expect(support.verdict('id eq')).toBe('untried');
    support.refuse('id eq');
    expect(support.verdict('id eq')).toBe('refused');
  });

  it('goes by what the API did last', () => {
    const support = new FilterSupport();
    support.refuse('id eq');
    support.noteWorking('id eq');
    expect(support.verdict('id eq')).toBe('worked');
    support.refuse('id eq');
    expect(support.verdict('id eq')).toBe('refused');
  });

  it('takes the second breakdown in a row for a refusal', () => {
    const support = new FilterSupport();
    support.noteBreakdown('id eq');
    support.noteWorking('id eq');
    support.noteBreakdown('id eq');
    expect(support.verdict('id eq')).toBe('worked');
    support.noteBreakdown('id eq');
    expect(support.verdict('id eq')).toBe('refused');
  });

  it('keeps filters short for a quarter of an hour, those of ids and those of lists apart', () => {
    let now = 0;
    const support = new FilterSupport(() => now);
    support.limit('ids', 25);
    support.limit('ids', 50);
    expect([support.maxComparisons('ids'), support.maxComparisons('lists')]).toEqual([25, Number.POSITIVE_INFINITY]);
    now = 15 * 60_000;
    expect(support.maxComparisons('ids')).toBe(Number.POSITIVE_INFINITY);
  });

  it('does not let what is documented be refused', () => {
    const support = new FilterSupport();
    support.refuse('labels co');
    expect(support.verdict('labels co')).toBe('documented');
  });

  it('has keys of a shape that a cursor can check', () => {
    const keys = [...profileAttributes.keys()].flatMap((attribute) =>
      compareOperators.map((operator) => supportKey(compare(attribute, operator, ''))),
    );
    expect(keys.filter((key) => !supportKeyShape.test(key))).toEqual([]);
    expect(
      ['id eq or id pr', 'id', 'id eq\n', 'ID eq', '', 'x'.repeat(50)].filter((key) => supportKeyShape.test(key)),
    ).toEqual([]);
  });
});
