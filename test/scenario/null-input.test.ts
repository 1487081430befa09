import { describe, expect, it } from 'vitest';
import { type Json, startTrial } from './mutation-support.ts';

const list = 'query ($f: AccessProfileFilter) { accessProfiles(filter: $f) { totalCount } }';

/** One operator of each kind of condition, with a value. */
const operators: Readonly<Record<string, object>> = {
  id: { eq: 'base', in: ['base'] },
  name: { eq: 'x', ne: 'x', in: ['x'], contains: 'x', startsWith: 'x', endsWith: 'x' },
  description: { eq: 'x', ne: 'x', in: ['x'], contains: 'x', startsWith: 'x', endsWith: 'x' },
  state: { eq: 'RUNNING', ne: 'RUNNING', in: ['RUNNING'] },
  type: { eq: 'role', in: ['role'] },
  labels: { has: 'a', hasAny: ['a'], hasAll: ['a'], isEmpty: true },
  integrations: { has: 'a', hasAny: ['a'], hasAll: ['a'], isEmpty: true },
  providerIds: { has: 'a', hasAny: ['a'], hasAll: ['a'], isEmpty: true },
  datasourceIds: { has: 'a', hasAny: ['a'], hasAll: ['a'], isEmpty: true },
  createdAt: { gt: '2025-01-01', gte: '2025-01-01', lt: '2025-01-01', lte: '2025-01-01' },
  updatedAt: { gt: '2025-01-01', gte: '2025-01-01', lt: '2025-01-01', lte: '2025-01-01' },
  inheritsFrom: { eq: 'base', in: ['base'] },
  inheritedBy: { eq: 'base', in: ['base'] },
  createdBy: { eq: 'x', caseSensitive: true },
};

interface Refused {
  readonly filter: Json;
  readonly path: string;
}

/** Each operator as null, each condition as null, and both within and, or and not. */
const nulls: readonly Refused[] = [
  ...Object.entries(operators).flatMap(([member, each]) => [
    { filter: { [member]: null }, path: `.${member}` },
    ...Object.keys(each).map((operator) => ({
      filter: { [member]: { [operator]: null } },
      path: `.${member}.${operator}`,
    })),
  ]),
  ...['requestable', 'usedByWorkflow', 'hasDraft', 'hasMembers', 'member', 'grants'].map((member) => ({
    filter: { [member]: null },
    path: `.${member}`,
  })),
  { filter: { and: null }, path: '.and' },
  { filter: { or: null }, path: '.or' },
  { filter: { not: null }, path: '.not' },
  { filter: { and: [{ name: { eq: 'x' } }, { labels: { has: null } }] }, path: '.and.1.labels.has' },
  { filter: { not: { or: [{ id: { eq: null } }] } }, path: '.not.or.0.id.eq' },
];

/** Filters without a null that could choose every profile all the same. */
const blanks: readonly Refused[] = [
  { filter: {}, path: '' },
  { filter: { and: [] }, path: '.and' },
  { filter: { or: [] }, path: '.or' },
  { filter: { not: {} }, path: '.not' },
  { filter: { and: [{}] }, path: '.and.0' },
  { filter: { or: [{ labels: { has: 'a' } }, {}] }, path: '.or.1' },
  { filter: { and: [{ or: [{ and: [] }] }] }, path: '.and.0.or.0.and' },
  { filter: { labels: { has: 'a' }, not: { id: {} } }, path: '.not.id' },
  { filter: { labels: { hasAll: [] } }, path: '.labels.hasAll' },
  { filter: { not: { id: { in: [] } } }, path: '.not.id.in' },
  { filter: { name: { caseSensitive: true } }, path: '.name' },
  { filter: { and: [{ createdBy: { caseSensitive: false } }] }, path: '.and.0.createdBy' },
  ...['contains', 'startsWith', 'endsWith'].map((operator) => ({
    filter: { name: { [operator]: '' } },
    path: `.name.${operator}`,
  })),
  ...Object.keys(operators).map((member) => ({ filter: { [member]: {} }, path: `.${member}` })),
];

