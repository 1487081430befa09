import { describe, expect, it } from 'vitest';
import { UserInputError } from '../../src/errors.ts';
import { isEverything, isNothing, satisfies } from '../../src/filter/condition.ts';
import { conditionOfFilter, idsToResolve, type ProfileFilter } from '../../src/filter/typed-filter.ts';
import { profileOf } from '../support/profile.ts';

const sales = profileOf({
  id: 'sales',
  name: 'Sales US',
  description: 'Sells things',
  state: 'RUNNING',
  profile_type: 'role',
  labels: ['production', 'sales'],
  integrations: ['SALESFORCE', 'AWS'],
  provider_ids: ['provider'],
  datasource_ids: ['source'],
  created_at: '2024-04-12T19:02:11.783190321Z',
  updated_at: '2024-07-15T20:01:56Z',
  inherits: ['base', 'office'],
});
const blank = profileOf({ id: 'blank', name: '', state: 'ARCHIVED' });

const parents = new Map([['child', ['sales', 'other']]]);
const of = (filter: ProfileFilter) => conditionOfFilter(filter, (id) => parents.get(id) ?? [], 'filter');
const matches = (filter: ProfileFilter, profile = sales) => satisfies(of(filter), profile);

describe('what a typed filter means', () => {
  it.each<[filter: ProfileFilter, holds: boolean]>([
    [{ id: { eq: 'sales' } }, true],
    [{ id: { eq: 'SALES' } }, false],
    [{ id: { eq: 'AccessProfile:sales' } }, true],
    [{ id: { in: ['x', 'AccessProfile:sales'] } }, true],
    [{ id: { eq: 'sales', in: ['x'] } }, false],
    [{ id: { eq: 'sales', in: ['x', 'sales'] } }, true],
    [{ name: { eq: 'Sales US' } }, true],
    [{ name: { eq: 'sales us' } }, true],
    [{ name: { eq: 'sales us', caseSensitive: true } }, false],
    [{ name: { ne: 'Sales US' } }, false],
    [{ name: { ne: 'Sales' } }, true],
    [{ name: { in: ['a', 'Sales US'] } }, true],
    [{ name: { contains: 'les U' } }, true],
    [{ name: { contains: 'us' } }, true],
    [{ name: { contains: 'us', caseSensitive: true } }, false],
    [{ name: { contains: '' } }, true],
    [{ name: { startsWith: 'Sales' } }, true],
    [{ name: { startsWith: 'US' } }, false],
    [{ name: { endsWith: 'US' } }, true],
    [{ name: { endsWith: 'Sales' } }, false],
    [{ name: { startsWith: 'Sales', endsWith: 'EU' } }, false],
    [{ description: { contains: 'things' } }, true],
    [{ state: { eq: 'RUNNING' } }, true],
    [{ state: { ne: 'RUNNING' } }, false],
    [{ state: { in: ['PAUSED', 'RUNNING'] } }, true],
    [{ type: { eq: 'role' } }, true],
    [{ type: { eq: 'AccessProfileType:role' } }, true],
    [{ type: { in: ['x'] } }, false],
    [{ labels: { has: 'production' } }, true],
    [{ labels: { has: 'prod' } }, false],
    [{ labels: { hasAny: ['x', 'sales'] } }, true],
    [{ labels: { hasAll: ['sales', 'production', 'sales'] } }, true],
    [{ labels: { hasAll: ['sales', 'x'] } }, false],
    [{ labels: { isEmpty: false } }, true],
    [{ labels: { isEmpty: true } }, false],
    [{ integrations: { has: 'AWS' } }, true],
    [{ providerIds: { has: 'provider' } }, true],
    [{ datasourceIds: { has: 'source' } }, true],
    [{ inheritsFrom: { eq: 'base' } }, true],
    [{ inheritsFrom: { in: ['x', 'AccessProfile:office'] } }, true],
    [{ inheritsFrom: { eq: 'sales' } }, false],
    [{ inheritedBy: { eq: 'child' } }, true],
    [{ inheritedBy: { eq: 'AccessProfile:child' } }, true],
    [{ inheritedBy: { in: ['nobody'] } }, false],
    [{ not: { name: { eq: 'Sales US' } } }, false],
    [{ and: [{ name: { contains: 'Sales' } }, { labels: { has: 'x' } }] }, false],
    [{ or: [{ name: { contains: 'x' } }, { labels: { has: 'sales' } }] }, true],
    [{ name: { contains: 'Sales' }, not: { or: [{ labels: { has: 'x' } }, { id: { eq: 'y' } }] } }, true],
  ])('%j: %j', (filter, holds) => {
    expect(matches(filter)).toBe(holds);
    expect(matches({ not: filter })).toBe(!holds);
  });

  it.each<[filter: ProfileFilter, holds: boolean]>([
    [{ description: { eq: '' } }, false],
    [{ description: { ne: 'x' } }, true],
    [{ description: { contains: '' } }, false],
    [{ type: { eq: 'role' } }, false],
    [{ state: { eq: 'UNRECOGNIZED' } }, true],
    [{ labels: { isEmpty: true } }, true],
    [{ labels: { hasAll: [] } }, true],
    [{ createdAt: { lt: '2030-01-01T00:00:00Z' } }, false],
    [{ not: { createdAt: { lt: '2030-01-01T00:00:00Z' } } }, true],
  ])('of a profile without values: %j: %j', (filter, holds) => {
    expect(matches(filter, blank)).toBe(holds);
  });
});

