import { describe, expect, test } from 'vitest';
import { start, violations, worldOf } from './support.ts';

const grant = (id: string) => ({ entity_type: 'Group', datasource_id: 'ds', entity_id: id });
const world = worldOf({ id: 'a' }, { id: 'b' }, { id: 'c', inherits: ['a'], entities: [grant('1')], members: ['ada'] });
const ids = (entities: readonly { entity_id: string }[]) => entities.map(({ entity_id }) => entity_id);

describe('the published version', () => {
  test('changes in place, list by list', async () => {
    const { get, send } = await start({ world });
    const { status, body } = await send('PATCH', '/access_profiles/c/versions/1', {
      entities_to_create_relationships_to: [grant('2'), grant('3')],
    });
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['value']);
    expect(body.value).toMatchObject({
      access_profile_id: 'c',
      version_number: 1,
      state: 'PUBLISHED',
      inherit_entities_from_access_profiles: ['a'],
      members: ['ada'],
    });
    expect(ids(body.value.entities_to_create_relationships_to)).toEqual(['2', '3']);
    const [, , profile] = (await get('/access_profiles')).body.values;
    expect(profile.current_version).toEqual(body.value);
    expect(profile.updated_at).toBe(body.value.updated_at);
  });

  test('an empty list clears', async () => {
    const { get, send } = await start({ world });
    const { body } = await send('PATCH', '/access_profiles/c/versions/1', {
      inherit_entities_from_access_profiles: [],
    });
    expect(body.value.inherit_entities_from_access_profiles).toEqual([]);
    expect(body.value.entities_to_create_relationships_to).toHaveLength(1);
    expect((await get('/access_profiles')).body.values[0].access_profiles_inherited_by).toEqual([]);
  });

  test('update_mask narrows it', async () => {
    const { send } = await start({ world });
    const { body } = await send(
      'PATCH',
      '/access_profiles/c/versions/1?update_mask=value.inherit_entities_from_access_profiles',
      { inherit_entities_from_access_profiles: ['b'], entities_to_create_relationships_to: [] },
    );
    expect(body.value.inherit_entities_from_access_profiles).toEqual(['b']);
    expect(body.value.entities_to_create_relationships_to).toHaveLength(1);
  });

  test.each(['DRAFT', 'RETIRED'])('cannot become %s', async (state) => {
    const { send } = await start({ world });
    const { status, body } = await send('PATCH', '/access_profiles/c/versions/1', { state });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 'FailedPrecondition',
      message: `A version that is PUBLISHED cannot become ${state}.`,
    });
  });
});

describe('drafts', () => {
  test('the next number makes one, and the published version stays', async () => {
    const { get, send } = await start({ world });
    const { body } = await send('PATCH', '/access_profiles/c/versions/2', {
      inherit_entities_from_access_profiles: ['a', 'b'],
    });
    expect(body.value).toMatchObject({
      version_number: 2,
      state: 'DRAFT',
      inherit_entities_from_access_profiles: ['a', 'b'],
      members: [],
      published_at: null,
      published_by: '',
    });
    expect(ids(body.value.entities_to_create_relationships_to)).toEqual(['1']);
    const [, , profile] = (await get('/access_profiles')).body.values;
    expect(profile).toMatchObject({ current_version_number: 1, draft_version_number: 2 });
    expect(profile.current_version.inherit_entities_from_access_profiles).toEqual(['a']);
    expect(profile.access_profiles_inherited).toEqual(['a']);
  });

  test('there is one at most, of the next number', async () => {
    const { send } = await start({ world });
    expect((await send('PATCH', '/access_profiles/c/versions/3', {})).status).toBe(404);
    expect((await send('PATCH', '/access_profiles/c/versions/2', {})).status).toBe(200);
    const missing = await send('PATCH', '/access_profiles/c/versions/3', {});
    expect(missing.status).toBe(404);
    expect(missing.body.details[0]).toMatchObject({ resource_type: 'access_profile_version', resource: 'c/3' });
  });

  test('a refused draft is none', async () => {
    const { get, send } = await start({ world });
    const answer = await send('PATCH', '/access_profiles/c/versions/2', {
      inherit_entities_from_access_profiles: ['x'],
    });
    expect(violations(answer)).toEqual(['inherit_entities_from_access_profiles[0]: There is no access profile "x".']);
    expect((await get('/access_profiles')).body.values[2].draft_version_number).toBe(0);
  });

  test('publishing replaces the published version and retires it', async () => {
    const { get, send } = await start({ world });
    await send('PATCH', '/access_profiles/c/versions/2', { inherit_entities_from_access_profiles: ['b'] });
    const { body } = await send('PATCH', '/access_profiles/c/versions/2', { state: 'PUBLISHED' });
    expect(body.value).toMatchObject({
      version_number: 2,
      state: 'PUBLISHED',
      published_by: 'sandbox-admin',
      members: ['ada'],
    });
    expect(body.value.published_at).toBe(body.value.updated_at);
    const [a, b, profile] = (await get('/access_profiles')).body.values;
    expect(profile).toMatchObject({ current_version_number: 2, draft_version_number: 0 });
    expect(profile.current_version).toEqual(body.value);
    expect([a.access_profiles_inherited_by, b.access_profiles_inherited_by]).toEqual([[], ['c']]);

    const retired = await send('PATCH', '/access_profiles/c/versions/1', { state: 'PUBLISHED' });
    expect(retired.body).toMatchObject({ code: 'FailedPrecondition', message: 'Version 1 is retired.' });
    expect((await send('PATCH', '/access_profiles/c/versions/3', {})).body.value.state).toBe('DRAFT');
  });

  test('made and published in one call', async () => {
    const { get, send } = await start({ world });
    await send('PATCH', '/access_profiles/c/versions/2', { state: 1, entities_to_create_relationships_to: [] });
    const [, , profile] = (await get('/access_profiles')).body.values;
    expect(profile).toMatchObject({ current_version_number: 2, draft_version_number: 0 });
    expect(profile.current_version.entities_to_create_relationships_to).toEqual([]);
  });

  test('can be read where unlisted reads are on', async () => {
    const { get, send } = await start({ world, unlistedReads: true });
    await send('PATCH', '/access_profiles/c/versions/2', { access_request_policy_id: 'policy' });
    expect((await get('/access_profiles/c/versions/2')).body.value).toMatchObject({
      state: 'DRAFT',
      access_request_policy_id: 'policy',
    });
    expect((await get('/access_profiles/c')).body.value).toMatchObject({ id: 'c', access_request_policy_id: '' });
    expect((await get('/access_profiles/c/versions/3')).status).toBe(404);
  });
});
