import { describe, expect, it } from 'vitest';
import { all, type Condition, everything, nothing, test } from '../../src/filter/condition.ts';
import { encodedBytes, maxEncodedFilterBytes, plan, planAssuming, planByDocuments } from '../../src/filter/plan.ts';
import { conditionOfScim } from '../../src/filter/raw-filter.ts';
import { isDocumented } from '../../src/filter/support.ts';
import { conditionOfFilter, type ProfileFilter } from '../../src/filter/typed-filter.ts';
import { compare } from '../../src/scim/ast.ts';
import { profileOf } from '../support/profile.ts';
import { knowing, takesAll, unknown } from './support.ts';

/** An API that takes what is documented, and nothing else. */
const refusesAll: typeof takesAll = {
  verdict: (key) => (isDocumented(key) ? 'documented' : 'refused'),
  maxComparisons: () => Number.POSITIVE_INFINITY,
};

const of = (filter: ProfileFilter): Condition => conditionOfFilter(filter, () => [], 'filter');
const raw = (text: string): Condition => conditionOfScim(text, 'scimFilter');

describe('what is asked of an API that takes what is documented', () => {
  it.each<[filter: ProfileFilter, asked: string | null, covered: boolean]>([
    [{ labels: { has: 'prod' } }, 'labels co "prod"', true],
    [{ labels: { hasAll: ['a', 'b'] } }, 'labels co "a" and labels co "b"', true],
    [{ labels: { hasAny: ['a', 'b'] } }, 'labels co "a" or labels co "b"', true],
    [{ integrations: { has: 'AWS' }, type: { eq: 't' } }, 'profile_type eq "t" and integrations co "AWS"', true],
    [
      { integrations: { hasAny: ['SALESFORCE', 'AWS'] }, type: { eq: 't' } },
      'profile_type eq "t" and (integrations co "SALESFORCE" or integrations co "AWS")',
      true,
    ],
    // How an API reads quotation marks, backslashes and spaces at the ends is not documented.
    [{ providerIds: { has: 'p"' } }, null, false],
    [{ labels: { has: 'p\\' } }, null, false],
    [{ labels: { has: ' p' } }, null, false],
    [{ labels: { has: 'a' }, name: { contains: 'x' } }, 'labels co "a"', false],
    [{ name: { contains: 'x' } }, null, false],
    [{ or: [{ labels: { has: 'a' } }, { name: { eq: 'x', caseSensitive: true } }] }, null, false],
    [
      { or: [{ labels: { has: 'a' } }, { labels: { has: 'b' }, name: { eq: 'x', caseSensitive: true } }] },
      'labels co "a" or labels co "b"',
      false,
    ],
    [{ not: { labels: { has: 'a' } } }, null, false],
    [{ not: { not: { labels: { has: 'a' } } } }, 'labels co "a"', true],
    [{ labels: { isEmpty: true } }, null, false],
    [{ labels: { has: '' } }, null, false],
    [{}, null, true],
  ])('%j', (filter, asked, covered) => {
    expect(plan(of(filter), refusesAll)).toMatchObject({ filter: asked, covered, trial: null });
  });

  it('is nothing at all where nothing can match', () => {
    expect(plan(nothing, unknown)).toBeNull();
    expect(plan(of({ id: { in: [] }, labels: { has: 'a' } }), unknown)).toBeNull();
    expect(planAssuming(nothing, [])).toBeNull();
  });

  it('is checked here all the same', () => {
    const made = plan(of({ labels: { has: 'prod' } }), unknown);
    expect(made?.matches(profileOf({ labels: ['prod'] }))).toBe(true);
    expect(made?.matches(profileOf({ labels: ['production'] }))).toBe(false);
  });
});

