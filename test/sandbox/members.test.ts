import { describe, expect, test } from 'vitest';
import { start, violations, worldOf } from './support.ts';

const world = {
  ...worldOf(
    {
      id: 'p1',
      name: 'Sales',
      members: [{ identity_id: 'ada', created_from: 'BIRTHRIGHT', workflow: 'New hire' }, 'bob'],
    },
    { id: 'paused', state: 'PAUSED' },
  ),
  identities: [
    { id: 'ada', name: 'Ada Lovelace' },
    { id: 'bob', name: 'Bob' },
    { id: 'cyd', name: 'Cyd' },
  ],
};
const members = '/access_profiles/p1/versions/1/members';
const change = (type: string | number, ...ids: string[]) => ({
  access_profile_id: 'p1',
  version_number: 1,
  type,
  identity_ids: ids,
});
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe('members', () => {
  test('are listed without paging', async () => {
    const { get } = await start({ world });
    expect((await get(members)).body).toEqual({
      values: [
        {
          access_profile_id: 'p1',
          access_profile_name: 'Sales',
          created_from: 'BIRTHRIGHT',
          identity_id: 'ada',
          identity_name: 'Ada Lovelace',
          workflow: 'New hire',
        },
        {
          access_profile_id: 'p1',
          access_profile_name: 'Sales',
          created_from: 'ACCESS_PROFILE_MEMBERSHIP',
          identity_id: 'bob',
          identity_name: 'Bob',
          workflow: '',
        },
      ],
    });
  });

  test.each(['ADD', 0])('%s adds', async (type) => {
    const { get, send } = await start({ world });
    const { status, body } = await send('PUT', members, change(type, 'cyd', 'cyd', 'ada'));
    expect(status).toBe(200);
    expect(body).toEqual({ access_request_id: uuid, access_request_error_message: '' });
    expect((await get('/access_profiles')).body.values[0].current_version.members).toEqual(['ada', 'bob', 'cyd']);
  });

  test.each(['REMOVE', 1])('%s removes', async (type) => {
    const { get, send } = await start({ world });
    const { body } = await send('PUT', members, change(type, 'ada', 'cyd'));
    expect(body).toEqual({ access_request_id: uuid, access_request_error_message: '' });
    expect((await get('/access_profiles')).body.values[0].current_version.members).toEqual(['bob']);
  });

  test('unknown identities are told in a 200, and the others are added', async () => {
    const { get, send } = await start({ world });
    const { status, body } = await send('PUT', members, change('ADD', 'eve', 'cyd'));
    expect(status).toBe(200);
    expect(body).toEqual({
      access_request_id: uuid,
      access_request_error_message: 'Not managed by lifecycle management: eve.',
    });
    expect((await get(members)).body.values).toHaveLength(3);
  });

  test('nothing changed, nothing requested', async () => {
    const { send } = await start({ world });
    const { body } = await send('PUT', members, change('ADD', 'ada'));
    expect(body).toEqual({ access_request_id: '', access_request_error_message: '' });
  });

  test('a paused profile and a draft take members and request nothing', async () => {
    const { get, send } = await start({ world });
    const paused = '/access_profiles/paused/versions/1/members';
    const answer = await send('PUT', paused, { ...change('ADD', 'cyd'), access_profile_id: 'paused' });
    expect(answer.body).toEqual({ access_request_id: '', access_request_error_message: '' });
    expect((await get(paused)).body.values).toHaveLength(1);

    await send('PATCH', '/access_profiles/p1/versions/2', {});
    const draft = await send('PUT', '/access_profiles/p1/versions/2/members', {
      ...change('ADD', 'cyd'),
      version_number: 2,
    });
    expect(draft.body.access_request_id).toBe('');
    await send('PATCH', '/access_profiles/p1/versions/2', { state: 'PUBLISHED' });
    expect((await get('/access_profiles')).body.values[0].current_version.members).toEqual(['ada', 'bob', 'cyd']);
  });

  test('all four fields are needed, and agree with the path', async () => {
    const { send } = await start({ world });
    expect(violations(await send('PUT', members, {}))).toEqual([
      'access_profile_id: This field is required.',
      'version_number: The path names another.',
      'type: This field is required.',
      'identity_ids: This field is required.',
    ]);
    const other = { access_profile_id: 'paused', version_number: 2, type: 'SWAP', identity_ids: [] };
    expect(violations(await send('PUT', members, other))).toEqual([
      'access_profile_id: The path names another.',
      'version_number: The path names another.',
      'type: Expected one of ADD, REMOVE.',
      'identity_ids: This field is required.',
    ]);
  });
});
