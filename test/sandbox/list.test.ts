import { describe, expect, test } from 'vitest';
import { worldEpoch } from '../../src/sandbox/world.ts';
import { names, query, start, violations, worldOf } from './support.ts';

const datasource = (id: string, integration: string) => ({
  id,
  name: id,
  integration,
  provider_id: `provider of ${id}`,
  provider_external_id: `${id}.example`,
  extraction_datasource_id: `extraction of ${id}`,
});

const datasources = [datasource('sf', 'SALESFORCE'), datasource('aws', 'AWS')];
const role = { entity_type: 'AwsIamRole', datasource_id: 'aws', entity_id: 'arn:1', entity_name: 'Reader' };
const group = { entity_type: 'SalesforceGroup', datasource_id: 'sf', entity_id: 'org:1' };

describe('a profile in the list', () => {
  const world = {
    ...worldOf(
      { id: 'parent', entities: [role] },
      { id: 'child', description: '', inherits: ['parent'], entities: [group], members: ['ada'] },
    ),
    datasources,
  };

  test('has every documented field, zero values included', async () => {
    const { get } = await start({ world });
    const [, child] = (await get('/access_profiles')).body.values;
    expect(child).toEqual({
      id: 'child',
      name: 'child',
      description: '',
      state: 'RUNNING',
      profile_type: 'type',
      current_version_number: 1,
      draft_version_number: 0,
      used_by_workflow: false,
      integrations: ['SALESFORCE'],
      provider_ids: ['provider of sf'],
      provider_external_ids: ['sf.example'],
      datasource_ids: ['sf'],
      current_version: expect.objectContaining({
        access_profile_id: 'child',
        version_number: 1,
        state: 'PUBLISHED',
        inherit_entities_from_access_profiles: ['parent'],
        members: ['ada'],
        published_at: worldEpoch,
        application_sync_identity_action: null,
      }),
      access_profiles_inherited: ['parent'],
      access_profiles_inherited_by: [],
      inherits_from_other_profiles: true,
      inherited_by_other_profiles: false,
      labels: [],
      rbac_id: '',
      member_details: [],
      requestable: false,
      require_approval_to_start: false,
      started_at: worldEpoch,
      started_by: '',
      catalog_item_info: null,
      access_request_policy_id: '',
      created_entitlements: [],
      last_synced_at: null,
      last_sync_job_ids: [],
      last_sync_error_message: '',
      sync_allowed: false,
      identity_created_by: '',
      profile_type_rbac_id: '',
      created_by: '',
      created_at: worldEpoch,
      updated_at: worldEpoch,
      custom_properties: {},
    });
  });

  test('names its children, and no grants of its parents', async () => {
    const { get } = await start({ world });
    const [parent, child] = (await get('/access_profiles')).body.values;
    expect(parent.access_profiles_inherited_by).toEqual(['child']);
    expect(child.current_version.entities_to_create_relationships_to).toHaveLength(1);
  });

  test.each([
    ['', ''],
    ['?entity_extra_info=false', ''],
    ['?entity_extra_info=true', 'Reader'],
  ])('with "%s" its entities are called "%s"', async (search, name) => {
    const { get } = await start({ world });
    const [parent] = (await get(`/access_profiles${search}`)).body.values;
    const [entity] = parent.current_version.entities_to_create_relationships_to;
    expect(entity).toMatchObject({ entity_type: 'AwsIamRole', datasource_id: 'aws', entity_id: 'arn:1' });
    expect(entity.entity_name).toBe(name);
    expect(entity.provider_id).toBe(name && 'provider of aws');
    expect(entity.provider_external_id).toBe(name && 'aws.example');
    expect(entity.extraction_datasource_id).toBe(name && 'extraction of aws');
    expect(entity.native_id).toBe(name && 'arn:1');
  });

  test('takes include_requestable, and refuses flags that are neither true nor false', async () => {
    const { get } = await start({ world });
    expect((await get('/access_profiles?include_requestable=true')).status).toBe(200);
    expect(violations(await get('/access_profiles?entity_extra_info=yes'))).toEqual([
      'entity_extra_info: "yes" is not true or false.',
    ]);
  });
});

