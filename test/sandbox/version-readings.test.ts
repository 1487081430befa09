import { describe, expect, test } from 'vitest';
import { start, violations, worldOf } from './support.ts';

const grant = (id: string) => ({ entity_type: 'Group', datasource_id: 'ds', entity_id: id });
const world = worldOf(
  { id: 'a' },
  { id: 'b' },
  {
    id: 'c',
    versions: [
      { version_number: 1, state: 'RETIRED', entities_to_create_relationships_to: [grant('1')] },
      { version_number: 2, state: 'PUBLISHED', entities_to_create_relationships_to: [grant('2')] },
      { version_number: 3, state: 'DRAFT', entities_to_create_relationships_to: [grant('3')] },
    ],
  },
);
const path = (version: number) => `/access_profiles/c/versions/${version}`;
const ids = (version: { entities_to_create_relationships_to: { entity_id: string }[] }) =>
  version.entities_to_create_relationships_to.map(({ entity_id }) => entity_id);

describe('reads of a version', () => {
  test('are not there unless they are switched on', async () => {
    const { get } = await start({ world });
    const statuses = ['/access_profiles/c?version=1', path(1), '/access_profiles/c/versions'].map(
      async (each) => (await get(each)).status,
    );
    // PATCH is what the first two paths know.
    expect(await Promise.all(statuses)).toEqual([405, 405, 404]);
  });

  test.each([1, 2, 3])('in the place of the current one: version %i', async (number) => {
    const { get } = await start({ world, versionParameter: 'inside' });
    const { value } = (await get(`/access_profiles/c?version=${number}`)).body;
    expect(value).toMatchObject({ id: 'c', current_version_number: 2, draft_version_number: 3 });
    expect(value.current_version.version_number).toBe(number);
    expect(ids(value.current_version)).toEqual([String(number)]);
    expect((await get('/access_profiles/c?version=4')).status).toBe(404);
    expect((await get('/access_profiles/c')).body.value.current_version.version_number).toBe(2);
    expect((await get(path(1))).status).toBe(405);
  });

  test('beside the profile', async () => {
    const { get } = await start({ world, versionParameter: 'beside' });
    const { value, version } = (await get('/access_profiles/c?version=3')).body;
    expect(value.current_version.version_number).toBe(2);
    expect(version).toMatchObject({ version_number: 3, state: 'DRAFT' });
  });

  test('ignored, and refused', async () => {
    const { get } = await start({ world, versionParameter: 'ignored' });
    const { status, body } = await get('/access_profiles/c?version=9');
    expect([status, body.value.current_version.version_number]).toEqual([200, 2]);
    const { get: strict } = await start({ world, versionParameter: 'refused' });
    expect(violations(await strict('/access_profiles/c?version=1'))).toEqual(['version: Unknown parameter.']);
  });

  test('by path, and as a list in pages', async () => {
    const { get } = await start({ world, versionRead: true, versionList: true, pageSize: 2 });
    expect(ids((await get(path(1))).body.value)).toEqual(['1']);
    expect((await get('/access_profiles/c')).status).toBe(405);
    const first = (await get('/access_profiles/c/versions')).body;
    expect(first.values.map(({ state }: { state: string }) => state)).toEqual(['RETIRED', 'PUBLISHED']);
    expect(first.has_more).toBe(true);
    expect((await get('/access_profiles/none/versions')).status).toBe(404);
  });
});