describe('a null in the filter of a query', () => {
  it('is refused with its path before any call, wherever it stands', async () => {
    await using trial = await startTrial();
    for (const { filter, path } of nulls) {
      const answer = await trial.ask<Json, Json>(list, { f: filter });
      expect(answer.data, path).toEqual({ accessProfiles: null });
      expect(answer.errors, path).toMatchObject([
        { path: ['accessProfiles'], extensions: { code: 'BAD_USER_INPUT', field: `filter${path}` } },
      ]);
    }
    expect(trial.sandbox.calls).toEqual([]);
  });

  it('is refused by each field that takes a filter or an entity', async () => {
    await using trial = await startTrial();
    const answer = await trial.ask(`{
      accessProfiles(filter: { id: { eq: null } }) { totalCount }
      inheritanceGraph(filter: { id: { eq: null } }) { depth }
      inheritanceFindings(filter: { id: { eq: null } }) { kind }
      accessProfilesGranting(entity: { entityType: null, datasourceId: "ds-1", entityId: "g1" }) { name }
      entity(ref: { entityType: null, datasourceId: "ds-1", entityId: "g1" }) { id }
    }`);
    const refused = answer.errors?.map(({ path, extensions }) => [
      path?.join('.'),
      extensions['code'],
      extensions['field'],
    ]);
    expect(refused?.sort()).toEqual([
      ['accessProfiles', 'BAD_USER_INPUT', 'filter.id.eq'],
      ['accessProfilesGranting', 'BAD_USER_INPUT', 'entity.entityType'],
      ['entity', 'BAD_USER_INPUT', 'ref.entityType'],
      ['inheritanceFindings', 'BAD_USER_INPUT', 'filter.id.eq'],
      ['inheritanceGraph', 'BAD_USER_INPUT', 'filter.id.eq'],
    ]);
    expect(Object.values(answer.data ?? {})).toEqual([null, null, null, null, null]);
    expect(trial.sandbox.calls).toEqual([]);
  });

  it('is refused in a filter of the profiles of a type', async () => {
    await using trial = await startTrial();
    const answer = await trial.ask(
      '{ accessProfileType(id: "role") { accessProfiles(filter: { name: { eq: null } }) { totalCount } } }',
    );
    expect(answer.data).toEqual({ accessProfileType: { accessProfiles: null } });
    expect(answer.errors).toMatchObject([
      {
        path: ['accessProfileType', 'accessProfiles'],
        extensions: { code: 'BAD_USER_INPUT', field: 'filter.name.eq' },
      },
    ]);
  });

  it('is no condition where the operator is left out, as by a variable without a value', async () => {
    await using trial = await startTrial();
    const query =
      'query ($n: String) { accessProfiles(filter: { name: { contains: $n }, labels: {} }) { totalCount } }';
    expect(await trial.ask(query)).toEqual({ data: { accessProfiles: { totalCount: 9 } } });
    expect(await trial.ask<Json, Json>(list, { f: null })).toEqual({ data: { accessProfiles: { totalCount: 9 } } });
  });
});

const change = `mutation ($profiles: AccessProfileSelection!) {
  labelAccessProfiles(input: { profiles: $profiles, add: ["x"] }) {
    __typename
    ... on InvalidInputError { fields { field } }
  }
}`;

describe('the selection of labelAccessProfiles', () => {
  it('refuses each filter that a forgotten variable would widen, before any call', async () => {
    await using trial = await startTrial();
    for (const { filter, path } of [...nulls, ...blanks]) {
      const answer = await trial.ask<Json, Json>(change, { profiles: { filter } });
      const field = `input.profiles.filter${path}`;
      expect(answer, JSON.stringify(filter)).toEqual({
        data: { labelAccessProfiles: { __typename: 'InvalidInputError', fields: [{ field }] } },
      });
    }
    expect(trial.sandbox.calls).toEqual([]);
  });

  it.each([
    [{ all: false }, 'input.profiles.all'],
    [{ ids: [] }, 'input.profiles.ids'],
    [{ ids: ['base', ''] }, 'input.profiles.ids.1'],
    [{ ids: ['base', '..'] }, 'input.profiles.ids.1'],
    [{ ids: ['base', 'base'] }, 'input.profiles.ids.1'],
    [{ ids: ['AccessProfileType:role'] }, 'input.profiles.ids.0'],
    [{ ids: Array.from({ length: 501 }, (_, i) => `p${i}`) }, 'input.profiles.ids'],
  ])('refuses %j', async (profiles, field) => {
    await using trial = await startTrial();
    const answer = await trial.ask<Json, Json>(change, { profiles });
    expect(answer).toEqual({ data: { labelAccessProfiles: { __typename: 'InvalidInputError', fields: [{ field }] } } });
    expect(trial.sandbox.calls).toEqual([]);
  });

  it.each([
    [{}],
    [{ all: null }],
    [{ filter: null }],
    [{ ids: null }],
    [{ ids: [null] }],
    [{ all: true, ids: ['base'] }],
    [{ filter: { labels: { has: 'a' } }, all: true }],
    [null],
  ])('is an error of the request where it does not name exactly one way: %j', async (profiles) => {
    await using trial = await startTrial();
    const { data, errors } = await trial.ask<Json, Json>(change, { profiles });
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toContain('$profiles');
    expect(trial.sandbox.calls).toEqual([]);
  });

  it.each([
    ['$v: String', 'profiles: { filter: { labels: { has: $v } } }, add: ["x"]', 'input.profiles.filter.labels.has'],
    [
      '$v: String',
      'profiles: { filter: { name: { startsWith: "B", endsWith: $v } } }, add: ["x"]',
      'input.profiles.filter.name.endsWith',
    ],
    [
      '$v: AccessProfileFilter',
      'profiles: { filter: { and: [{ name: { eq: "x" } }], not: $v } }, add: ["x"]',
      'input.profiles.filter.not',
    ],
  ])('refuses a variable (%s) without a value, and with null, in %s', async (variable, input, field) => {
    await using trial = await startTrial();
    const query = `mutation (${variable}) {
      labelAccessProfiles(input: { ${input} }) { __typename ... on InvalidInputError { fields { field } } }
    }`;
    const refused = { data: { labelAccessProfiles: { __typename: 'InvalidInputError', fields: [{ field }] } } };
    expect(await trial.ask<Json, Json>(query, {})).toEqual(refused);
    expect(await trial.ask<Json, Json>(query, { v: null })).toEqual(refused);
    expect(trial.sandbox.calls).toEqual([]);
  });
});

