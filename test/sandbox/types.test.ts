import { describe, expect, test } from 'vitest';
import { query, start, violations, worldOf } from './support.ts';

describe('types', () => {
  test('are listed with all fields, and with paging', async () => {
    const { get } = await start();
    const { body } = await get('/access_profiles_types?page_size=1');
    expect(body).toMatchObject({ has_more: true, next_page_token: expect.stringMatching(/==$/) });
    expect(body.values).toEqual([
      {
        id: 'a730b9cd-d600-4fb7-a803-8ab5b697c0b9',
        name: 'Profile',
        description: 'Direct grants in any number of applications.',
        allow_inherit_entities: false,
        allow_inherited_from_types: [],
        profiles_count: 8,
        integrations: [],
        allow_create_relationships: true,
        require_single_datasource: false,
        require_single_integration: false,
        add_integration_prefix_to_access_profile_names: false,
        rbac_id: '',
        max_entitlements: 25,
        create_entitlement_based_on_profile: false,
        create_entitlements: [],
        no_entitlements: false,
        enabled: true,
        on_create_behavior: 'INITIAL',
        instructions: '',
        time_before_sync_check_in_seconds: '0',
        access_request_policy_id: null,
        allow_overwrite_of_access_request_policy: true,
        name_transformer: null,
        remove_entitlement_on_member_upon_update: false,
        created_at: '2024-03-01T08:00:00.482913077Z',
        updated_at: '2024-03-01T08:00:00.482913077Z',
      },
    ]);
    const next = await get(`/access_profiles_types${query({ page_size: '9', page_token: body.next_page_token })}`);
    expect(next.body.values.map(({ name }: { name: string }) => name)).toEqual([
      'Business Role',
      'Application Access',
      'Privileged Role',
    ]);
  });

  test('are created from a name alone', async () => {
    const { get, send } = await start({ world: worldOf() });
    const { status, body } = await send('POST', '/access_profiles_types', { name: 'Bare' });
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['value']);
    expect(body.value).toMatchObject({
      name: 'Bare',
      allow_inherit_entities: false,
      allow_create_relationships: false,
      max_entitlements: null,
      profiles_count: 0,
    });
    expect((await get('/access_profiles_types')).body.values[1]).toEqual(body.value);
  });

  test.each([3600, '3600'])('are created with everything; the sync period may be %j', async (seconds) => {
    const { send } = await start({ world: worldOf() });
    const transformer = {
      destination_attribute: 'name',
      destination_value_formatter: '{name}',
      continuous_sync: true,
      additional_value_formatter: ['{id}'],
      pipeline_functions: 'upper',
      unique_identifier: true,
    };
    const type = {
      name: 'Snowflake Role',
      description: 'One role',
      allow_inherit_entities: true,
      allow_inherited_from_types: ['type'],
      allow_create_relationships: true,
      require_single_datasource: true,
      require_single_integration: true,
      add_integration_prefix_to_access_profile_names: true,
      max_entitlements: 25,
      create_entitlement_based_on_profile: true,
      no_entitlements: false,
      on_create_behavior: 'INITIAL',
      instructions: '**Read** this.',
      access_request_policy_id: 'policy',
      allow_overwrite_of_access_request_policy: true,
      name_transformer: transformer,
      remove_entitlement_on_member_upon_update: true,
    };
    const creates = {
      datasource_id: 'sf',
      entity_type: 'SnowflakeRole',
      attribute_transformers: { values: [transformer] },
      add_member_condition: { type: 1, condition_string: 'active eq true' },
    };
    const { body } = await send('POST', '/access_profiles_types', {
      ...type,
      create_entitlements: [creates],
      time_before_sync_check_in_seconds: seconds,
    });
    expect(body.value).toMatchObject({ ...type, time_before_sync_check_in_seconds: '3600' });
    expect(body.value.create_entitlements).toEqual([
      { ...creates, created_entity_id: '', access_request_id: '', id: '', last_sync_job_id: '' },
    ]);
  });

  test('options need one another', async () => {
    const { send } = await start({ world: worldOf() });
    const answer = await send('POST', '/access_profiles_types', {
      create_entitlement_based_on_profile: true,
      add_integration_prefix_to_access_profile_names: true,
      allow_inherited_from_types: ['none'],
      max_entitlements: -1,
    });
    expect(violations(answer)).toEqual([
      'name: This field is required.',
      'max_entitlements: Expected a number from 0.',
      'create_entitlement_based_on_profile: Needs require_single_integration.',
      'add_integration_prefix_to_access_profile_names: Needs require_single_integration.',
      'allow_inherited_from_types[0]: There is no type "none".',
    ]);
    const period = { name: 'n', time_before_sync_check_in_seconds: 60 };
    expect(violations(await send('POST', '/access_profiles_types', period))).toEqual([
      'time_before_sync_check_in_seconds: Needs create_entitlement_based_on_profile.',
    ]);
  });
});

test('integrations stand at the top of their reply', async () => {
  const { get } = await start();
  expect((await get('/access_profiles:available_integrations')).body).toEqual({
    integrations: ['ACTIVE_DIRECTORY', 'OKTA', 'AWS', 'SALESFORCE', 'SNOWFLAKE', 'GOOGLE', 'AZURE', 'WORKDAY'],
  });
  const { get: own } = await start({ world: { ...worldOf(), integrations: ['SCIM'] } });
  expect((await own('/access_profiles:available_integrations')).body).toEqual({ integrations: ['SCIM'] });
});
