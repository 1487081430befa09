import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { adminKey, type SandboxOptions, viewerKey } from '../../src/sandbox/server.ts';
import type { Settings } from '../../src/sandbox/settings.ts';
import type { World } from '../../src/sandbox/world.ts';
import { type SandboxedGateway, startGateway } from '../support/gateway.ts';

const entity = { entity_type: 'Role', datasource_id: 'ds', entity_id: 'r' };

const world: World = {
  types: [{ id: 'role', name: 'Role' }],
  profiles: [
    { id: 'a', name: 'A', profile_type: 'role', entities: [entity], members: ['i0'] },
    {
      id: 'b',
      name: 'B',
      profile_type: 'role',
      inherits: ['a'],
      members: Array.from({ length: 20 }, (_, i) => `i${i}`),
    },
    { id: 'c', name: 'C', profile_type: 'role', state: 'PAUSED', inherits: ['b'], members: ['late'] },
    { id: 'd', name: 'D', profile_type: 'role', entities: [{ ...entity, datasource_id: 'gone' }] },
  ],
  datasources: [
    {
      id: 'ds',
      name: 'Target',
      integration: 'SNOWFLAKE',
      provider_id: 'provider',
      provider_external_id: '',
      extraction_datasource_id: 'x',
    },
  ],
  identities: [...Array.from({ length: 20 }, (_, i) => `i${i}`), 'late'].map((id) => ({
    id,
    name: id.toUpperCase(),
    policy_id: 'policy',
    email: `${id}@example.test`,
  })),
  policies: [
    { id: 'policy', name: 'Joiners', workflows: [{ name: 'Join', trigger_string: '', access_profile_ids: ['b'] }] },
  ],
};

const { limits } = loadConfig([], {});
/** An identity, apart so that no other test asks for it by these queries. */
const first = 'i0';
const start = (options: SandboxOptions = {}) => startGateway({ world, ...options }, { typesTtlSeconds: 60 });

/** Asks, and gives the answer with the resources that it took, each with how often. */
async function ask(gateway: SandboxedGateway, query: string, key = adminKey) {
  gateway.sandbox.clearCalls();
  const answer = await gateway.ask<unknown, unknown>(query, {}, { authorization: `Bearer ${key}` });
  const calls: Record<string, number> = {};
  for (const { path } of gateway.sandbox.calls) {
    const name =
      /list_entitlements$/.exec(path) ??
      /lifecycle_managers|members|identities|policies|access_requests|types/.exec(path);
    const resource = name?.[0] ?? 'profiles';
    calls[resource] = (calls[resource] ?? 0) + 1;
  }
  return { ...answer, calls };
}

