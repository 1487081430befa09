import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { adminKey, viewerKey } from '../../src/sandbox/server.ts';
import { base, start, worldOf } from './support.ts';

const world = worldOf({ id: 'p1' });
const encode = (text: string) => Buffer.from(text).toString('base64');

describe('error bodies', () => {
  // The two bodies are those of the official client's fixtures, with other names.
  test('400 has the field violations', async () => {
    const { send } = await start({ world });
    const { status, body } = await send('PATCH', '/access_profiles/p1', { name: '' });
    expect(status).toBe(400);
    expect(body).toEqual({
      code: 'InvalidArgument',
      message: 'Invalid Arguments',
      request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      timestamp: expect.stringMatching(/^2025-01-01T00:00:00\.\d{9}Z$/),
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.BadRequest',
          field_violations: [{ field: 'name', description: 'This field is required.' }],
        },
        {
          '@type': 'type.googleapis.com/errorstatus.v1.UserFacingErrorInfo',
          reason: 'INVALID_ARGUMENTS',
          metadata: {},
          message: 'Request includes invalid arguments.',
          resolution: 'Reference error details for the exact field violations.',
        },
      ],
    });
  });

  test('404 says what was not found', async () => {
    const { send } = await start({ world });
    const { status, body } = await send('PATCH', '/access_profiles/p9', {});
    expect(status).toBe(404);
    expect(body).toMatchObject({ code: 'NotFound', message: 'Not Found' });
    expect(body.details).toEqual([
      {
        '@type': 'type.googleapis.com/errorstatus.v1.ResourceInfo',
        resource_type: 'access_profile',
        resource: 'p9',
      },
      {
        '@type': 'type.googleapis.com/errorstatus.v1.UserFacingErrorInfo',
        reason: 'NOT_FOUND',
        metadata: {},
        message: 'Requested resource was not found.',
        resolution: '',
      },
    ]);
  });

  test.each([
    ['{"name": ', 'The request body is not JSON.'],
    ['', 'The request body is not JSON.'],
    ['["name"]', 'The request body is not a JSON object.'],
    ['null', 'The request body is not a JSON object.'],
  ])('the body %j is refused', async (text, message) => {
    const { send } = await start({ world });
    const { status, body } = await send('PATCH', '/access_profiles/p1', text);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'InvalidArgument', message });
  });
});

describe('callers', () => {
  test.each([
    ['no header', undefined, 'Missing API key'],
    ['another scheme', `Basic ${adminKey}`, 'Missing API key'],
    ['a key that is not base64', 'Bearer sandbox-admin!', 'Invalid API key'],
    ['a key of odd characters', `Bearer ${encode('\u0000\u0001')}`, 'Malformed API key'],
    ["nobody's key", `Bearer ${encode('somebody')}`, 'Invalid API key'],
  ])('%s: 401', async (_, authorization, message) => {
    const { sandbox } = await start({ world });
    const response = await fetch(`${sandbox.origin}${base}/access_profiles`, {
      headers: authorization === undefined ? {} : { authorization },
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'Unauthenticated', message });
  });

  test('a viewer reads and does not write', async () => {
    const { get, send } = await start({ world });
    expect((await get('/access_profiles', viewerKey)).status).toBe(200);
    const { status, body } = await send('PATCH', '/access_profiles/p1', { labels: ['a'] }, viewerKey);
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: 'PermissionDenied', message: 'Permission Denied' });
    expect((await get('/access_profiles')).body.values[0].labels).toEqual([]);
  });

  test('keys of their own, each of which sees its own profiles', async () => {
    const { get, send } = await start({
      world: worldOf({ id: 'eu', labels: ['eu'] }, { id: 'us', labels: ['us'], inherits: ['eu'] }),
      keys: [
        { key: 'eu-key', role: 'admin', visibleTo: ({ labels }) => labels.includes('eu') },
        { key: 'us-key', role: 'admin', user: 'uma', visibleTo: ({ labels }) => labels.includes('us') },
      ],
    });
    expect((await get('/access_profiles', 'eu-key')).body.values).toHaveLength(1);
    const [us] = (await get('/access_profiles', 'us-key')).body.values;
    // The id of a profile that this caller may not see still stands there.
    expect(us).toMatchObject({ id: 'us', access_profiles_inherited: ['eu'] });
    expect((await send('PATCH', '/access_profiles/us', { labels: [] }, 'eu-key')).status).toBe(404);
    expect((await get('/access_profiles/eu/versions/1/members', 'us-key')).status).toBe(404);
    expect((await get('/access_profiles', adminKey)).status).toBe(401);
    const made = await send(
      'POST',
      '/access_profiles',
      { name: 'n', state: 'RUNNING', profile_type: 'type' },
      'us-key',
    );
    expect(made.body.value.created_by).toBe('uma');
  });
});

describe('routes', () => {
  test.each([
    ['GET', '/nothing', 404, 'NotFound'],
    ['GET', '/access_profiles/p1', 405, 'Unimplemented'],
    ['DELETE', '/access_profiles/p1', 405, 'Unimplemented'],
    ['POST', '/access_profiles:available_integrations', 405, 'Unimplemented'],
    ['GET', '/access_profiles/p1/versions/1', 405, 'Unimplemented'],
    ['GET', '/access_profiles/p1/versions', 404, 'NotFound'],
    ['GET', '/access_profiles/p1/versions/2/members', 404, 'NotFound'],
    ['GET', '/access_profiles/p1/versions/one/members', 404, 'NotFound'],
    ['GET', '/access_profiles/%E0%A4%A/versions/1/members', 404, 'NotFound'],
  ])('%s %s: %i', async (method, path, status, code) => {
    const { sandbox } = await start({ world });
    const response = await fetch(`${sandbox.origin}${base}${path}`, {
      method,
      headers: { authorization: `Bearer ${adminKey}` },
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });
});

test('an odd request target is a 404, not the end', async () => {
  const { sandbox, get } = await start({ world });
  const { hostname, port } = new URL(sandbox.origin);
  const status = await new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${adminKey}` };
    request({ hostname, port, path: '//', headers }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(404);
  expect((await get('/access_profiles')).status).toBe(200);
});
