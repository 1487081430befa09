import { describe, expect, test } from 'vitest';
import { start, violations, worldOf } from './support.ts';

const datasources = [
  {
    id: 'sf',
    name: 'Salesforce',
    integration: 'SALESFORCE',
    provider_id: 'sf-dev-org-12345',
    provider_external_id: 'dev',
    extraction_datasource_id: 'x',
  },
];

describe('creating a profile', () => {
  // The shape of the documents' "Salesforce Developer".
  const developer = {
    name: 'Salesforce Developer',
    description: 'Developer access',
    state: 'RUNNING',
    profile_type: 'type',
    entities_to_create_relationships_to: [
      { entity_type: 'SalesforceGroup', datasource_id: 'sf', entity_id: 'veza4-dev-ed:00GDn000000KpXSMA0' },
      {
        entity_type: 'SalesforcePermissionSet',
        datasource_id: 'sf',
        entity_id: 'veza4-dev-ed:0PSDn000000ED4MOAW',
        grant_by: 1,
        custom_properties: { team: 'platform' },
        sync_identity_action: { policy_id: 'policy', name: 'Sync' },
        condition: { type: 2, condition_string: 'department eq "R&D"' },
      },
    ],
    labels: ['requestable', 'salesforce'],
    custom_properties: { cost_center: '7' },
  };

  test('answers the profile and its version 1, published', async () => {
    const { send } = await start({ world: { ...worldOf(), datasources } });
    const { status, body } = await send('POST', '/access_profiles', developer);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['value', 'version']);
    expect(body.value).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
      name: 'Salesforce Developer',
      state: 'RUNNING',
      current_version_number: 1,
      draft_version_number: 0,
      integrations: ['SALESFORCE'],
      provider_ids: ['sf-dev-org-12345'],
      labels: ['requestable', 'salesforce'],
      custom_properties: { cost_center: '7' },
      created_by: 'sandbox-admin',
      started_by: 'sandbox-admin',
    });
    expect(body.version).toEqual(body.value.current_version);
    expect(body.version).toMatchObject({
      access_profile_id: body.value.id,
      version_number: 1,
      state: 'PUBLISHED',
      published_by: 'sandbox-admin',
    });
    const [group, set] = body.version.entities_to_create_relationships_to;
    expect(group).not.toHaveProperty('grant_by');
    expect(set).toMatchObject(developer.entities_to_create_relationships_to[1] ?? {});
  });

  test('moves the clock on: created, then published, then updated', async () => {
    const { send } = await start({ world: worldOf() });
    const { body } = await send('POST', '/access_profiles', { name: 'n', state: 'INITIAL', profile_type: 'type' });
    const { created_at: created, updated_at: updated, current_version: version, started_at: started } = body.value;
    const instants = [created, version.created_at, version.published_at, version.updated_at, updated];
    expect(instants).toEqual([...new Set(instants)].sort());
    expect(created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
    expect(started).toBeNull();
  });

  test('is seen in the list, in its parent and in the count of its type', async () => {
    const { get, send } = await start({ world: worldOf({ id: 'parent' }) });
    const made = await send('POST', '/access_profiles', {
      name: 'child',
      state: 1,
      profile_type: 'type',
      inherit_entities_from_access_profiles: ['parent'],
    });
    const [parent, child] = (await get('/access_profiles')).body.values;
    expect(child).toEqual(made.body.value);
    expect(child).toMatchObject({ state: 'RUNNING', access_profiles_inherited: ['parent'] });
    expect(parent.access_profiles_inherited_by).toEqual([child.id]);
    expect((await get('/access_profiles_types')).body.values[0].profiles_count).toBe(2);
  });

  test('names everything that is wrong at once', async () => {
    const { get, send } = await start({ world: worldOf() });
    const answer = await send('POST', '/access_profiles', {
      name: '',
      state: 'SLEEPING',
      profile_type: 'nothing',
      labels: ['a', 1],
      custom_properties: { a: 1 },
      entities_to_create_relationships_to: [{ entity_type: 'A', datasource_id: 5 }, 'b'],
      inherit_entities_from_access_profiles: 'p1',
    });
    expect(answer.status).toBe(400);
    expect(violations(answer)).toEqual([
      'name: This field is required.',
      'state: Expected one of INITIAL, RUNNING, PAUSED, DRY_RUN, PENDING.',
      'labels: Expected a list of texts.',
      'custom_properties: Expected a map of texts.',
      'entities_to_create_relationships_to[0].datasource_id: Expected a text.',
      'entities_to_create_relationships_to[0].entity_id: This field is required.',
      'entities_to_create_relationships_to[1]: Expected an object.',
      'inherit_entities_from_access_profiles: Expected a list of texts.',
      'profile_type: There is no type "nothing".',
    ]);
    expect((await get('/access_profiles')).body.values).toEqual([]);
  });
});