describe('calls', () => {
  it.each([
    [
      'names of data sources',
      '{ accessProfiles { nodes { entitlements { datasource { name enabled } } datasources { id } } } }',
      { profiles: 1, lifecycle_managers: 1 },
    ],
    [
      'ids of data sources',
      '{ accessProfiles { nodes { entitlements { datasource { id datasourceId } } } } }',
      { profiles: 1 },
    ],
    [
      'members and their names',
      '{ accessProfiles { nodes { members { identity { id name } } } } }',
      { profiles: 1, members: 4 },
    ],
    [
      'mail addresses of members',
      '{ accessProfiles(first: 10) { nodes { members { identity { email } } } } }',
      { profiles: 1, members: 4, identities: 21 },
    ],
    [
      'policies of all profiles',
      '{ accessProfiles { nodes { usedByPolicies { policy { name } workflows } } } }',
      { profiles: 1, policies: 1 },
    ],
    [
      'policies of a profile and what inherits from it',
      '{ accessProfile(id: "a") { usedByPolicies(includeInherited: true) { through { name } } } }',
      { profiles: 1, policies: 1 },
    ],
    [
      'everybody who gets a profile',
      '{ accessProfile(id: "a") { effectiveMembers { identityName } } }',
      { profiles: 1, members: 3 },
    ],
    [
      'everybody who reaches an entity',
      '{ entity(ref: { datasourceId: "ds", entityId: "r" }) { datasource { name } reachedBy { provisioned } } }',
      { profiles: 1, members: 3, lifecycle_managers: 1 },
    ],
    [
      'what somebody gets',
      `{ identity(id: "${first}") { effectiveEntitlements { entitlement { entityId } } } }`,
      { profiles: 1, identities: 1 },
    ],
    [
      'intended against actual, with all names',
      `{ identity(id: "${first}") { policy { name } accessProfiles { accessProfile { name } } effectiveEntitlements { actual } actualEntitlements { datasource { name } grantedBy { name } } } }`,
      { profiles: 1, identities: 1, list_entitlements: 1, lifecycle_managers: 1, policies: 1 },
    ],
  ])('for %s are as few as can be', async (_what, query, expected) => {
    await using gateway = await start();
    const answer = await ask(gateway, query);
    expect(answer.errors).toBeUndefined();
    expect(answer.calls).toEqual(expected);
  });

  it('for data sources and policies are made once for the queries of a caller', async () => {
    await using gateway = await start();
    const query = '{ accessProfiles { nodes { datasources { name } usedByPolicies { policy { name } } } } }';
    expect((await ask(gateway, query)).calls).toEqual({ profiles: 1, lifecycle_managers: 1, policies: 1 });
    expect((await ask(gateway, query)).calls).toEqual({ profiles: 1 });
    expect((await ask(gateway, query, viewerKey)).calls).toEqual({ profiles: 1, lifecycle_managers: 1, policies: 1 });
  });

  it('for people are refused before the first where they would be too many', async () => {
    await using gateway = await startGateway({ world }, { limits: { ...limits, MAX_COST: 40 } });
    const { errors, calls } = await ask(
      gateway,
      '{ accessProfiles(first: 1) { nodes { members { identity { email } } } } }',
    );
    expect([errors, calls]).toEqual([undefined, { profiles: 1, members: 1, identities: 1 }]);
    const many = await ask(gateway, '{ accessProfiles(first: 4) { nodes { members { identity { email } } } } }');
    expect([many.errors?.[0]?.extensions['code'], many.calls]).toEqual(['COST_LIMIT', {}]);
  });
});

const everything = `{
  datasources { name }
  lifecyclePolicies { name }
  identity(id: "i0") { email actualEntitlements { entityId } }
  accessRequest(id: "none") { state }
  accessProfiles(first: 10) {
    nodes { name entitlements { datasource { name } } usedByPolicies { policy { name } } members { identity { email } } }
  }
}`;

