import { describe, expect, test } from 'vitest';
import { viewerKey } from '../../src/sandbox/server.ts';
import { query, start, violations, worldOf } from './support.ts';

const path = '/api/preview/system/audit';
const world = worldOf({ id: 'p1' }, { id: 'p2' });
const since = (text = '') => `ended_at GE "2024-12-31T00:00:00.000000001Z"${text}`;
const ask = (filter = since(), size = '100') => `${path}${query({ filter, page_size: size })}`;
const urls = (answer: { body: { values: { url: string }[] } }) => answer.body.values.map(({ url }) => url);
const profile = (id: string) => `/api/private/lifecycle_management/access_profiles/${id}`;

describe('the audit log', () => {
  test('tells of each write, with both bodies, newest first, and of no read', async () => {
    const { get, send } = await start({ world });
    const changed = await send('PATCH', '/access_profiles/p1?update_mask=labels', { labels: ['a'] });
    const refused = await send('PATCH', '/access_profiles/none', { labels: [] });
    await send('PATCH', '/access_profiles/p1', {}, viewerKey);
    await get('/access_profiles');
    const { body } = await get(ask());
    expect(body.values).toMatchObject([
      {
        identity: { user_id: 'sandbox-viewer' },
        status: { grpc_code: 'PermissionDenied', http_status: 403 },
        url: profile('p1'),
      },
      { status: { grpc_code: 'NotFound', http_status: 404 }, url: profile('none'), response: refused.body },
      {
        identity: { user_id: 'sandbox-admin', email: 'sandbox-admin@evergreen.example' },
        status: { grpc_code: 'OK', http_status: 200, error_reason: 'OK' },
        endpoint: '/lifecyclemanagement.v1.AccessProfileService/updateProfile',
        method: 'PATCH',
        url: `${profile('p1')}?update_mask=labels`,
        request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        request: { labels: ['a'] },
        response: changed.body,
        ended_at: expect.stringMatching(/^2025-01-01T.*Z$/),
      },
    ]);
    expect(body).toMatchObject({ next_page_token: '', has_more: false });
  });

  test('tells of a write whose reply nobody got', async () => {
    const { sandbox, get, send } = await start({ world });
    sandbox.faults.add({ kind: 'reset-after' });
    await expect(send('PATCH', '/access_profiles/p1', { labels: ['a'] })).rejects.toThrow(TypeError);
    expect(urls(await get(ask()))).toEqual([profile('p1')]);
  });

  test('has conditions', async () => {
    const { get } = await start({ world });
    expect(violations(await get(`${path}${query({ filter: since() })}`))).toEqual([
      'page_size: Expected a number from 1 to 10000.',
    ]);
    const bound = ['filter: Expected "ended_at GE", at most 90 days back.'];
    expect(violations(await get(ask('method eq "PATCH"')))).toEqual(bound);
    expect(violations(await get(ask('ended_at ge "2024-09-01T00:00:00Z"')))).toEqual(bound);
    expect(violations(await get(ask(`${since()} or method eq "PUT"`)))).toEqual(bound);
    expect(violations(await get(ask(since(' and user_email eq "x"'))))).toEqual([
      'filter: Operator "eq" for "user_email" is not supported.',
    ]);
    expect(violations(await get(ask(since(' and url sw "/api"'))))).toHaveLength(1);
    expect((await get(ask(), viewerKey)).status).toBe(403);
  });

  test.each([false, true])('is filtered and comes in pages; oldest first: %s', async (auditOldestFirst) => {
    const { get, send } = await start({ world, auditOldestFirst });
    for (const id of ['p1', 'p2', 'p1', 'p1']) await send('PATCH', `/access_profiles/${id}`, { labels: [id] });
    await send('PUT', '/access_profiles/p1/versions/1/members', {});
    const first = await get(ask(since(' and url co "/access_profiles/p1" and method eq "PATCH"'), '2'));
    expect(urls(first)).toEqual([profile('p1'), profile('p1')]);
    expect(first.body.has_more).toBe(true);
    // What comes meanwhile moves nothing.
    await send('PATCH', '/access_profiles/p1', { labels: ['late'] });
    const token = first.body.next_page_token;
    const rest = await get(`${path}${query({ page_token: token, page_size: '10' })}`);
    expect(urls(rest)).toHaveLength(auditOldestFirst ? 2 : 1);
    expect(violations(await get(`${path}${query({ page_token: token, page_size: '10', filter: since() })}`))).toEqual([
      'filter: The page token carries the filter: send one of them.',
    ]);
    expect((await get(`${path}?page_size=10&page_token=x`)).status).toBe(400);
  });

  test('has an envelope of another name, and may be forbidden', async () => {
    const { get } = await start({ world, auditEnvelope: 'audits' });
    expect((await get(ask())).body).toEqual({ audits: [], next_page_token: '', has_more: false });
    const { get: none } = await start({ world, neighbours: { audit: 'forbidden' } });
    expect((await none(ask())).status).toBe(403);
  });
});