describe('updating a profile', () => {
  const world = worldOf({
    id: 'p1',
    name: 'Before',
    description: 'old',
    labels: ['a'],
    custom_properties: { one: '1' },
  });

  test('changes labels alone, as the documents do', async () => {
    const { get, send } = await start({ world });
    const [before] = (await get('/access_profiles')).body.values;
    const labels = ['requestable', 'salesforce', 'development'];
    const { status, body } = await send('PATCH', '/access_profiles/p1', { labels });
    expect(status).toBe(200);
    expect(body).toEqual({ value: { ...before, labels, updated_at: expect.any(String) } });
    expect(body.value.updated_at > before.updated_at).toBe(true);
    expect((await get('/access_profiles')).body.values).toEqual([body.value]);
  });

  test('changes everything that can be written', async () => {
    const { send } = await start({ world });
    const changes = {
      name: 'After',
      description: '',
      state: 'PAUSED',
      labels: [],
      datasource_ids: ['sf'],
      require_approval_to_start: true,
      catalog_item_info: { name: 'Card', description: '', markdown_description: '', icon: '', recommended: true },
      profile_type_rbac_id: 'rbac',
      custom_properties: { two: '2' },
    };
    const { body } = await send('PATCH', '/access_profiles/p1', changes);
    expect(body.value).toMatchObject({ ...changes, requestable: true });
    expect(body.value.custom_properties).toEqual({ two: '2' });
  });

  test('null is the zero value', async () => {
    const { send } = await start({ world });
    const { body } = await send('PATCH', '/access_profiles/p1', { description: null, labels: null, state: null });
    expect(body.value).toMatchObject({ description: '', labels: [], state: 'INITIAL', name: 'Before' });
  });

  test('ignores what it does not know or does not write', async () => {
    const { send } = await start({ world });
    const { status, body } = await send('PATCH', '/access_profiles/p1', {
      id: 'p2',
      created_by: 'eve',
      current_version_number: 9,
      colour: 'red',
      inherit_entities_from_access_profiles: ['p1'],
    });
    expect(status).toBe(200);
    expect(body.value).toMatchObject({ id: 'p1', created_by: '', current_version_number: 1 });
    expect(body.value.access_profiles_inherited).toEqual([]);
  });

  test.each(['labels', 'value.labels', 'name,labels', 'value.custom_properties,value.labels'])(
    'update_mask=%s narrows it',
    async (mask) => {
      const { send } = await start({ world });
      const changes = { labels: ['b'], description: 'new' };
      const { body } = await send('PATCH', `/access_profiles/p1?update_mask=${mask}`, changes);
      expect(body.value).toMatchObject({ name: 'Before', description: 'old', labels: ['b'] });
    },
  );

  test('update_mask names what can be written', async () => {
    const { send } = await start({ world });
    expect(violations(await send('PATCH', '/access_profiles/p1?update_mask=labels,created_by', {}))).toEqual([
      'update_mask: "created_by" is not a field that can be updated.',
    ]);
  });

  test('running for the first time, it starts', async () => {
    const { send } = await start({ world: worldOf({ id: 'p1', state: 'INITIAL' }) });
    const first = await send('PATCH', '/access_profiles/p1', { state: 'RUNNING' });
    expect(first.body.value).toMatchObject({ state: 'RUNNING', started_by: 'sandbox-admin' });
    expect(first.body.value.started_at).toBe(first.body.value.updated_at);
    await send('PATCH', '/access_profiles/p1', { state: 'PAUSED' });
    const again = await send('PATCH', '/access_profiles/p1', { state: 1 });
    expect(again.body.value.started_at).toBe(first.body.value.started_at);
  });

  test('moves to a type that allows what it has', async () => {
    const types = [
      { id: 'type', name: 'Type' },
      { id: 'bare', name: 'Bare', allow_inherit_entities: false },
    ];
    const { send } = await start({
      world: { types, profiles: worldOf({ id: 'p1' }, { id: 'p2', inherits: ['p1'] }).profiles },
    });
    expect((await send('PATCH', '/access_profiles/p1', { profile_type: 'bare' })).body.value.profile_type).toBe('bare');
    expect(violations(await send('PATCH', '/access_profiles/p2', { profile_type: 'bare' }))).toEqual([
      'profile_type: Profiles of type "Bare" cannot inherit.',
    ]);
    expect(violations(await send('PATCH', '/access_profiles/p2', { profile_type: 'none' }))).toEqual([
      'profile_type: There is no type "none".',
    ]);
  });
});