describe('the verdict on a filter', () => {
  const filter = { labels: { has: 'a' }, name: { eq: 'x', caseSensitive: true } };

  it.each([
    ['worked', knowing(['name eq']), 'name eq "x" and labels co "a"', ['name eq', 'labels co'], null],
    ['refused', knowing([], ['name eq']), 'labels co "a"', ['labels co'], null],
    ['untried', unknown, 'name eq "x" and labels co "a"', ['name eq', 'labels co'], 'name eq'],
  ])('%s decides whether it is asked', (_verdict, support, asked, assumes, trial) => {
    expect(plan(of(filter), support)).toMatchObject({ filter: asked, assumes, trial });
  });

  it('is tried for one filter at a time', () => {
    const condition = of({ name: { eq: 'x', contains: 'y', caseSensitive: true }, state: { eq: 'RUNNING' } });
    expect(plan(condition, unknown)).toMatchObject({ filter: 'name eq "x"', trial: 'name eq', covered: false });
    expect(plan(condition, knowing(['name eq']))).toMatchObject({
      filter: 'name eq "x" and name co "y"',
      trial: 'name co',
    });
    expect(plan(condition, knowing(['name eq'], ['name co']))?.trial).toBe('state eq');
  });

  it('is not tried where that would narrow nothing', () => {
    const condition = of({
      or: [{ name: { eq: 'x', caseSensitive: true } }, { description: { eq: 'y', caseSensitive: true } }],
    });
    expect(plan(condition, unknown)).toMatchObject({ filter: null, trial: null });
    expect(plan(condition, knowing(['name eq']))).toMatchObject({ trial: 'description eq', covered: true });
  });
});

describe('a plan made again for a cursor', () => {
  const condition = of({ labels: { has: 'a' }, name: { eq: 'x', caseSensitive: true } });

  it('asks exactly what the cursor holds, whatever the API has shown since', () => {
    for (const support of [unknown, knowing(['name eq']), knowing([], ['name eq'])]) {
      const before = plan(condition, support);
      expect(planAssuming(condition, before?.assumes ?? [])?.filter).toBe(before?.filter);
    }
  });

  it('asks nothing of an API that was asked nothing, although the filter is documented', () => {
    expect(planAssuming(condition, [])).toMatchObject({ filter: null, covered: false, assumes: [], trial: null });
  });
});

describe('the length of a filter', () => {
  const long = (character: string) => character.repeat(maxEncodedFilterBytes / 2);

  it('is counted as it stands in the URL', () => {
    expect(encodedBytes('a b')).toBe(3);
    expect(encodedBytes('"ü(')).toBe('%22%C3%BC%28'.length);
  });

  it('leaves out a part that does not fit, and keeps the parts after it', () => {
    const condition = of({ labels: { hasAll: [long('a'), long('b'), 'c'] } });
    const made = plan(condition, unknown);
    expect(made?.filter).toBe(`labels co "${long('a')}" and labels co "c"`);
    expect(made?.covered).toBe(false);
    expect(made?.matches(profileOf({ labels: [long('a'), 'c'] }))).toBe(false);
  });

  it('takes what just fits', () => {
    const around = encodedBytes('labels co ""');
    const fits = 'a'.repeat(maxEncodedFilterBytes - around);
    expect(plan(of({ labels: { has: fits } }), unknown)?.covered).toBe(true);
    expect(plan(of({ labels: { has: `${fits}a` } }), unknown)).toMatchObject({ filter: null, covered: false });
  });

  it('is measured without printing the whole filter for each part', () => {
    // Far more than a typed filter may hold, so that the difference is one of seconds.
    const tests = Array.from({ length: 20_000 }, (_, i) => test(() => true, compare('labels', 'co', `v${i}`)));
    const before = process.cpuUsage();
    const made = plan(all(tests), unknown);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(5000);
    expect(made?.covered).toBe(false);
    expect(encodedBytes(made?.filter ?? '')).toBeGreaterThan(maxEncodedFilterBytes - 30);
  });

  it('leaves out alternatives as a whole', () => {
    const values = Array.from({ length: 300 }, (_, i) => `label-number-${i}`);
    expect(plan(of({ labels: { hasAny: values } }), unknown)?.filter).toBeNull();
  });
});

