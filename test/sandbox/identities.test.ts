import { describe, expect, test } from 'vitest';
import { profileId } from '../../src/sandbox/seed/company.ts';
import { identities } from '../../src/sandbox/seed/identities.ts';
import { personId, starter } from '../../src/sandbox/seed/people.ts';
import { policyIds } from '../../src/sandbox/seed/policies.ts';
import { permissionSet, snowflakeRole } from '../../src/sandbox/seed/systems.ts';
import { type Client, start, violations, worldOf } from './support.ts';

const person = (name: string) => `/identities/${personId(name)}`;

/** The rows of somebody's entitlements. */
async function entitlementsOf({ get }: Client, identityId: string) {
  const { policy_id, entity_id } = (await get(`/identities/${identityId}`)).body.value;
  return get(`/policies/${policy_id}/identities/${identityId}:list_entitlements?identity_entity_id=${entity_id}`);
}

const entityNames = (answer: { body: { values: { entity_name: string }[] } }) =>
  answer.body.values.map(({ entity_name }) => entity_name);

describe('identities', () => {
  test('tell who they are, and which profiles they have', async () => {
    const { get } = await start();
    expect((await get(person('Tomás Herrera'))).body).toEqual({
      value: {
        id: personId('Tomás Herrera'),
        policy_id: policyIds.employees,
        entity_type: 'WorkdayWorker',
        entity_id: 'W-10005',
        entity_name: 'Tomás Herrera',
        email: 'tomas.herrera@evergreen.example',
        title: 'Account Executive',
        department: 'Sales',
        active: true,
        access_profiles: [profileId('All Employees'), profileId('Account Executive')],
        access_profile_details: [
          {
            access_profile_id: profileId('All Employees'),
            access_profile_name: 'All Employees',
            created_from: 'BIRTHRIGHT',
          },
          {
            access_profile_id: profileId('Account Executive'),
            access_profile_name: 'Account Executive',
            created_from: 'ACCESS_PROFILE_MEMBERSHIP',
          },
        ],
        workflows_triggered: ['New hire'],
        last_checked_at: expect.stringMatching(/^2025-10-04T.*\d{9}Z$/),
      },
    });
  });

  test('of the built-in company are sixty, and each is answered', async () => {
    const { get } = await start();
    expect(new Set(identities.map(({ id }) => id)).size).toBe(60);
    const answers = await Promise.all(identities.map(({ id }) => get(`/identities/${id}`)));
    expect(new Set(answers.map(({ body }) => `${body.value.entity_type} ${body.value.entity_id}`)).size).toBe(59);
    const members = new Set<string>();
    const { body } = await get('/access_profiles?page_size=100');
    for (const profile of body.values) for (const id of profile.current_version.members) members.add(id);
    expect(members).toEqual(new Set(identities.map(({ id }) => id)));
  });

  test('one person is two identities, of two policies', async () => {
    const { get } = await start();
    const [contractor, employee] = [
      (await get(person(starter.name))).body.value,
      (await get(`/identities/${starter.identityId}`)).body.value,
    ];
    expect([contractor.policy_id, employee.policy_id]).toEqual([policyIds.contractors, policyIds.employees]);
    expect(employee.entity_id).toBe(contractor.entity_id);
    expect(employee.entity_name).toBe(contractor.entity_name);
    expect(contractor.access_profiles).toEqual([profileId('All Contractors')]);
    expect(employee.access_profiles).toEqual([profileId('All Employees')]);
  });

  test('one is inactive and a member, one tells fewer details than profiles', async () => {
    const { get } = await start();
    const webb = (await get(person('Marcus Webb'))).body.value;
    expect(webb).toMatchObject({ active: false });
    expect(webb.access_profiles).toContain(profileId('Accounts Payable'));
    const zhang = (await get(person('Wei Zhang'))).body.value;
    expect(zhang.access_profiles).toHaveLength(3);
    expect(zhang.access_profile_details).toHaveLength(1);
  });

  test('follow the members of profiles', async () => {
    const { get, send } = await start();
    const url = `/access_profiles/${profileId('Sales')}/versions/1/members`;
    const change = (type: string) => ({
      access_profile_id: profileId('Sales'),
      version_number: 1,
      type,
      identity_ids: [personId('Nils Berg')],
    });
    const profiles = async () => (await get(person('Nils Berg'))).body.value.access_profiles;
    await send('PUT', url, change('ADD'));
    expect(await profiles()).toEqual([profileId('All Employees'), profileId('Sales')]);
    await send('PUT', url, change('REMOVE'));
    expect(await profiles()).toEqual([profileId('All Employees')]);
  });

  test('switches: inherited profiles, and a member that nobody described', async () => {
    const { get } = await start({ inheritedInIdentities: true, identityNode: true, integerEnums: true });
    const { value } = (await get(person('Tomás Herrera'))).body;
    expect(value.access_profiles).toContain(profileId('Workforce Identity'));
    expect(value.primary_node).toEqual({ properties: { home_address: 'sandbox-private-detail' } });
    expect(value.access_profile_details[0].created_from).toBe(2);
  });

  test('nobody else is known', async () => {
    const { get } = await start();
    const answer = await get('/identities/nobody');
    expect(answer.status).toBe(404);
    expect(answer.body.details[0]).toMatchObject({ resource_type: 'identity', resource: 'nobody' });
  });
});

