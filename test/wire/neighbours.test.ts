import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Identity } from '../../src/model/identity.ts';
import { type Datasource, namesProfile } from '../../src/model/neighbours.ts';
import { accessRequestDecoder } from '../../src/wire/access-request.ts';
import { decodeDatasource, unreadDatasource } from '../../src/wire/datasource.ts';
import { page, single } from '../../src/wire/envelope.ts';
import { decodeActualEntitlement, decodeIdentity } from '../../src/wire/identity.ts';
import { keepOnly } from '../../src/wire/keep.ts';
import { decodePolicy, decodePolicyPage, policyOffset } from '../../src/wire/policy.ts';
import { root } from '../support/notes.ts';
import { plain } from '../support/plain.ts';

const secret = 'hunter2';

const curated = {
  id: '549a4b5e-0328-4c87-a19d-ee8a2926d1aa',
  name: 'SCIM Demo Server',
  provider_type: 'SCIM',
  external_id: 'https://scim.example.com',
  lifecycle_management_enabled: true,
  supported_capabilities: ['ACCESS_TARGET'],
  available_actions: [{ action_type: 'MANAGE_RELATIONSHIPS', supported_entity_types: ['User'] }],
};

const generated = {
  id: '0198cfaf-1f97-7698-a760-05b98833ffd3',
  enabled: false,
  datasource: { name: 'SCIM DEMO', provider_id: '0198cf75-db63-7709-86c3-8ec8fc124382', datasource_config: { secret } },
  definition: {
    source_of_identity_definition: { entity_type: 'Employee' },
    actions: [
      { type: 'SYNC_IDENTITIES', definition: { token: secret } },
      { type: 2 },
      { type: '14' },
      { type: 'PAUSE' },
    ],
  },
};

describe('a data source', () => {
  it('is read in its curated form', () => {
    expect(plain(single(decodeDatasource)({ value: curated }, root()))).toEqual({
      datasourceId: curated.id,
      name: 'SCIM Demo Server',
      providerType: 'SCIM',
      providerId: null,
      externalId: 'https://scim.example.com',
      enabled: true,
      actions: ['MANAGE_RELATIONSHIPS'],
    } satisfies Record<keyof Datasource, unknown>);
  });

  it('is read in its generated form: names within, actions as names or numbers, the configuration dropped', () => {
    const [datasource] = page(decodeDatasource)({ values: [generated] }, root()).values;
    expect(plain(datasource)).toEqual({
      datasourceId: generated.id,
      name: 'SCIM DEMO',
      providerType: null,
      providerId: '0198cf75-db63-7709-86c3-8ec8fc124382',
      externalId: null,
      enabled: false,
      actions: ['SYNC_IDENTITIES', 'MANAGE_RELATIONSHIPS', '14', 'PAUSE'],
    });
    expect(JSON.stringify(datasource)).not.toContain(secret);
  });

  it('fails in the field that can not be read, and in no other', () => {
    const broken = decodeDatasource({ ...generated, definition: { actions: 'all' } }, root());
    expect(broken.name).toBe('SCIM DEMO');
    expect(() => broken.actions).toThrow('definition.actions: expected an array, found a string');
    expect(() => decodeDatasource({ name: 'A' }, root())).toThrow('id: expected a non-empty string, found nothing');
  });
});

const robin = {
  id: 'c278b4cc-0a86-4082-ab25-9ba3d163c805',
  policy_id: '7fbc3710-602d-46d3-adc0-96fe66bd3c86',
  entity_type: 'OktaUser',
  entity_id: '00u2clxic15YZbO9R0h8',
  entity_name: 'Robin Example',
  email: 'robin@example.test',
  title: 'Solutions Architect',
  department: '',
  active: true,
  access_profiles: ['a', 'b', 'a'],
  access_profile_details: [
    { access_profile_id: 'b', access_profile_name: 'B', created_from: 'BIRTHRIGHT' },
    { access_profile_id: 'c', created_from: 3 },
  ],
  workflows_triggered: ['Workflow 2'],
  last_checked_at: '2025-10-03T16:52:57.200184111Z',
  graph_node: { properties: { salary: secret } },
};

