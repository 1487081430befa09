import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileAttributes } from '../../src/filter/attributes.ts';
import { satisfies } from '../../src/filter/condition.ts';
import { plan } from '../../src/filter/plan.ts';
import type { SupportKey } from '../../src/filter/support.ts';
import { conditionOfFilter, type IdFilter, type ProfileFilter } from '../../src/filter/typed-filter.ts';
import type { DateTimeFilter, StringFilter, StringListFilter } from '../../src/filter/value-conditions.ts';
import type { Profile } from '../../src/model/profile.ts';
import type { Comparison, Filter } from '../../src/scim/ast.ts';
import { compileFilter } from '../../src/scim/evaluate.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { profileOf } from '../support/profile.ts';
import { runs } from '../support/runs.ts';

/** Few words, alike enough that one contains another or differs from it in case only. */
const word = fc.constantFrom('', 'a', 'A', 'ab', 'b', 'prod', 'production', 'a"b\\');
const words = fc.uniqueArray(word, { maxLength: 3 });
const id = fc.constantFrom('p1', 'p2', 'p3');
const instant = fc.constantFrom(
  '2024-07-15T20:01:56.783190321Z',
  '2024-07-15T20:01:56.783190322Z',
  '2024-07-15T20:01:56Z',
  '2024-07-15T22:01:57+02:00',
  '2024-07-15t20:01:55.999999999z',
  '2016-12-31T23:59:60Z',
  '2017-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
);
const states = ['RUNNING', 'PAUSED', 'UNRECOGNIZED'] as const;

const profile: fc.Arbitrary<Profile> = fc
  .record({
    id,
    name: word,
    description: fc.option(word),
    state: fc.constantFrom('RUNNING', 'PAUSED', 'ARCHIVED'),
    profile_type: id,
    labels: words,
    integrations: words,
    provider_ids: words,
    datasource_ids: words,
    created_at: fc.option(instant),
    updated_at: instant,
    inherits: fc.uniqueArray(id, { maxLength: 2 }),
  })
  .map(profileOf);

const rows = fc.array(profile, { minLength: 10, maxLength: 20 });

const some = <T extends object>(parts: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) =>
  fc.record(parts, { requiredKeys: [] });
const ids: fc.Arbitrary<IdFilter> = some({ eq: id, in: fc.array(id, { maxLength: 2 }) });
const text: fc.Arbitrary<StringFilter> = some({
  eq: word,
  ne: word,
  in: words,
  contains: word,
  startsWith: word,
  endsWith: word,
  caseSensitive: fc.boolean(),
});
const list: fc.Arbitrary<StringListFilter> = some({ has: word, hasAny: words, hasAll: words, isEmpty: fc.boolean() });
const range: fc.Arbitrary<DateTimeFilter> = some({ gt: instant, gte: instant, lt: instant, lte: instant });
const state = fc.constantFrom(...states);

const filter: fc.Arbitrary<ProfileFilter> = fc.letrec<{ filter: ProfileFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(
      fc.record({ id: ids }),
      fc.record({ name: text }),
      fc.record({ description: text }),
      fc.record({ state: some({ eq: state, ne: state, in: fc.array(state, { maxLength: 2 }) }) }),
      fc.record({ type: ids }),
      fc.record({ labels: list, integrations: list }),
      fc.record({ providerIds: list }),
      fc.record({ datasourceIds: list }),
      fc.record({ createdAt: range }),
      fc.record({ updatedAt: range }),
      fc.record({ inheritsFrom: ids }),
      fc.record({ inheritedBy: ids }),
    ),
    some({
      and: fc.array(tie('filter'), { maxLength: 3 }),
      or: fc.array(tie('filter'), { maxLength: 3 }),
      not: tie('filter'),
    }),
  ),
})).filter;

const lists = new Set(['labels', 'integrations', 'provider_ids', 'datasource_ids', 'access_profiles_inherited']);

/** The ways in which an API may read its own filters, as far as the documents leave that open (upstream notes §3.1). */
const readings: Readonly<
  Record<string, { exact: boolean; read(comparison: Comparison): Comparison; digits?: number }>
> = {
  'co on a list is a substring, letter case does not count': { exact: false, read: (each) => each },
  'co on a list is a whole element, letter case counts': {
    exact: true,
    read: (each) => (lists.has(each.attribute) && each.operator === 'co' ? { ...each, operator: 'eq' } : each),
  },
  'instants have no parts of a second': { exact: true, read: (each) => each, digits: 0 },
  'instants have milliseconds': { exact: true, read: (each) => each, digits: 3 },
};

function reread(node: Filter, read: (comparison: Comparison) => Comparison): Filter {
  if (node.kind === 'compare') return read(node);
  if (node.kind === 'and' || node.kind === 'or') {
    return { ...node, operands: node.operands.map((each) => reread(each, read)) };
  }
  throw new Error(`the plan pushed down a "${node.kind}"`);
}

function cut(value: unknown, digits: number | undefined): unknown {
  if (digits === undefined || typeof value !== 'string' || !/^\d{4}-/.test(value)) return value;
  return value.replace(/\.\d+/, (fraction) => (digits === 0 ? '' : fraction.slice(0, digits + 1)));
}

function returns(asked: string, row: Profile, { exact, read, digits }: (typeof readings)[string]): boolean {
  const compiled = compileFilter(reread(parseFilter(asked), read), { caseExact: () => exact });
  return compiled((attribute) => {
    const value = profileAttributes.get(attribute)?.(row);
    return typeof value === 'string' ? String(cut(value, digits)) : value;
  });
}

const keys: readonly SupportKey[] = [
  'id eq',
  'name eq',
  'name co',
  'state eq',
  'created_at ge',
  'access_profiles_inherited co',
];

describe('what is asked of the API', () => {
  it.each(Object.entries(readings))('brings every match, if %s', (_name, reading) => {
    const parentsOf = (child: string) => (child === 'p1' ? ['p2'] : []);
    let narrowed = 0;
    fc.assert(
      fc.property(filter, rows, fc.option(fc.subarray([...keys])), (each, profiles, shown) => {
        const condition = conditionOfFilter(each, parentsOf, 'filter');
        const made = plan(condition, {
          verdict: (key) => ((shown?.includes(key) ?? true) ? 'worked' : 'untried'),
          maxComparisons: () => Number.POSITIVE_INFINITY,
        });
        const matching = profiles.filter((row) => satisfies(condition, row));
        expect(made === null ? [] : profiles.filter(made.matches)).toEqual(matching);
        const asked = made?.filter;
        if (!made || !asked) return;
        narrowed += matching.length;
        expect(matching.filter((row) => !returns(asked, row, reading))).toEqual([]);
      }),
      { numRuns: runs(500) },
    );
    // Or else it would prove nothing.
    expect(narrowed).toBeGreaterThan(runs(50));
  });
});
