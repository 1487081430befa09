import { describe, expect, test } from 'vitest';
import { profileId } from '../../src/sandbox/seed/company.ts';
import { personId } from '../../src/sandbox/seed/people.ts';
import { policyIds } from '../../src/sandbox/seed/policies.ts';
import { systems } from '../../src/sandbox/seed/systems.ts';
import { viewerKey } from '../../src/sandbox/server.ts';
import { names, query, start } from './support.ts';

describe('policies', () => {
  test('are listed with their current version, one of them without', async () => {
    const { get } = await start();
    const answer = await get('/policies');
    expect(names(answer)).toEqual(['Employee lifecycle', 'Contractor lifecycle', 'Sales development pilot']);
    expect(answer.body).toMatchObject({ next_page_token: expect.any(String), has_more: false });
    const [employees, contractors, pilot] = answer.body.values;
    expect(employees).toMatchObject({
      id: policyIds.employees,
      state: 'RUNNING',
      current_version_number: 2,
      draft_version_number: 0,
      entity_type: 'WorkdayWorker',
      datasource_ids: [systems.workday.id],
      access_profiles_used: [profileId('All Employees'), profileId('IT')],
      provider_external_ids: [systems.workday.provider_external_id],
    });
    expect(contractors.access_profiles_used).toEqual([
      profileId('All Contractors'),
      profileId('Contractor Onboarding'),
    ]);
    expect((await get(`/access_profiles${query({ filter: '', page_size: '100' })}`)).body.values).not.toContainEqual(
      expect.objectContaining({ id: profileId('Contractor Onboarding') }),
    );
    expect(pilot).toMatchObject({
      state: 'INITIAL',
      current_version_number: 0,
      draft_version_number: 1,
      current_version: null,
      access_profiles_used: [],
    });
  });

  test('name a profile somewhere in an action that a workflow runs', async () => {
    const { get } = await start();
    const { config } = (await get(`/policies/${policyIds.employees}`)).body.value.current_version;
    const [, workflow] = config.workflows;
    const action = config.actions.find(
      ({ name }: { name: string }) => name === workflow.conditions_on_success[0].actions_to_run[0].name,
    );
    expect(workflow.name).toBe('Joins IT');
    expect(action.type).toBe('MANAGE_RELATIONSHIPS');
    expect(JSON.stringify(action.config)).toContain(`"${profileId('IT')}"`);
  });

  test('are used by the profiles that say so', async () => {
    const { get } = await start();
    const used = new Set(
      (await get('/policies')).body.values.flatMap(
        (policy: { access_profiles_used: string[] }) => policy.access_profiles_used,
      ),
    );
    const { values } = (await get('/access_profiles?page_size=100')).body;
    for (const { id, used_by_workflow } of values) expect(used.has(id), id).toBe(used_by_workflow);
  });

  test('in pages, as integers, and without the profiles', async () => {
    const { get } = await start({ pageSize: 2, integerEnums: true, policiesHideProfiles: true });
    const first = await get('/policies');
    expect(first.body.values[0]).toMatchObject({ state: 1, access_profiles_used: [], current_version: { state: 1 } });
    expect(first.body.values[0].current_version.config.actions[0].type).toBe(2);
    const rest = await get(`/policies${query({ page_token: first.body.next_page_token })}`);
    expect([...names(first), ...names(rest)]).toHaveLength(3);
    expect((await get('/policies/none')).status).toBe(404);
  });

  test('as the curated pages show them', async () => {
    const { get } = await start({ curatedShapes: true });
    const { body } = await get('/policies?limit=1&offset=1');
    expect(body.data.map(({ name, state }: Record<string, string>) => `${name} ${state}`)).toEqual([
      'Contractor lifecycle active',
    ]);
    expect(body.pagination).toEqual({ total: 3, limit: 1, offset: 1, has_more: true });
    expect((await get('/policies?limit=2&offset=1')).body.pagination.has_more).toBe(false);
    expect((await get('/policies?state=active')).body.data).toHaveLength(2);
    expect((await get(`/policies/${policyIds.pilot}`)).body.data.state).toBe('INITIAL');
  });
});

describe('the dry run of a policy', () => {
  test('tells the workflows and profiles, and may be asked for by a viewer', async () => {
    const { send } = await start();
    const { status, body } = await send(
      'POST',
      `/policies/${policyIds.employees}/identities/${personId('Emma Fischer')}:dry_run`,
      { policy_id: policyIds.employees, version_number: 2 },
      viewerKey,
    );
    expect(status).toBe(200);
    expect(body).toEqual({
      workflows_matched: ['New hire', 'Joins IT'],
      messages: [],
      access_profile_ids: [profileId('All Employees'), profileId('IT')],
      job_requests: [],
    });
  });

  test('of another version, of somebody whom nothing matches, and of an identity of another policy', async () => {
    const { send } = await start();
    const run = (name: string, version: number, policy = policyIds.employees) =>
      send('POST', `/policies/${policy}/identities/${personId(name)}:dry_run`, { version_number: version });
    expect((await run('Emma Fischer', 1)).body.access_profile_ids).toEqual([profileId('Workforce Identity')]);
    expect((await run('Marcus Webb', 0)).body).toMatchObject({ workflows_matched: [], access_profile_ids: [] });
    expect((await run('Emma Fischer', 9)).status).toBe(404);
    expect((await run('Emma Fischer', 0, policyIds.contractors)).status).toBe(404);
  });
});