describe('entitlements of an identity', () => {
  test('are the live profiles and what they grant', async () => {
    const client = await start();
    const { body } = await entitlementsOf(client, personId('Mei Lin'));
    expect(
      body.values.map(({ entity_type, entity_name }: Record<string, string>) => `${entity_type} ${entity_name}`),
    ).toEqual([
      'VezaAccessProfile All Contractors',
      'VezaAccessProfile Contract Engineering',
      'AwsIamRole Developer',
      'AwsIamRole ReadOnly',
      'AwsIamRole ReadOnly',
      'OktaApp GitHub',
      'OktaApp Jira',
      'OktaApp CircleCI',
      'OktaGroup Everyone',
      'ActiveDirectoryGroup Domain Staff',
      'GoogleWorkspaceGroup All Hands',
    ]);
    expect(body.values[0]).toMatchObject({
      policy_id: policyIds.contractors,
      policy_identity_id: personId('Mei Lin'),
      provider_external_id: 'veza-internal',
      entity_id: profileId('All Contractors'),
      created_from: 'OTHER',
      sync_relationship: null,
    });
    expect(body.values[2]).toMatchObject({
      provider_external_id: '444455556666',
      local_user_entity_type: 'AwsIamIdentityCenterUser',
      // The data source is disabled.
      lifecycle_management_enabled: false,
    });
  });

  test('leave out what a paused profile on the way would grant', async () => {
    const grant = (id: string) => ({ entity_type: 'Group', datasource_id: 'ds', entity_id: id, entity_name: id });
    const client = await start({
      world: worldOf(
        { id: 'top', entities: [grant('1')] },
        { id: 'paused', state: 'PAUSED', inherits: ['top'], entities: [grant('2')] },
        { id: 'live', inherits: ['paused'], entities: [grant('3')], members: ['ada'] },
        { id: 'own', state: 'DRY_RUN', entities: [grant('4')], members: ['ada'] },
      ),
    });
    const rows = async () => entityNames(await entitlementsOf(client, 'ada'));
    expect(await rows()).toEqual(['live', '3']);
    client.sandbox.store.editProfile('paused', { state: 'RUNNING' });
    expect((await rows()).toSorted()).toEqual(['1', '2', '3', 'live']);
  });

  test('hold what no profile gives, and lack what is not in the graph yet', async () => {
    const client = await start();
    const robin = await entitlementsOf(client, personId('Robin Example'));
    expect(entityNames(robin)).toEqual(expect.arrayContaining(['SANDBOX_OWNER', 'LOADER', 'ANALYST']));
    const { body } = await client.get('/access_profiles?page_size=100');
    expect(JSON.stringify(body)).not.toContain(snowflakeRole('SANDBOX_OWNER').entity_id);
    const ids = (await entitlementsOf(client, personId('Kofi Mensah'))).body.values.map(
      ({ entity_id }: { entity_id: string }) => entity_id,
    );
    expect(ids).not.toContain(permissionSet('Developer').entity_id);
    expect(ids).toContain(permissionSet('Sales User').entity_id);
  });

  test('need the id of the source, which has to be that of the identity', async () => {
    const { get } = await start();
    const url = `/policies/${policyIds.contractors}/identities/${personId('Mei Lin')}:list_entitlements`;
    expect(violations(await get(url))).toEqual(['identity_entity_id: This field is required.']);
    expect((await get(`${url}?identity_entity_id=W-1`)).status).toBe(404);
    expect(
      (await get(`/policies/other/identities/${personId('Mei Lin')}:list_entitlements?identity_entity_id=W-1`)).status,
    ).toBe(404);
  });

  test('in pages, and as they were at the start', async () => {
    const client = await start({ pagedEntitlements: true, graphLags: true, pageSize: 3 });
    const { body } = await entitlementsOf(client, personId('Mei Lin'));
    expect(body.values).toHaveLength(3);
    expect(body.has_more).toBe(true);
    client.sandbox.store.editProfile(profileId('Contract Engineering'), { state: 'PAUSED' });
    expect((await entitlementsOf(client, personId('Mei Lin'))).body).toEqual(body);
  });
});
