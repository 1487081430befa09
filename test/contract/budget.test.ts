import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { builtInWorld } from '../../src/sandbox/seed/world.ts';
import { askedTooOften, rounds } from '../support/call-log.ts';
import { gatewayTo, type TestGateway } from '../support/gateway.ts';
import { every } from '../support/runs.ts';
import { encodingDeviants } from './deviants/encoding.ts';
import { filteringDeviants } from './deviants/filtering.ts';
import { pagingDeviants } from './deviants/paging.ts';
import { isList } from './deviants/rewrite.ts';
import { factsOf } from './facts.ts';
import { startUpstream, type Upstream } from './upstream.ts';
import { trickyWorld } from './world.ts';

/** Questions of the kinds that teach a gateway what its API can filter. */
const lessons = [
  '{ accessProfiles(filter: { state: { eq: PAUSED } }) { totalCount } }',
  '{ accessProfiles(filter: { name: { contains: "Sales" }, labels: { has: "production" } }) { nodes { name } } }',
  '{ accessProfiles(filter: { inheritsFrom: { eq: "3a2371b6-95ec-4d9e-b95c-d75d51daa39b" } }) { nodes { name } } }',
  '{ a: accessProfile(id: "3a2371b6-95ec-4d9e-b95c-d75d51daa39b") { name } b: node(id: "gone") { id } }',
  '{ accessProfiles(scimFilter: "name sw \\"S\\" or id eq \\"gone\\"") { nodes { name } } }',
];

const company = factsOf(builtInWorld());
const nameOf = new Map(company.all.map(({ record }) => [record.id, record.name]));
const typeNameOf = new Map(company.types.map(({ id, name }) => [id, name]));

const listWithParents =
  '{ accessProfiles(first: 50) { nodes { name type { name } inheritsFrom { name type { name } } } } }';
const named = (id: string) => ({
  name: nameOf.get(id),
  type: { name: typeNameOf.get(company.profile(id).record.profile_type) },
});
const listed = company.all.slice(0, 50).map(({ record, parents }) => ({
  ...named(record.id),
  inheritsFrom: parents.map(named),
}));

const hundred = factsOf(trickyWorld)
  .all.map(({ record }) => record)
  .slice(-100);
const byId = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on AccessProfile { name } } }';
const byAlias = `{ ${hundred.map(({ id }, i) => `p${i}: accessProfile(id: ${JSON.stringify(id)}) { name }`).join(' ')} }`;

/** A hundred aliases are more than one operation may have unless the operator says otherwise. */
const limits = { ...loadConfig([], {}).limits, MAX_ALIASES: 100, MAX_ROOT_FIELDS: 100 };

const deviants = [...encodingDeviants, ...filteringDeviants, ...pagingDeviants];
const [withBudget, others] = [true, false].map((has) => deviants.filter((each) => has === 'callBudget' in each));