describe('filters', () => {
  const world = {
    types: [
      { id: 'app', name: 'App' },
      { id: 'role', name: 'Role' },
    ],
    datasources,
    profiles: [
      { id: 'a', name: 'A', profile_type: 'app', entities: [group], labels: ['production'] },
      { id: 'b', name: 'B', profile_type: 'app', entities: [role], labels: ['prod', 'sensitive'] },
      { id: 'c', name: 'C', profile_type: 'app', entities: [group, role], labels: [] },
      { id: 'd', name: 'D', profile_type: 'role', inherits: ['a', 'b'], labels: ['requestable'], state: 'PAUSED' },
    ],
  } as const;

  test.each([
    ['', 'A B C D'],
    ['integrations co "SALESFORCE"', 'A C'],
    ['integrations eq "SALESFORCE"', 'A'],
    ['provider_ids co "provider of aws"', 'B C'],
    ['labels co "requestable"', 'D'],
    ['labels co "prod"', 'B'],
    ['labels CO "prod"', 'B'],
    ['profile_type eq "app"', 'A B C'],
    ['(integrations co "SALESFORCE" or integrations co "AWS") and profile_type eq "app"', 'A B C'],
    ['profile_type eq "role" or profile_type eq "app" and labels co "prod"', 'B D'],
    ['labels co "none"', ''],
  ])('documented: %s', async (filter, expected) => {
    const { get } = await start({ world });
    const answer = await get(`/access_profiles${query({ filter })}`);
    expect(answer.status).toBe(200);
    expect(names(answer).join(' ')).toBe(expected);
  });

  test.each([
    ['name eq "A"', 'Filtering by "name" is not supported.'],
    ['state eq "RUNNING"', 'Filtering by "state" is not supported.'],
    ['id eq "a"', 'Filtering by "id" is not supported.'],
    ['colour eq "red"', 'Filtering by "colour" is not supported.'],
    ['constructor eq "red"', 'Filtering by "constructor" is not supported.'],
    ['labels eq "prod"', 'Operator "eq" for "labels" is not supported.'],
    ['profile_type co "app"', 'Operator "co" for "profile_type" is not supported.'],
    ['labels pr', 'Operator "pr" is not supported for "labels".'],
    ['not (labels co "prod")', 'Operator "not" is not supported.'],
    ['labels[value co "prod"]', '"labels" has no sub-attributes.'],
    ['labels co 5', '"labels" is compared with a text in double quotes.'],
    ['labels co "prod" and', /column 21/],
  ])('refused: %s', async (filter, complaint) => {
    const { get } = await start({ world });
    const answer = await get(`/access_profiles${query({ filter })}`);
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('InvalidArgument');
    expect(violations(answer)).toEqual([
      typeof complaint === 'string' ? `filter: ${complaint}` : expect.stringMatching(complaint),
    ]);
  });

  test.each([
    ['id eq "b"', 'B'],
    ['name eq "a"', 'A'],
    ['name ne "a"', 'B C D'],
    ['name sw "B" or name ew "C"', 'B C'],
    ['name gt "B"', 'C D'],
    ['state eq "PAUSED"', 'D'],
    ['not (labels pr)', 'C'],
    ['labels eq "prod"', ''],
    ['labels ne "production"', 'B C D'],
    ['used_by_workflow eq false', 'A B C D'],
    ['access_profiles_inherited co "a"', 'D'],
    ['access_profiles_inherited_by co "d"', 'A B'],
    ['datasource_ids co "sf"', 'A C'],
    ['created_at ge "2024-04-12T09:00:00.000000001Z"', 'A B C D'],
    ['created_at gt "2024-04-12T09:00:00.000000001Z"', ''],
    ['created_at gt "2024-04-12T11:00:00+02:00"', 'A B C D'],
  ])('open: %s', async (filter, expected) => {
    const { get } = await start({ world, openFilters: true });
    expect(names(await get(`/access_profiles${query({ filter })}`)).join(' ')).toBe(expected);
  });

  test.each([
    ['state eq "SLEEPING"', '"SLEEPING" is not a state.'],
    ['created_at gt "yesterday"', '"yesterday" is not an RFC 3339 timestamp.'],
    ['requestable eq "true"', '"requestable" is compared with true or false.'],
  ])('open, and refused all the same: %s', async (filter, complaint) => {
    const { get } = await start({ world, openFilters: true });
    expect(violations(await get(`/access_profiles${query({ filter })}`))).toEqual([`filter: ${complaint}`]);
  });

  test('a filter may nest as deep as a URL is long', async () => {
    const { get } = await start({ world, openFilters: true });
    const depth = 3_000;
    const filter = `${'not('.repeat(depth)}labels pr${')'.repeat(depth)}`;
    expect(names(await get(`/access_profiles?filter=${filter.replace(' ', '+')}`))).toEqual(['A', 'B', 'D']);
  });

  test('an array filter can mean something else', async () => {
    const substring = await start({ world, arrayContains: 'substring' });
    expect(names(await substring.get(`/access_profiles${query({ filter: 'labels co "prod"' })}`))).toEqual(['A', 'B']);
    const element = await start({ world, arrayEquals: 'element' });
    const filter = 'integrations eq "SALESFORCE"';
    expect(names(await element.get(`/access_profiles${query({ filter })}`))).toEqual(['A', 'C']);
  });
});

describe('order', () => {
  const world = worldOf(
    { id: '1', name: 'beta', state: 'PAUSED' },
    { id: '2', name: 'alpha' },
    { id: '3', name: 'gamma', state: 'PAUSED' },
  );

  test.each([
    ['', 'beta alpha gamma'],
    ['name', 'alpha beta gamma'],
    ['name desc', 'gamma beta alpha'],
    ['state', 'beta gamma alpha'],
    ['state,name desc', 'gamma beta alpha'],
  ])('by "%s"', async (order, expected) => {
    const { get } = await start({ world });
    expect(names(await get(`/access_profiles${query({ order_by: order })}`)).join(' ')).toBe(expected);
  });

  test.each(['labels', 'name upwards', 'name,'])('by "%s" is refused', async (order) => {
    const { get } = await start({ world });
    const answer = await get(`/access_profiles${query({ order_by: order })}`);
    expect(answer.status).toBe(400);
    expect(violations(answer)[0]).toMatch(/^order_by: /);
  });
});
