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

  it('grows by what the API shows', () => {
    const support = new FilterSupport();
    support.show('id eq');
    expect(support.verdict('id eq')).toBe('shown');
    expect(support.verdict('id co')).toBe('untried');
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

  it('believes what was shown over a refusal before or after it', () => {
    const support = new FilterSupport();
    support.refuse('id eq');
    support.show('id eq');
    support.refuse('id eq');
    expect(support.verdict('id eq')).toBe('shown');
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