describe('what asks nothing', () => {
  it.each<[filter: ProfileFilter]>([
    [{}],
    [{ and: [] }],
    [{ and: null, or: null, not: null, id: null, name: null, labels: null, createdAt: null }],
    [{ id: {}, name: {}, labels: {}, state: {}, createdAt: {} }],
    [{ id: { eq: null, in: null }, name: { eq: null, ne: null, in: null, contains: null } }],
    [{ labels: { has: null, hasAny: null, hasAll: [], isEmpty: null } }],
    [{ inheritedBy: { eq: null } }],
    [{ or: [{}, { name: { eq: 'x' } }] }],
  ])('holds for all: %j', (filter) => {
    expect(isEverything(of(filter))).toBe(true);
  });

  it.each<[filter: ProfileFilter]>([
    [{ or: [] }],
    [{ not: {} }],
    [{ id: { in: [] } }],
    [{ name: { in: [] } }],
    [{ labels: { hasAny: [] } }],
    [{ state: { in: [] } }],
    [{ inheritedBy: { in: [] } }],
    [{ inheritedBy: { eq: 'childless' } }],
    [{ id: { eq: 'a', in: ['b'] } }],
    [{ name: { eq: 'x' }, or: [] }],
  ])('holds for none: %j', (filter) => {
    expect(isNothing(of(filter))).toBe(true);
  });
});

describe('instants', () => {
  const created = '2024-04-12T19:02:11.783190321Z';

  it.each<[range: ProfileFilter['createdAt'], holds: boolean]>([
    [{ gt: created }, false],
    [{ gte: created }, true],
    [{ lt: created }, false],
    [{ lte: created }, true],
    [{ gt: '2024-04-12T19:02:11.783190320Z' }, true],
    [{ lt: '2024-04-12T19:02:11.783190322Z' }, true],
    [{ gte: '2024-04-12T19:02:11.783190322Z' }, false],
    [{ gte: '2024-04-12T21:02:11.783190321+02:00', lte: '2024-04-12t14:02:11.783190321-05:00' }, true],
    [{ gt: '2024-04-12T19:02:11Z', lt: '2024-04-12T19:02:12Z' }, true],
  ])('are compared to the nanosecond and across offsets: %j', (createdAt, holds) => {
    expect(matches({ createdAt })).toBe(holds);
    expect(matches({ createdAt, updatedAt: { gt: '2024-07-15T20:01:55Z' } })).toBe(holds);
  });

  it.each<[range: ProfileFilter['createdAt'], asked: string | null]>([
    [{ gt: '2024-04-12T19:02:11.783190321Z' }, 'ge 2024-04-12T19:02:10Z'],
    [{ gte: '2024-04-12T19:02:11Z' }, 'ge 2024-04-12T19:02:10Z'],
    [{ lt: '2024-04-12T19:02:11.783190321Z' }, 'le 2024-04-12T19:02:13Z'],
    [{ lte: '2024-04-12T21:02:11+02:00' }, 'le 2024-04-12T19:02:13Z'],
    [{ gt: '2024-04-12t19:02:11z' }, 'ge 2024-04-12T19:02:10Z'],
    [{ lte: '2016-12-31T23:59:60.5Z' }, 'le 2017-01-01T00:00:01Z'],
    [{ gte: '2016-12-31T23:59:60Z' }, 'ge 2016-12-31T23:59:58Z'],
    [{ gte: '1969-12-31T23:59:59.5Z' }, 'ge 1969-12-31T23:59:58Z'],
    [{ lte: '9999-12-31T23:59:59Z' }, null],
    [{ gte: '0000-01-01T00:00:00Z' }, null],
  ])('are asked for by the whole seconds around them: %j', (createdAt, asked) => {
    const condition = of({ createdAt });
    const pushdown = condition.kind === 'test' ? condition.pushdown : undefined;
    expect(pushdown === null ? null : `${pushdown?.operator} ${pushdown?.value}`).toBe(asked);
  });

  it('hold for none where the text is no instant', () => {
    expect(isNothing(of({ createdAt: { gt: 'yesterday' } }))).toBe(true);
  });
});