describe('drafts', () => {
  test('are made by a POST, with what it changes', async () => {
    const { get, send } = await start({ world, drafts: 'post', versionRead: true });
    expect((await send('PATCH', '/access_profiles/a/versions/2', {})).status).toBe(404);
    const { body } = await send('POST', '/access_profiles/a/versions', {
      inherit_entities_from_access_profiles: ['b'],
    });
    expect(body.value).toMatchObject({
      version_number: 2,
      state: 'DRAFT',
      inherit_entities_from_access_profiles: ['b'],
    });
    expect((await get('/access_profiles/a/versions/2')).body.value).toEqual(body.value);
    expect((await send('POST', '/access_profiles/a/versions', {})).body.code).toBe('FailedPrecondition');
    const cycle = { inherit_entities_from_access_profiles: ['b'] };
    expect(violations(await send('POST', '/access_profiles/b/versions', cycle))).toHaveLength(1);
  });

  test('cannot be made, and those that are there can be changed', async () => {
    const { send } = await start({ world, drafts: 'none' });
    expect((await send('PATCH', '/access_profiles/a/versions/2', {})).status).toBe(404);
    expect((await send('POST', '/access_profiles/a/versions', {})).status).toBe(404);
    const { body } = await send('PATCH', path(3), { entities_to_create_relationships_to: [grant('4')] });
    expect(ids(body.value)).toEqual(['4']);
  });

  test('are published only where the mask names the state', async () => {
    const { send } = await start({ world, publishing: 'mask' });
    expect((await send('PATCH', path(3), { state: 'PUBLISHED' })).body.value.state).toBe('DRAFT');
    const masked = await send('PATCH', `${path(3)}?update_mask=value.state`, { state: 'PUBLISHED' });
    expect(masked.body.value.state).toBe('PUBLISHED');
  });

  test('cannot be published', async () => {
    const { send } = await start({ world, publishing: 'none' });
    expect((await send('PATCH', path(3), { state: 'PUBLISHED' })).body).toMatchObject({
      code: 'FailedPrecondition',
      message: 'A version that is DRAFT cannot become PUBLISHED.',
    });
  });

  test('are dropped by RETIRED, and make room for another', async () => {
    const { get, send } = await start({ world });
    expect((await send('PATCH', path(3), { state: 'RETIRED' })).body.value.state).toBe('RETIRED');
    expect((await get('/access_profiles')).body.values[2]).toMatchObject({
      current_version_number: 2,
      draft_version_number: 0,
    });
    expect((await send('PATCH', path(4), {})).body.value).toMatchObject({ version_number: 4, state: 'DRAFT' });
    const { send: refusing } = await start({ world, retiring: 'none' });
    expect((await refusing('PATCH', path(3), { state: 'RETIRED' })).status).toBe(400);
  });
});

describe('the published version', () => {
  test('can be retired, and leaves a profile without one', async () => {
    const { get, send } = await start({ world, retiring: 'any' });
    expect((await send('PATCH', path(2), { state: 'RETIRED' })).body.value.state).toBe('RETIRED');
    expect((await get('/access_profiles')).body.values[2]).toMatchObject({
      current_version: null,
      current_version_number: 0,
      draft_version_number: 3,
    });
  });

  test('refuses changes', async () => {
    const { send } = await start({ world, publishedVersion: 'refused' });
    const answer = await send('PATCH', path(2), { entities_to_create_relationships_to: [] });
    expect(answer.body).toMatchObject({ code: 'FailedPrecondition', message: 'Version 2 is published.' });
  });

  test('stays, and a change of it goes to the draft', async () => {
    const { get, send } = await start({ world, publishedVersion: 'drafts', versionRead: true });
    const made = await send('PATCH', '/access_profiles/a/versions/1', { inherit_entities_from_access_profiles: ['b'] });
    expect(made.body.value).toMatchObject({ version_number: 2, state: 'DRAFT' });
    const changed = await send('PATCH', path(2), { inherit_entities_from_access_profiles: ['b'] });
    expect(changed.body.value).toMatchObject({
      version_number: 3,
      state: 'DRAFT',
      inherit_entities_from_access_profiles: ['b'],
    });
    expect(ids(changed.body.value)).toEqual(['3']);
    expect(ids((await get(path(2))).body.value)).toEqual(['2']);
    expect((await get('/access_profiles')).body.values[0]).toMatchObject({
      access_profiles_inherited: [],
      draft_version_number: 2,
    });
  });
});
