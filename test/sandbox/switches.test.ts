import { expect, test } from 'vitest';
import { start, worldOf } from './support.ts';

const world = worldOf({ id: 'p1', state: 'PAUSED', members: ['ada'] });

test('enums as integers', async () => {
  const { get, send } = await start({ world, integerEnums: true });
  const [profile] = (await get('/access_profiles')).body.values;
  expect(profile.state).toBe(2);
  expect(profile.current_version.state).toBe(1);
  expect((await get('/access_profiles_types')).body.values[0].on_create_behavior).toBe(0);
  expect((await get('/access_profiles/p1/versions/1/members')).body.values[0].created_from).toBe(1);
  expect((await send('PATCH', '/access_profiles/p1', { state: 'RUNNING' })).body.value.state).toBe(1);
});

test('64-bit integers as numbers', async () => {
  const { get } = await start({ world, int64AsNumber: true });
  expect((await get('/access_profiles_types')).body.values[0].time_before_sync_check_in_seconds).toBe(0);
});

test('members left out of versions, and details put into profiles', async () => {
  const { get } = await start({ world, membersInVersion: false, memberDetails: true });
  const [profile] = (await get('/access_profiles')).body.values;
  expect(profile.current_version.members).toEqual([]);
  expect(profile.member_details).toEqual((await get('/access_profiles/p1/versions/1/members')).body.values);
  expect(profile.member_details).toHaveLength(1);
});

test('a profile without a published version', async () => {
  const draft = { version_number: 1, state: 'DRAFT' } as const;
  const { get } = await start({ world: worldOf({ id: 'p1', versions: [draft] }) });
  expect((await get('/access_profiles')).body.values[0]).toMatchObject({
    current_version: null,
    current_version_number: 0,
    draft_version_number: 1,
  });
});

test('a port that is taken is an error', async () => {
  const { sandbox } = await start({ world });
  await expect(start({ world, port: Number(new URL(sandbox.origin).port) })).rejects.toThrow(/EADDRINUSE/);
});

test('closing twice is closing once', async () => {
  const { sandbox } = await start({ world });
  await sandbox.close();
  await sandbox.close();
  await expect(fetch(sandbox.origin)).rejects.toThrow(TypeError);
});
