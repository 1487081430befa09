import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  all,
  any,
  type Condition,
  everything,
  isEverything,
  isNothing,
  negate,
  nothing,
  satisfies,
  test,
} from '../../src/filter/condition.ts';
import { conditionOfScim } from '../../src/filter/raw-filter.ts';
import { compare } from '../../src/scim/ast.ts';
import { profileOf } from '../support/profile.ts';

const a = test((profile) => profile.labels.includes('a'), compare('labels', 'co', 'a'));
const b = test((profile) => profile.labels.includes('b'), compare('labels', 'co', 'b'));
const c = test((profile) => profile.labels.includes('c'));
const worlds = [[], ['a'], ['b'], ['c'], ['a', 'b'], ['a', 'c'], ['b', 'c'], ['a', 'b', 'c']].map((labels) =>
  profileOf({ labels }),
);
const truth = (condition: Condition) => worlds.map((profile) => satisfies(condition, profile));

describe('conditions', () => {
  it('hold for all, for any, for everything and for nothing', () => {
    expect(truth(all([a, b]))).toEqual([false, false, false, false, true, false, false, true]);
    expect(truth(any([a, b]))).toEqual([false, true, true, false, true, true, true, true]);
    expect(new Set(truth(everything))).toEqual(new Set([true]));
    expect(new Set(truth(nothing))).toEqual(new Set([false]));
  });

  it('are flattened and simplified', () => {
    expect(all([a])).toBe(a);
    expect(any([b])).toBe(b);
    expect(all([a, all([b, c])])).toEqual({ kind: 'all', of: [a, b, c] });
    expect(any([any([a, b]), c])).toEqual({ kind: 'any', of: [a, b, c] });
    expect(all([everything, a, everything])).toBe(a);
    expect(any([nothing, a])).toBe(a);
    expect(isNothing(all([a, nothing]))).toBe(true);
    expect(isEverything(any([a, everything]))).toBe(true);
    expect(isEverything(all([]))).toBe(true);
    expect(isNothing(any([]))).toBe(true);
  });

  it('are negated by De Morgan, and no API receives a negated test', () => {
    const negated = negate(all([a, any([b, c])]));
    expect(negated).toMatchObject({
      kind: 'any',
      of: [
        { kind: 'test', pushdown: null },
        { kind: 'all', of: [{ pushdown: null }, { pushdown: null }] },
      ],
    });
    expect(isNothing(negate(everything))).toBe(true);
    expect(isEverything(negate(nothing))).toBe(true);
  });

  it('hold where their negation does not, and the other way round', () => {
    const condition = fc.letrec<{ node: Condition }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Condition>(a, b, c, everything, nothing),
        fc.array(tie('node'), { maxLength: 3 }).map(all),
        fc.array(tie('node'), { maxLength: 3 }).map(any),
        tie('node').map(negate),
      ),
    })).node;
    fc.assert(
      fc.property(condition, (each) => {
        expect(truth(negate(each))).toEqual(truth(each).map((holds) => !holds));
        expect(truth(negate(negate(each)))).toEqual(truth(each));
      }),
    );
  });
});

describe('a condition that is negated many times over', () => {
  it('has the same tests after an even number of negations', () => {
    expect(negate(negate(a))).toBe(a);
    const condition = all([a, any([b, c])]);
    expect(negate(negate(condition))).toEqual(condition);
  });

  /** How often a row's name is read by a filter of so many nested negations. */
  const readsOf = (depth: number): number => {
    const filter = `${'name pr and not('.repeat(depth)}name pr${')'.repeat(depth)}`;
    const row = profileOf({ name: 'x' });
    let reads = 0;
    const counting = new Proxy(row, {
      get(target, key, receiver) {
        if (key === 'name') reads++;
        return Reflect.get(target, key, receiver);
      },
    });
    satisfies(conditionOfScim(filter, 'scimFilter'), counting);
    return reads;
  };

  it('reads a row once for each test', () => {
    expect(readsOf(200)).toBeLessThanOrEqual(201);
    expect(readsOf(400)).toBeLessThanOrEqual(2 * readsOf(200) + 1);
    expect(readsOf(400)).toBeGreaterThan(300);
  });
});