describe.each([...(withBudget ?? []), ...every(6, 0, others ?? [])])('calls to $name', (deviant) => {
  const { callBudget = { list: 4, rounds: 3, byId: 4 } } = deviant;
  let upstreams: readonly [Upstream, Upstream];
  beforeAll(async () => {
    upstreams = await Promise.all([startUpstream(builtInWorld(), deviant), startUpstream(trickyWorld, deviant)]);
  });
  afterAll(async () => {
    await Promise.all(upstreams.map((upstream) => upstream.close()));
  });

  it('list profiles, their types, their parents and the types of those', async () => {
    const [upstream] = upstreams;
    await using gateway = gatewayTo(upstream.origin);
    for (const state of ['fresh', 'warmed']) {
      const { answer, calls } = await counted(upstream, gateway, listWithParents);
      expect(answer).toEqual({ data: { accessProfiles: { nodes: listed } } });
      expect(calls.length, `calls, ${state}`).toBeLessThanOrEqual(callBudget.list);
      expect(rounds(calls), `rounds, ${state}`).toBeLessThanOrEqual(callBudget.rounds);
      if (state === 'fresh') await teach(gateway);
    }
  });

  it('look up 100 profiles by id', async () => {
    const [, upstream] = upstreams;
    await using gateway = gatewayTo(upstream.origin, 10_000, { limits });
    const expected = hundred.map(({ name }) => ({ name }));
    for (const state of ['fresh', 'warmed']) {
      const nodes = await counted(upstream, gateway, byId, { ids: hundred.map(({ id }) => `AccessProfile:${id}`) });
      expect(nodes.answer.data).toEqual({ nodes: expected });
      expect(nodes.calls.length, `calls of nodes, ${state}`).toBeLessThanOrEqual(callBudget.byId);
      const aliases = await counted(upstream, gateway, byAlias);
      expect(Object.values(aliases.answer.data ?? {})).toEqual(expected);
      expect(aliases.calls.length, `calls of aliases, ${state}`).toBeLessThanOrEqual(callBudget.byId);
      if (state === 'fresh') await teach(gateway);
    }
  });

  it('are not led astray by a page on which every profile happens to match', async () => {
    const [, upstream] = upstreams;
    await using gateway = gatewayTo(upstream.origin);
    const one = (state: string) =>
      `{ accessProfiles(first: 1, filter: { state: { eq: ${state} } }) { nodes { name } } }`;
    await gateway.ask(one('RUNNING'));
    for (const time of ['first', 'second']) {
      const { answer, calls } = await counted(upstream, gateway, one('DRY_RUN'));
      expect(answer.data).toEqual({ accessProfiles: { nodes: [{ name: 'Of a hidden type' }] } });
      expect(calls.length, `calls, ${time} time`).toBeLessThanOrEqual(callBudget.list);
    }
  });
});

describe('calls', () => {
  let upstream: Upstream;
  beforeAll(async () => {
    upstream = await startUpstream(trickyWorld, { name: 'the sandbox' });
  });
  afterAll(() => upstream.close());

  it('ask for extra detail only where it is selected', async () => {
    await using gateway = gatewayTo(upstream.origin);
    const detail = async (fields: string) => {
      const { calls } = await counted(
        upstream,
        gateway,
        `{ accessProfiles(first: 3) { nodes { entitlements { ${fields} } } } }`,
      );
      return calls.map(({ query }) => query.get('entity_extra_info'));
    };
    expect(new Set(await detail('entityId entityType datasourceId'))).toEqual(new Set([null]));
    expect(new Set(await detail('entityId entityName @skip(if: true)'))).toEqual(new Set([null]));
    for (const field of ['entityName', 'nativeId', 'providerId', 'providerExternalId']) {
      expect(new Set(await detail(field))).toEqual(new Set(['true']));
    }
  });

  it('write spaces as +', async () => {
    await using gateway = gatewayTo(upstream.origin);
    const filter = '{ labels: { hasAny: ["or not", "a+b 100%"] }, name: { contains: "r s" } }';
    const { calls } = await counted(upstream, gateway, `{ accessProfiles(filter: ${filter}) { nodes { name } } }`);
    const filters = calls.filter((call) => isList(call) && call.query.get('filter')?.includes('labels'));
    expect(filters.length).toBeGreaterThan(0);
    for (const { target } of filters) {
      expect(target).toContain('labels+co+%22or+not%22+or+labels+co+%22a%2Bb+100%25%22');
      expect(target).not.toMatch(/%20| /);
    }
  });
});

async function teach(gateway: TestGateway): Promise<void> {
  for (const lesson of lessons) expect((await gateway.ask(lesson)).errors).toBeUndefined();
}

async function counted(upstream: Upstream, gateway: TestGateway, query: string, variables?: object) {
  upstream.calls.length = 0;
  const answer = await gateway.ask<object, object>(query, variables);
  const calls = [...upstream.calls];
  expect(askedTooOften(calls.map(({ target }) => target))).toEqual([]);
  return { answer, calls };
}