describe('what has to be proven', () => {
  const all = ['a', 'b', 'c', 'd'];

  it.each<[what: string, filter: ProfileFilter, needs: object | null]>([
    ['nothing for what the documents offer', { labels: { hasAll: ['a', 'b'] }, type: { eq: 't' } }, null],
    ['nothing for their or', { labels: { hasAny: ['a', 'b'] }, type: { eq: 't' } }, null],
    [
      'an or of three',
      { labels: { hasAny: ['a', 'b', 'c'] } },
      { keys: ['labels co'], alternatives: 3, comparisons: 3 },
    ],
    [
      'more than three comparisons',
      { labels: { hasAll: all } },
      { keys: ['labels co'], alternatives: 1, comparisons: 4 },
    ],
    [
      'an attribute',
      { name: { eq: 'x', caseSensitive: true } },
      { keys: ['name eq'], alternatives: 1, comparisons: 1 },
    ],
    [
      'an attribute beside documented ones',
      { name: { eq: 'x', caseSensitive: true }, labels: { hasAny: ['a', 'b'] } },
      { keys: ['name eq'], alternatives: 2, comparisons: 3 },
    ],
    [
      'an attribute, and an or beside it that is long',
      { name: { eq: 'x', caseSensitive: true }, labels: { hasAny: all } },
      { keys: ['name eq', 'labels co'], alternatives: 4, comparisons: 5 },
    ],
  ])('%s', (_what, filter, needs) => {
    expect(plan(of(filter), takesAll)?.needs).toEqual(needs);
  });

  it('is nothing by documents, whose filters are short', () => {
    expect(planByDocuments(of({ labels: { hasAny: all }, type: { eq: 't' } }))).toMatchObject({
      filter: 'profile_type eq "t"',
      needs: null,
    });
    expect(planByDocuments(of({ labels: { hasAll: all } })).filter).toBe(
      'labels co "a" and labels co "b" and labels co "c"',
    );
    expect(planByDocuments(of({ name: { eq: 'x', caseSensitive: true } }))).toMatchObject({
      filter: null,
      covered: false,
    });
  });

  it('is kept short where long filters were not answered', () => {
    const support = knowing(['name eq']);
    support.limit('lists', 3);
    const made = plan(of({ name: { eq: 'x', caseSensitive: true }, labels: { hasAny: all } }), support);
    expect(made).toMatchObject({ filter: 'name eq "x"', maxComparisons: 3, covered: false });
    expect(planAssuming(of({ name: { eq: 'x', caseSensitive: true } }), made?.assumes ?? [], 3)?.filter).toBe(
      'name eq "x"',
    );
  });
});

describe('the plan of a raw filter', () => {
  it.each<[text: string, asked: string | null]>([
    ['integrations co "SALESFORCE"', 'integrations co "SALESFORCE"'],
    [
      'profile_type eq "13ddf132-0868-4330-a0a3-41b088f6a4dc"',
      'profile_type eq "13ddf132-0868-4330-a0a3-41b088f6a4dc"',
    ],
    ['LABELS CO "a"', 'labels co "a"'],
    [
      '(integrations co "SALESFORCE" or integrations co "AWS") and profile_type eq "t"',
      '(integrations co "SALESFORCE" or integrations co "AWS") and profile_type eq "t"',
    ],
    ['labels co "a" and requestable eq true', 'labels co "a"'],
    ['labels co "a" and description pr', 'labels co "a"'],
    ['not (labels co "a")', null],
    ['name ne "x"', null],
    ['labels co "a" and not (name eq "x" or labels co "b")', 'labels co "a"'],
  ])('%s', (text, asked) => {
    expect(plan(raw(text), takesAll)?.filter).toBe(asked);
  });

  it('and a typed one are asked together', () => {
    const both: Condition = { kind: 'all', of: [of({ labels: { has: 'a' } }), raw('integrations co "AWS"')] };
    expect(plan(both, unknown)?.filter).toBe('labels co "a" and integrations co "AWS"');
    expect(plan(everything, unknown)?.filter).toBeNull();
  });
});