describe('what can not be answered', () => {
  const problem = (filter: ProfileFilter) => {
    try {
      of(filter);
    } catch (error) {
      if (error instanceof UserInputError) return `${error.field} | ${error.message}`;
      throw error;
    }
    return null;
  };

  it.each<[filter: ProfileFilter, expected: string]>([
    [
      { id: { eq: 'AccessProfileType:t' } },
      'filter.id.eq | filter.id.eq: the id of an AccessProfile is needed, this is one of an AccessProfileType.',
    ],
    [
      { or: [{}, { not: { type: { in: ['a', 'AccessProfile:p'] } } }] },
      'filter.or.1.not.type.in.1 | filter.or.1.not.type.in.1: the id of an AccessProfileType is needed, this is one of an AccessProfile.',
    ],
    [
      { and: [{ inheritsFrom: { eq: '' } }] },
      'filter.and.0.inheritsFrom.eq | filter.and.0.inheritsFrom.eq: an id must not be empty.',
    ],
  ])('%j', (filter, expected) => {
    expect(problem(filter)).toBe(expected);
  });

  it('is a filter that nests too deep, also where it is looked through for ids', () => {
    const nest = (depth: number): ProfileFilter => (depth === 0 ? { id: { eq: 'a' } } : { not: nest(depth - 1) });
    expect(problem(nest(30))).toBeNull();
    expect(problem(nest(31))).toContain('filters nest at most 30 deep');
    expect(() => idsToResolve(nest(31), 'filter')).toThrow('filters nest at most 30 deep');
  });
});

describe('the size of a filter', () => {
  const values = (count: number) => Array.from({ length: count }, (_, i) => `value-${i}`);

  it('has a limit, over all its parts', () => {
    expect(() => of({ name: { in: values(2000) } })).not.toThrow();
    const large: readonly ProfileFilter[] = [
      { name: { in: values(2001) } },
      { labels: { hasAll: values(2001) } },
      { or: [{ id: { in: values(1000) } }, { not: { labels: { hasAny: values(1001) } } }] },
    ];
    for (const filter of large) {
      expect(() => of(filter)).toThrow('filter: compares with 2001 values; at most 2000 are taken at a time.');
    }
    expect(() => idsToResolve({ or: [{ inheritedBy: { in: values(2001) } }] }, 'filter')).toThrow(UserInputError);
  });

  it('is refused quickly, however far beyond the limit', () => {
    expect(() => of({ labels: { hasAll: values(200_000) } })).toThrow('compares with 200000 values');
  });
});

describe('the ids to resolve', () => {
  it('are those under inheritedBy, wherever it stands', () => {
    const filter: ProfileFilter = {
      id: { eq: 'x' },
      inheritedBy: { eq: 'AccessProfile:a', in: ['b'] },
      and: [{ inheritedBy: { eq: 'c' } }],
      or: [{ not: { inheritedBy: { in: ['d', 'AccessProfile:e'] } } }],
      not: { inheritedBy: { eq: 'f' } },
    };
    expect([...idsToResolve(filter, 'filter')].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(idsToResolve({ inheritedBy: null, inheritsFrom: { eq: 'x' } }, 'filter')).toEqual([]);
  });

  it('have to be of profiles', () => {
    expect(() => idsToResolve({ not: { inheritedBy: { in: ['AccessProfileType:t'] } } }, 'filter')).toThrow(
      UserInputError,
    );
  });
});

it('builds one condition for a filter that several fields share', () => {
  const shared = { and: [{ name: { contains: 'a' } }, { not: { state: { eq: 'PAUSED' } } }] } as const;
  const once = conditionOfFilter(shared, () => [], 'filter');
  expect(conditionOfFilter(shared, () => [], 'filter')).toBe(once);
  expect(conditionOfFilter({ and: [shared] }, () => [], 'filter')).toEqual(once);
  const byChild = { or: [{ inheritedBy: { eq: 'child' } }] };
  const parentsOnce = conditionOfFilter(byChild, () => ['p1'], 'filter');
  expect(conditionOfFilter(byChild, () => ['p2'], 'filter')).not.toEqual(parentsOnce);
});