it('a row that was not read tells what is known of it, and throws for all else', () => {
  const row = unreadDatasource({ datasourceId: 'ds-1' });
  expect(row.datasourceId).toBe('ds-1');
  expect(() => row.name).toThrow('name was not read');
  expect(() => row.actions).toThrow(TypeError);
});

describe('an identity', () => {
  it('is read with the profiles of its list, which has more than the details, and what only the details have', () => {
    const identity = single(decodeIdentity)({ value: robin }, root());
    expect(plain(identity)).toEqual({
      identityId: robin.id,
      policyId: robin.policy_id,
      name: 'Robin Example',
      email: 'robin@example.test',
      title: 'Solutions Architect',
      department: null,
      active: true,
      sourceEntityType: 'OktaUser',
      sourceEntityId: '00u2clxic15YZbO9R0h8',
      lastCheckedAt: '2025-10-03T16:52:57.200184111Z',
      heldProfiles: [
        { profileId: 'a', createdFrom: null },
        { profileId: 'b', createdFrom: 'BIRTHRIGHT' },
        { profileId: 'c', createdFrom: '3' },
      ],
    } satisfies Record<keyof Identity, unknown>);
    expect(JSON.stringify(identity)).not.toContain(secret);
  });

  it('has entitlements, each of which needs what it is matched by', () => {
    const row = { lifecycle_management_datasource_id: 'd', entity_type: 'OktaGroup', entity_id: 'g', entity_name: '' };
    expect(plain(decodeActualEntitlement({ ...row, sync_relationship: { secret } }, root()))).toEqual({
      datasourceId: 'd',
      entityType: 'OktaGroup',
      entityId: 'g',
      entityName: null,
      createdFrom: null,
    });
    expect(() => decodeActualEntitlement({ ...row, entity_id: 7 }, root())).toThrow('entity_id: expected a non-empty');
  });
});

const policy = {
  id: 'p',
  name: 'Joiners',
  state: 1,
  current_version_number: 3,
  draft_version_number: 0,
  entity_type: 'OktaUser',
  datasource_ids: ['d'],
  access_profiles_used: ['direct'],
  current_version: {
    state: 'PUBLISHED',
    config: {
      workflows: [
        { name: 'Join', conditions_on_success: [{ actions_to_run: [{ name: 'give' }, { name: 'gone' }] }] },
        { name: 'Leave', actions_to_run: [{ name: 'take' }] },
        { name: 'Idle' },
      ],
      actions: [
        { name: 'give', type: 2, config: { '@type': 'x', grants: [{ profile: 'deep' }] } },
        {
          name: 'take',
          config: { list: ['deep', 'direct'] },
          conditions_on_success: [{ actions_to_run: [{ name: 'then' }] }],
        },
        { name: 'then', config: 'chained' },
        { name: 'unused', config: { id: 'nobody' } },
        { name: 'secretive', config: { token: 'x'.repeat(600) } },
      ],
    },
  },
};

