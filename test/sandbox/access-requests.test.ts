import { describe, expect, test } from 'vitest';
import { steppingClock } from '../../src/sandbox/clock.ts';
import { accessRequestId } from '../../src/sandbox/seed/policies.ts';
import { type SandboxOptions, viewerKey } from '../../src/sandbox/server.ts';
import { start, worldOf } from './support.ts';

const entity = { entity_type: 'Group', datasource_id: 'ds', entity_id: '1' };
const world = {
  ...worldOf({ id: 'top', entities: [entity] }, { id: 'p1', inherits: ['top'], members: ['ada'] }),
  identities: ['ada', 'bob', 'cyd'].map((id) => ({ id, name: id })),
};
const members = '/access_profiles/p1/versions/1/members';
const change = (type: string, ...ids: string[]) => ({
  access_profile_id: 'p1',
  version_number: 1,
  type,
  identity_ids: ids,
});

/** A sandbox where a second passes between two readings of the clock. */
const startSlow = (options: SandboxOptions = {}) =>
  start({ world, clock: steppingClock('2025-01-01T00:00:00Z', 1_000_000_000n), ...options });

describe('access requests', () => {
  test('are made by changes of members, and go from INITIAL to an end', async () => {
    const { get, send } = await startSlow({ accessRequestSeconds: 3 });
    const { body } = await send('PUT', members, change('ADD', 'ada', 'bob', 'cyd', 'nobody'));
    const url = `/access_requests/${body.access_request_id}`;
    const first = await get(url);
    expect(first.body.value).toMatchObject({
      id: body.access_request_id,
      state: 'INITIAL',
      request_type: 'GRANT',
      access_profile_id: 'p1',
    });
    // Of those who were no members before.
    expect(first.body.plans).toMatchObject([
      { state: 'INITIAL', plan_jobs: [{ identity_id: 'bob', data_source: { id: 'ds' } }], error_message: '' },
      { state: 'INITIAL', plan_jobs: [{ identity_id: 'cyd', data_source: { id: 'ds' } }], error_message: '' },
    ]);
    expect((await get(url)).body.value.state).toBe('COMPLETED');

    const removed = await send('PUT', members, change('REMOVE', 'ada'));
    expect((await get(`/access_requests/${removed.body.access_request_id}`)).body).toMatchObject({
      value: { request_type: 'REVOKE' },
      plans: [{ plan_jobs: [{ identity_id: 'ada' }] }],
    });
  });

  test('are known in four states, of which one is an error', async () => {
    const { get } = await start();
    for (const state of ['COMPLETED', 'WAITING_FOR_APPROVAL', 'NEEDS_MORE_INFORMATION', 'ERRORED']) {
      const { body } = await get(`/access_requests/${accessRequestId(state)}`);
      expect(body.value.state).toBe(state);
      expect(body.plans[0].error_message === '').toBe(state !== 'ERRORED');
    }
    expect((await get('/access_requests/none')).status).toBe(404);
    expect((await get(`/access_requests/${accessRequestId('ERRORED')}`, viewerKey)).status).toBe(403);
  });

  test.each([
    ['waits', 'WAITING_FOR_APPROVAL', ''],
    ['fails', 'ERRORED', 'The target refused the change.'],
    ['unknown', 'SENT_TO_THE_MOON', ''],
    ['untold', undefined, ''],
  ] as const)('%s: the state is %s', async (accessRequests, state, error) => {
    const { get, send } = await startSlow({ accessRequests, accessRequestSeconds: 0 });
    const { body } = await send('PUT', members, change('ADD', 'bob'));
    const answer = await get(`/access_requests/${body.access_request_id}`);
    expect(answer.body.value.state).toBe(state);
    expect(answer.body.plans[0].error_message).toBe(error);
  });

  test('as integers, but for a state that has none', async () => {
    const { get, send } = await startSlow({ integerEnums: true, accessRequestSeconds: 0 });
    const { body } = await send('PUT', members, change('ADD', 'bob'));
    const answer = await get(`/access_requests/${body.access_request_id}`);
    expect(answer.body.value.state).toBe(4);
    expect(answer.body.plans[0].plan_jobs[0].action_type).toBe(2);
  });

  test('refused: the members change, and a message says why nobody is given anything', async () => {
    const { get, send } = await startSlow({ accessRequests: 'refused' });
    expect((await send('PUT', members, change('ADD', 'bob'))).body).toEqual({
      access_request_id: '',
      access_request_error_message: 'The request was refused.',
    });
    expect((await get(members)).body.values).toHaveLength(2);
  });

  test('disabled: nothing that needs them works', async () => {
    const { get, send } = await startSlow({ accessRequests: 'disabled' });
    const answer = await send('PUT', members, change('ADD', 'bob'));
    expect(answer).toMatchObject({ status: 400, body: { code: 'FailedPrecondition' } });
    expect((await get('/access_requests/x')).status).toBe(400);
    expect((await get(members)).body.values).toHaveLength(1);
  });
});
