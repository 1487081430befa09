import { describe, expect, test } from 'vitest';
import { systems } from '../../src/sandbox/seed/systems.ts';
import { query, start, violations, worldOf } from './support.ts';

const path = '/api/v1/providers/datasources/lifecycle_managers';
const names = (answer: { body: { values: { datasource: { name: string } }[] } }) =>
  answer.body.values.map(({ datasource }) => datasource.name);

describe('data sources', () => {
  test('are listed as the generated page says, in pages', async () => {
    const { get } = await start({ pageSize: 5 });
    const first = await get(path);
    expect(first.body.values[0]).toEqual({
      id: systems.activeDirectory.id,
      enabled: true,
      datasource: {
        id: systems.activeDirectory.extraction_datasource_id,
        name: 'Active Directory',
        datasource_type: 'EXTRACTOR',
        agent_type: 'ACTIVE_DIRECTORY',
        status: 'SUCCESS',
        provider_id: systems.activeDirectory.provider_id,
        path: 'evergreen.example',
        state: 'ENABLED',
        effective_state: 'ENABLED',
        datasource_config: { client_secret: 'sandbox-secret-of-a-data-source' },
        created_at: '2024-03-01T08:00:00Z',
        updated_at: '2024-03-01T08:00:00Z',
        synced_at: '2025-10-03T16:00:00Z',
        parsed_at: '2025-10-03T16:05:00Z',
      },
      definition: {
        source_of_identity_definition: null,
        actions: ['SYNC_IDENTITIES', 'MANAGE_RELATIONSHIPS', 'DEPROVISION_IDENTITY', 'RESET_PASSWORD'].map((type) => ({
          type,
          idempotent: type !== 'RESET_PASSWORD',
          input_entity_types: [{ name: 'account', description: '', available_entity_types: ['ActiveDirectoryUser'] }],
          output_entity_types: [],
          definition: { '@type': 'type.googleapis.com/lifecyclemanagement.v1.ActionDefinition' },
        })),
      },
    });
    const second = await get(`${path}${query({ page_token: first.body.next_page_token })}`);
    expect([first.body.has_more, second.body.has_more]).toEqual([true, false]);
    expect([...names(first), ...names(second)]).toEqual([
      'Active Directory',
      'Okta',
      'AWS production',
      'AWS development',
      'Salesforce',
      'Snowflake',
      'Google Workspace',
      'Workday',
    ]);
  });

  test('one is disabled, one gives no access but identities, and one that profiles name is missing', async () => {
    const { get } = await start();
    const { body } = await get(path);
    const disabled = body.values.filter(({ enabled }: { enabled: boolean }) => !enabled);
    expect(disabled.map(({ id }: { id: string }) => id)).toEqual([systems.awsDevelopment.id]);

    const workday = await get(`${path}/${systems.workday.id}`);
    expect(workday.body.value.definition).toMatchObject({
      source_of_identity_definition: { entity_type: 'WorkdayWorker' },
      actions: [{ type: 'SYNC_IDENTITIES' }, { type: 'WRITE_BACK_EMAIL' }],
    });

    const azure = await get(`${path}/${systems.azure.id}`);
    expect(azure.status).toBe(404);
    expect(azure.body.details[0]).toMatchObject({ resource_type: 'datasource', resource: systems.azure.id });
    const granting = await get(`/access_profiles${query({ filter: 'integrations co "AZURE"' })}`);
    expect(granting.body.values.map(({ name }: { name: string }) => name)).toEqual([
      'Azure Helpdesk Role',
      'Azure DevOps Contributor',
    ]);
  });

  test('by action, which is an integer', async () => {
    const { get } = await start({ integerEnums: true });
    const resets = await get(`${path}:by_action_type?action_type=12`);
    expect(Object.keys(resets.body)).toEqual(['values']);
    expect(names(resets)).toEqual(['Active Directory']);
    expect(resets.body.values[0].definition.actions[3].type).toBe(12);
    expect(names(await get(`${path}:by_action_type?action_type=2&entity_type=OktaUser`))).toEqual(['Okta']);
    expect(names(await get(`${path}:by_action_type`))).toHaveLength(8);
    expect(violations(await get(`${path}:by_action_type?action_type=RESET_PASSWORD`))).toEqual([
      'action_type: "RESET_PASSWORD" is not an action type.',
    ]);
  });

  test('as the curated pages show them', async () => {
    const { get } = await start({ curatedShapes: true });
    const { body } = await get(`${path}/${systems.workday.id}`);
    expect(body.value).toMatchObject({
      name: 'Workday',
      provider_type: 'WORKDAY',
      external_id: systems.workday.provider_external_id,
      lifecycle_management_enabled: true,
      supported_capabilities: ['IDENTITY_SOURCE'],
      available_actions: [{ action_type: 'SYNC_IDENTITIES' }, { action_type: 'WRITE_BACK_EMAIL' }],
    });
    const found = await get(`${path}:by_action_type?action_type=6`);
    expect(found.body).toMatchObject({ next_page_token: '', has_more: false });
  });

  test('are filtered only where filters are open', async () => {
    const filter = query({ filter: 'name eq "Okta"' });
    const { get } = await start();
    expect(violations(await get(`${path}${filter}`))).toEqual(['filter: This list cannot be filtered.']);
    const { get: open } = await start({ openFilters: true });
    expect(names(await open(`${path}${filter}`))).toEqual(['Okta']);
  });

  test('of a world that says nothing of them are enabled and give access', async () => {
    const own = {
      id: 'own',
      name: 'Own',
      integration: 'OWN',
      provider_id: 'p',
      provider_external_id: 'x',
      extraction_datasource_id: 'e',
    };
    const { get } = await start({ world: { ...worldOf(), datasources: [own] } });
    const { body } = await get(path);
    expect(body.values).toMatchObject([
      {
        id: 'own',
        enabled: true,
        definition: { actions: [{ type: 'SYNC_IDENTITIES' }, { type: 'MANAGE_RELATIONSHIPS' }] },
      },
    ]);
  });
});

test.each([
  ['absent', 404, 'NotFound'],
  ['forbidden', 403, 'PermissionDenied'],
  ['failing', 500, 'Internal'],
] as const)('a neighbour that is %s answers %i, and profiles are there', async (trouble, status, code) => {
  const paths = {
    datasources: path,
    identities: '/identities/x',
    entitlements: '/policies/p/identities/x:list_entitlements',
    policies: '/policies',
    'dry-run': '/policies/p/identities/x:dry_run',
    'access-requests': '/access_requests/x',
  } as const;
  for (const [name, place] of Object.entries(paths)) {
    const { get, send } = await start({ neighbours: { [name]: trouble } });
    expect(await (name === 'dry-run' ? send('POST', place, {}) : get(place)), name).toMatchObject({
      status,
      body: { code },
    });
    expect((await get('/access_profiles?page_size=1')).status).toBe(200);
  }
});