describe('a neighbour', () => {
  it.each<[trouble: 'absent' | 'forbidden' | 'failing', code: string]>([
    ['absent', 'NOT_SUPPORTED'],
    ['forbidden', 'FORBIDDEN'],
    ['failing', 'UPSTREAM_UNAVAILABLE'],
  ])('that is %s costs no profile, and is asked once', async (trouble, code) => {
    const neighbours: Settings['neighbours'] = {
      datasources: trouble,
      identities: trouble,
      policies: trouble,
      'access-requests': trouble,
    };
    await using gateway = await startGateway({ world, neighbours }, { typesTtlSeconds: 60 });
    const { data, errors, calls } = await ask(gateway, everything);
    expect(data).toMatchObject({
      datasources: null,
      lifecyclePolicies: null,
      identity: null,
      accessProfiles: {
        nodes: [
          { name: 'A', entitlements: [{ datasource: null }], usedByPolicies: null, members: [{ identity: null }] },
          { name: 'B' },
          { name: 'C' },
          { name: 'D' },
        ],
      },
    });
    const codes = new Set(
      errors?.filter(({ path }) => path?.[0] !== 'accessRequest').map((each) => each.extensions['code']),
    );
    expect([...codes]).toEqual([code]);
    // Of a failure that may pass, each read is retried; of a 404 for one identity, another is asked for.
    const once = trouble === 'failing' ? 3 : 1;
    expect(calls['lifecycle_managers']).toBe(once);
    expect(calls['policies']).toBe(once);
    expect(calls['identities']).toBe(trouble === 'absent' ? 2 : once);
    // Whatever is kept of the caller stays: a refusal here is none of the key.
    const again = await ask(gateway, everything);
    expect(again.calls['lifecycle_managers'] ?? 0).toBe(
      trouble === 'absent' ? 0 : trouble === 'failing' ? again.calls['lifecycle_managers'] : 1,
    );
    if (trouble === 'absent') expect(again.calls['identities'] ?? 0).toBe(0);
  });

  it('that hides the profiles of its policies is read by their configuration, or said to be incomplete', async () => {
    await using gateway = await startGateway({ world, policiesHideProfiles: true });
    const { data, errors } = await ask(
      gateway,
      '{ accessProfile(id: "b") { usedByPolicies { policy { accessProfiles { profileId } } workflows } } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      accessProfile: { usedByPolicies: [{ policy: { accessProfiles: [{ profileId: 'b' }] }, workflows: ['Join'] }] },
    });
    const profiles = world.profiles.map((each) => ({ ...each, used_by_workflow: each.id === 'd' }));
    await using other = await startGateway({ world: { ...world, profiles } });
    const incomplete = await ask(other, '{ accessProfile(id: "d") { name usedByPolicies { workflows } } }');
    expect(incomplete.data).toEqual({ accessProfile: { name: 'D', usedByPolicies: null } });
    expect(incomplete.errors?.[0]?.path).toEqual(['accessProfile', 'usedByPolicies']);
  });

  it('answers the same in its curated shapes, with integers for enums and in ragged pages', async () => {
    const query = `{
      datasources { datasourceId name enabled actions }
      lifecyclePolicies { policyId name datasources { name } accessProfiles { profileId } }
      identity(id: "i0") { email active accessProfiles { profileId createdFrom } actualEntitlements { entityId grantedBy { profileId } } }
    }`;
    await using plain = await start();
    const expected = await ask(plain, query);
    expect(expected.errors).toBeUndefined();
    for (const deviation of [
      { curatedShapes: true },
      { integerEnums: true },
      { raggedPages: true, pagedEntitlements: true },
      { identityNode: true },
    ] satisfies Partial<Settings>[]) {
      await using gateway = await start(deviation);
      const { data, errors } = await ask(gateway, query);
      expect(errors, JSON.stringify(deviation)).toBeUndefined();
      if (deviation.integerEnums !== true) expect(data, JSON.stringify(deviation)).toEqual(expected.data);
    }
  });

  it('is what a node, a dangling reference and an unknown id lead to', async () => {
    await using gateway = await start();
    const { data, errors } = await ask(
      gateway,
      `{
        nodes(ids: ["Datasource:ds", "LifecyclePolicy:policy", "Identity:i1", "Identity:nobody", "Datasource:gone"]) { __typename id }
        datasource(id: "gone") { name }
        identity(id: "nobody") { name }
        accessRequest(id: "nothing") { state }
        inheritanceFindings(kinds: [DANGLING_REFERENCE]) { message profiles { profileId } entitlements { datasourceId } }
      }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      nodes: [
        { __typename: 'Datasource', id: 'Datasource:ds' },
        { __typename: 'LifecyclePolicy', id: 'LifecyclePolicy:policy' },
        { __typename: 'Identity', id: 'Identity:i1' },
        null,
        null,
      ],
      datasource: null,
      identity: null,
      accessRequest: null,
      inheritanceFindings: [
        {
          message: '"D" names data source gone, which the API does not return.',
          profiles: [{ profileId: 'd' }],
          entitlements: [{ datasourceId: 'gone' }],
        },
      ],
    });
  });
});

describe('a change', () => {
  it('tells its access request, and a dry run whom it concerns', async () => {
    await using gateway = await start();
    const added = await ask(
      gateway,
      'mutation { addAccessProfileMembers(input: { id: "a", identityIds: ["i1"] }) { ... on ChangeAccessProfileMembersPayload { accessRequest { state errorMessages } } } }',
    );
    expect(added.errors).toBeUndefined();
    expect(added.data).toMatchObject({ addAccessProfileMembers: { accessRequest: { errorMessages: [] } } });
    // i0 and i1 are members of A as well, which keeps what B loses with it.
    const { data, errors } = await ask(
      gateway,
      'mutation { updateAccessProfileVersion(input: { id: "b", dryRun: true, removeInheritsFrom: ["a"] }) { ... on UpdateAccessProfileVersionPayload { preview { affectedProfiles { profile { profileId } } affectedMembers { identityId gained { entityId } lost { entityId } } } } } }',
    );
    expect(errors).toBeUndefined();
    const lost = [...Array.from({ length: 18 }, (_, i) => `i${i + 2}`), 'late'].map((identityId) => ({
      identityId,
      gained: [],
      lost: [{ entityId: 'r' }],
    }));
    expect(data).toMatchObject({
      updateAccessProfileVersion: {
        preview: {
          affectedProfiles: [{ profile: { profileId: 'b' } }, { profile: { profileId: 'c' } }],
          affectedMembers: expect.arrayContaining(lost),
        },
      },
    });
    expect(JSON.stringify(data)).not.toContain('"i1"');
  });
});
