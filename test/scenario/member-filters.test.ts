import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { gatewayTo, type TestGateway } from '../support/gateway.ts';
import { runs } from '../support/runs.ts';
import { type ListApi, listApi, type Row } from './list-api.ts';

const query = `query ($filter: AccessProfileFilter) {
  accessProfiles(filter: $filter, first: 500) { nodes { profileId } totalCount }
}`;

interface Found {
  readonly accessProfiles: { readonly nodes: readonly { readonly profileId: string }[] } | null;
}

function open(api: ListApi): TestGateway {
  const gateway = gatewayTo(api.origin);
  onTestFinished(() => gateway[Symbol.asyncDispose]());
  return gateway;
}

async function select(gateway: TestGateway, filter: object) {
  const { data, errors } = await gateway.ask<Found, object>(query, { filter });
  expect(errors).toBeUndefined();
  return data?.accessProfiles?.nodes.map(({ profileId }) => profileId);
}

/** How a list may carry members: not at all, in one of two places, in both, or in a way that contradicts itself. */
const carriers: Readonly<Record<string, (members: readonly string[]) => Row['carried'] & object>> = {
  nothing: () => ({}),
  version: (inVersion) => ({ inVersion }),
  details: (details) => ({ details }),
  both: (members) => ({ inVersion: members, details: [...members].reverse() }),
  contradiction: (members) => (members.length === 0 ? {} : { inVersion: members, details: ['somebody else'] }),
};

const rows = fc.array(
  fc.record({
    members: fc.subarray(['ada', 'alan', 'grace']),
    carrier: fc.constantFrom(...Object.keys(carriers)),
    label: fc.constantFrom('a', 'b'),
  }),
  { maxLength: 8 },
);

describe('filters by members', () => {
  it('select by the members that each profile has, and ask only for those that nothing else decides', async () => {
    const api = await listApi([]);
    const gateway = open(api);
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('ada', 'alan', 'nobody'), async (drawn, member) => {
        api.rows = drawn.map(({ members, carrier, label }, i) => ({
          ...{ id: `p${i}`, name: label, labels: [label], members },
          carried: carriers[carrier]?.(members) ?? {},
        }));
        const choose = (holds: (row: (typeof drawn)[number]) => boolean) =>
          drawn.flatMap((each, i) => (holds(each) ? [`p${i}`] : []));
        const isUnknown = ({ members, carrier }: (typeof drawn)[number]) =>
          members.length === 0 || carrier === 'nothing' || carrier === 'contradiction';
        const check = async (
          filter: object,
          holds: (row: (typeof drawn)[number]) => boolean,
          isOpen: (row: (typeof drawn)[number]) => boolean,
        ) => {
          expect(await select(gateway, filter)).toEqual(choose(holds));
          const needed = choose((each) => isOpen(each) && isUnknown(each));
          expect(api.takeCalls().filter((call) => call !== 'profiles')).toEqual(needed);
        };
        await check(
          { hasMembers: true },
          ({ members }) => members.length > 0,
          () => true,
        );
        await check(
          { member },
          ({ members }) => members.includes(member),
          () => true,
        );
        await check(
          { not: { member }, name: { eq: 'A' } },
          ({ members, label }) => !members.includes(member) && label === 'a',
          ({ label }) => label === 'a',
        );
        await check(
          { or: [{ hasMembers: false }, { labels: { has: 'b' } }] },
          ({ members, label }) => members.length === 0 || label === 'b',
          ({ label }) => label === 'a',
        );
      }),
      { numRuns: runs(120) },
    );
  });

  const many = (count: number): readonly Row[] =>
    Array.from({ length: count }, (_, i) => ({
      id: `p${i}`,
      name: i < 5 ? 'few' : 'many',
      members: i % 2 ? ['ada'] : [],
    }));

  it('are refused where too many profiles are left, with a word on how to narrow them', async () => {
    const api = await listApi(many(201));
    const gateway = open(api);
    const { data, errors } = await gateway.ask(query, { filter: { or: [{ hasMembers: true }] } });
    expect(data).toEqual({ accessProfiles: null });
    expect(errors).toMatchObject([
      {
        message:
          'filter.or.0.hasMembers: the profile list does not carry the members of more than 200 profiles that satisfy the other conditions, and reading them takes one request to the Veza API per profile. Add conditions that fewer profiles satisfy, such as `type`, `labels` or `id`.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect(await select(gateway, { member: 'ada', name: { eq: 'few' } })).toEqual(['p1', 'p3']);
  });

  it('read the members of a profile once for all lists and findings of an operation', async () => {
    const api = await listApi(many(20));
    const { errors } = await open(api).ask(`{
      a: accessProfiles(filter: { hasMembers: true }) { totalCount }
      b: accessProfiles(filter: { member: "ada" }, orderBy: [{ field: NAME }]) { nodes { members { identityId } } }
      inheritanceGraph(filter: { hasMembers: false }) { nodes { name } }
      inheritanceFindings(filter: { hasMembers: false }, kinds: [CYCLE]) { message }
    }`);
    expect(errors).toBeUndefined();
    const calls = api.takeCalls().filter((call) => call.startsWith('p') && call !== 'profiles');
    expect(calls).toEqual([...new Set(calls)]);
    expect(calls).toHaveLength(20);
  });

  it('fail where the members of a profile that is left can not be read', async () => {
    const api = await listApi(many(4));
    api.failing.set('p2', 403);
    const { data, errors } = await open(api).ask(query, { filter: { hasMembers: false } });
    expect(data).toEqual({ accessProfiles: null });
    expect(errors).toMatchObject([{ path: ['accessProfiles'], extensions: { code: 'FORBIDDEN' } }]);
  });
});