describe('a policy', () => {
  it('is read in its generated form, with the workflows that name each text of its configuration', () => {
    const [read] = decodePolicyPage({ values: [policy], next_page_token: '' }, root(), null).values;
    if (read === undefined) throw new Error('no policy');
    expect(read).toMatchObject({ state: 'RUNNING', currentVersionNumber: 3, draftVersionNumber: null });
    expect(Object.fromEntries(read.configuredTexts)).toEqual({
      x: ['Join'],
      deep: ['Join', 'Leave'],
      direct: ['Leave'],
      chained: ['Leave'],
      nobody: [],
    });
    expect(['direct', 'deep'].map((id) => namesProfile(read, id))).toEqual([true, false]);
    const unfilled = decodePolicy({ ...policy, access_profiles_used: [] }, root());
    expect(['direct', 'deep', 'else'].map((id) => namesProfile(unfilled, id))).toEqual([true, true, false]);
  });

  it('is read in its curated form, without configuration', () => {
    const reply = { data: [{ id: 'policy-1', state: 'active' }], pagination: { total: 1, limit: 50, has_more: false } };
    const { values, next } = decodePolicyPage(reply, root(), null);
    expect(next).toBeNull();
    expect(decodePolicy({ data: { id: 'policy-1' } }, root()).policyId).toBe('policy-1');
    expect(values[0]).toMatchObject({ policyId: 'policy-1', state: 'active', usedProfileIds: [] });
    expect(() => decodePolicyPage({ policies: [] }, root(), null)).toThrow('values: expected an array, found nothing');
  });

  it.each<[pagination: object, token: string | null, next: string | null]>([
    [{ total: 3, limit: 1, offset: 0, has_more: true }, null, 'offset:1'],
    [{ total: 3, limit: 1 }, null, 'offset:1'],
    [{ total: 3, limit: 1, offset: '1', has_more: true }, 'offset:1', 'offset:2'],
    [{ total: 3, limit: 1, offset: 2, has_more: false }, 'offset:2', null],
    [{ has_more: true, next_page_token: 'x' }, 'y', 'x'],
  ])('of a curated page %j at %j is followed by the page at %j', (pagination, token, next) => {
    expect(decodePolicyPage({ data: [{ id: 'policy' }], pagination }, root(), token).next).toBe(next);
  });

  it.each<[pagination: object, token: string]>([
    [{ total: 3, limit: 1, offset: 0, has_more: true }, 'offset:1'],
    [{ has_more: true }, 'offset:1'],
  ])('of a curated page %j is not taken for that at %j', (pagination, token) => {
    expect(() => decodePolicyPage({ data: [{ id: 'policy' }], pagination }, root(), token)).toThrow(
      'pagination.offset',
    );
  });

  it('is asked for by the number of policies before it, or by a token of the API', () => {
    expect([null, 'offset:50', 'x'].map(policyOffset)).toEqual([null, 50, null]);
  });

  it.each([[7], [null], ['x'], [{ config: [] }], [{ config: { actions: {}, workflows: [[]] } }]])(
    'names nothing where its version is %j',
    (current_version) => {
      expect(decodePolicy({ ...policy, current_version }, root()).configuredTexts.size).toBe(0);
    },
  );

  it('is read however deep its configuration is', () => {
    let config: unknown = 'bottom';
    for (let depth = 0; depth < 50_000; depth++) config = [config];
    const current_version = { config: { actions: [{ name: 'a', config }] } };
    expect(decodePolicy({ ...policy, current_version }, root()).configuredTexts.has('bottom')).toBe(true);
  });
});

describe('an access request', () => {
  const decode = (body: unknown) => accessRequestDecoder('r')(body, root());

  it('is read with the messages of its plans, and without their jobs', () => {
    const jobs = [{ data_source: { data_source_config: { secret } } }];
    const body = {
      value: { id: 'r', state: 'WAITING_FOR_APPROVAL', initial_jobs: jobs },
      plans: [
        { id: '1', error_message: '', plan_jobs: jobs },
        { error_message: 'no such group', jit_revoke_jobs: jobs },
      ],
    };
    const request = decode(body);
    expect(plain(request)).toEqual({ requestId: 'r', state: 'WAITING_FOR_APPROVAL', errorMessages: ['no such group'] });
    expect(JSON.stringify(request)).not.toContain(secret);
  });

  it.each([
    [{ value: { id: 'r' } }, null],
    [{ value: { state: 2 }, plans: null }, '2'],
    [{ id: 'r', state: 'INITIAL' }, 'INITIAL'],
  ])('is read of %j', (body, state) => {
    expect(plain(decode(body))).toEqual({ requestId: 'r', state, errorMessages: [] });
  });

  it('is not read of something else', () => {
    expect(() => decode({ error: 'x' })).toThrow('value: expected an access request');
    // Else each id would have a request of which nothing is known.
    expect(() => decode({ value: {} })).toThrow('value: expected an access request');
  });
});

it('only named members are kept', () => {
  const shape = { id: true, list: { name: true } } as const;
  expect(keepOnly({ id: { secret }, list: [{ name: 'a', secret }, 7], secret }, shape)).toEqual({
    id: {},
    list: [{ name: 'a' }, 7],
  });
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const keys = JSON.stringify(keepOnly(value, shape)).match(/"\w+":/g) ?? [];
      expect(keys.filter((key) => !['"id":', '"list":', '"name":'].includes(key))).toEqual([]);
    }),
  );
});
