import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { profileId, text } from './arbitrary.ts';
import { type Arena, facts, openArena } from './arena.ts';
import { type Filter, satisfies } from './meaning.ts';

const query = `query ($filter: AccessProfileFilter, $first: Int) {
  all: accessProfiles(filter: $filter, first: 500) { nodes { profileId } totalCount }
  some: accessProfiles(filter: $filter, first: $first) { nodes { profileId } pageInfo { hasNextPage } }
}`;

/** One of the parts, now and then two: more of them at a time are true of nobody. */
const few = <T extends object>(parts: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) =>
  fc.tuple(fc.record(parts, { requiredKeys: [] }), fc.nat(), fc.nat(), fc.nat(3)).map(([all, first, second, both]) => {
    const entries = Object.entries(all);
    const kept = [entries[first % entries.length], ...(both === 0 ? [entries[second % entries.length]] : [])];
    return Object.fromEntries(kept.flatMap((entry) => (entry === undefined ? [] : [entry])));
  });

const among = (values: readonly string[]) => fc.oneof({ arbitrary: fc.constantFrom(...values), weight: 5 }, text);
const names = among(
  facts.all.flatMap(({ record }) => [
    record.name,
    record.name.toUpperCase(),
    record.name.slice(0, 3),
    record.name.slice(-2),
  ]),
);
const labels = among(facts.all.flatMap(({ record }) => record.labels));
/** Names of systems; a global id of something else would be refused as a data source. */
const sources = among(
  facts.all.flatMap((fact) => [...fact.integrations, ...fact.providerIds, ...fact.datasourceIds]),
).filter((name) => !name.startsWith('AccessProfile'));

const granted = facts.all.flatMap(({ version }) =>
  (version?.entities_to_create_relationships_to ?? []).map((entity) => ({
    datasourceId: entity.datasource_id,
    entityId: entity.entity_id,
    entityType: entity.entity_type,
  })),
);

const textFilter = (value: fc.Arbitrary<string>) => {
  const several = fc.array(value, { maxLength: 4 });
  const operators = few({ eq: value, ne: value, in: several, contains: value, startsWith: value, endsWith: value });
  return fc.tuple(operators, fc.boolean()).map(([each, caseSensitive]) => ({ ...each, caseSensitive }));
};
const listFilter = (value: fc.Arbitrary<string>) => {
  const several = fc.array(value, { maxLength: 3 });
  return few({ has: value, hasAny: several, hasAll: several, isEmpty: fc.boolean() });
};
const ids = few({ eq: profileId, in: fc.array(profileId, { maxLength: 4 }) });
const parentIds = few({
  eq: fc.constantFrom('base', 'left', 'cycle-a', 'gone', 'bottom', 'orphan'),
  in: fc.array(profileId, { maxLength: 4 }),
});
const typeId = fc.oneof({ arbitrary: fc.constantFrom('type-app', 'type-role', 'type-hidden'), weight: 3 }, profileId);
const state = fc.constantFrom('INITIAL', 'RUNNING', 'PAUSED', 'DRY_RUN', 'PENDING', 'UNRECOGNIZED');
const instant = fc.oneof(
  fc.constantFrom(...facts.all.map(({ record }) => record.created_at)),
  fc
    .tuple(
      fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }),
      fc.nat(999_999_999),
      fc.constantFrom('Z', '+14:00', '-23:59'),
    )
    .map(([date, nanos, zone]) => `${date.toISOString().slice(0, 19)}.${String(nanos).padStart(9, '0')}${zone}`),
);
const range = few({ gt: instant, gte: instant, lt: instant, lte: instant });

const filter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    few<Filter>({
      id: ids,
      name: textFilter(names),
      description: textFilter(among(['null', 'co "x" and', '\\"'])),
      state: few({ eq: state, ne: state, in: fc.array(state, { maxLength: 3 }) }),
      type: few({ eq: typeId, in: fc.array(typeId, { maxLength: 2 }) }),
      labels: listFilter(labels),
      integrations: listFilter(sources),
      providerIds: listFilter(sources),
      datasourceIds: listFilter(sources),
      createdAt: range,
      updatedAt: range,
      inheritsFrom: parentIds,
      inheritedBy: parentIds,
      createdBy: textFilter(among(['creator@example.com', 'CREATOR'])),
      requestable: fc.boolean(),
      usedByWorkflow: fc.boolean(),
      hasDraft: fc.boolean(),
      hasMembers: fc.boolean(),
      member: fc.constantFrom('ada', 'alan', 'grâce "g"', 'nobody'),
      grants: fc.constantFrom(...granted),
    }),
    few<Filter>({
      and: fc.array(tie('filter'), { maxLength: 3 }),
      or: fc.array(tie('filter'), { maxLength: 3 }),
      not: tie('filter'),
    }),
  ),
})).filter;

describe.each([false, true])('typed filters, of an API that takes all: %j', (openFilters) => {
  let arena: Arena;
  beforeAll(async () => {
    arena = await openArena(openFilters);
  });
  afterAll(() => arena[Symbol.asyncDispose]());

  it('choose the profiles that they mean', async () => {
    let chosen = 0;
    await fc.assert(
      fc.asyncProperty(filter, fc.nat(20), async (each, first) => {
        const answer = await arena.ask(query, { filter: each, first });
        const nodes = facts.all.filter((fact) => satisfies(each, fact)).map(({ record }) => ({ profileId: record.id }));
        chosen += nodes.length > 0 && nodes.length < facts.all.length ? 1 : 0;
        expect(answer).toEqual({
          data: {
            all: { nodes, totalCount: nodes.length },
            some: { nodes: nodes.slice(0, first), pageInfo: { hasNextPage: nodes.length > first } },
          },
        });
      }),
      { numRuns: runs(120) },
    );
    // Or else it would prove little.
    expect(chosen).toBeGreaterThan(runs(15));
  });
});