describe('a setting of a change', () => {
  it.each([
    ['Int', 'labelAccessProfiles', 'profiles: { all: true }, add: ["x"], maxMatches: $v', 'input.maxMatches'],
    ['Boolean', 'labelAccessProfiles', 'profiles: { all: true }, add: ["x"], dryRun: $v', 'input.dryRun'],
    ['Boolean', 'updateAccessProfileVersion', 'id: "base", addInheritsFrom: ["app-1"], dryRun: $v', 'input.dryRun'],
    ['DateTime', 'updateAccessProfileVersion', 'id: "base", entitlements: [], ifUpdatedAt: $v', 'input.ifUpdatedAt'],
    ['DateTime', 'updateAccessProfile', 'id: "base", name: "x", ifUpdatedAt: $v', 'input.ifUpdatedAt'],
    ['DateTime', 'setAccessProfileLabels', 'id: "base", labels: ["x"], ifUpdatedAt: $v', 'input.ifUpdatedAt'],
  ])(
    '(%s) of %s is refused as null, and has its default where its variable has no value',
    async (type, mutation, input, field) => {
      await using trial = await startTrial();
      const query = `mutation ($v: ${type}) {
      ${mutation}(input: { ${input} }) { __typename ... on InvalidInputError { fields { field } } }
    }`;
      const refused = { __typename: 'InvalidInputError', fields: [{ field }] };
      expect(await trial.ask<Json, Json>(query, { v: null })).toEqual({ data: { [mutation]: refused } });
      expect(trial.writes()).toEqual([]);
      const answer = await trial.ask<Json, Json>(query, {});
      expect(answer.errors).toBeUndefined();
      expect(answer.data[mutation].__typename).toMatch(/Payload$/);
      expect(trial.writes().length).toBeGreaterThan(0);
    },
  );
});

describe('removeEntitlements', () => {
  it('refuses an entity type that is null or a variable without a value, which would widen it to every type', async () => {
    await using trial = await startTrial();
    const query = `mutation ($v: String) {
      updateAccessProfileVersion(
        input: { id: "base", removeEntitlements: [{ datasourceId: "ds-1", entityId: "g1", entityType: $v }] }
      ) { __typename ... on InvalidInputError { fields { field } } }
    }`;
    const fields = [{ field: 'input.removeEntitlements.0.entityType' }];
    const refused = { data: { updateAccessProfileVersion: { __typename: 'InvalidInputError', fields } } };
    expect(await trial.ask<Json, Json>(query, {})).toEqual(refused);
    expect(await trial.ask<Json, Json>(query, { v: null })).toEqual(refused);
    expect(trial.sandbox.calls).toEqual([]);
  });
});

describe('a DateTime argument', () => {
  it('takes a date as its first instant in UTC', async () => {
    await using trial = await startTrial();
    const { data } = await trial.ask<Json, Json>('{ accessProfile(id: "base") { updatedAt } }');
    const day = String(data.accessProfile.updatedAt).slice(0, 10);
    const count = async (operator: string, value: string) => {
      const filter = { id: { eq: 'base' }, updatedAt: { [operator]: value } };
      const answer = await trial.ask<Json, Json>(list, { f: filter });
      expect(answer.errors).toBeUndefined();
      return answer.data.accessProfiles.totalCount;
    };
    for (const operator of ['gt', 'gte', 'lt', 'lte']) {
      expect(await count(operator, day), operator).toBe(await count(operator, `${day}T00:00:00Z`));
    }
    expect(await count('gte', day)).toBe(1);
    expect(await count('lt', day)).toBe(0);
  });

  it.each(['x', '', '2025-02-30', '2025-01-01T00:00:00', '2025-1-1', 'Jun 1 2025'])(
    'that is %j is an error that names the argument and gives an example',
    async (value) => {
      await using trial = await startTrial();
      const literal = await trial.ask(
        `{ accessProfiles(filter: { createdAt: { gte: ${JSON.stringify(value)} } }) { totalCount } }`,
      );
      expect(literal.data).toBeUndefined();
      expect(literal.errors).toMatchObject([
        {
          message: expect.stringMatching(/^filter\.createdAt\.gte: .*"2024-07-15T20:01:56Z"/),
          extensions: { code: 'BAD_USER_INPUT', field: 'filter.createdAt.gte' },
        },
      ]);
      const inside = await trial.ask<Json, Json>(list, { f: { and: [{ createdAt: { gte: value } }] } });
      expect(inside.errors).toMatchObject([
        {
          message: expect.stringMatching(
            /^Variable "\$f" .* at "f\.and\[0\]\.createdAt\.gte"; .*"2024-07-15T20:01:56Z"/,
          ),
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ]);
      expect(trial.sandbox.calls).toEqual([]);
    },
  );
});
