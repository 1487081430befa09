import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminKey } from '../../src/sandbox/server.ts';
import { type Answer, gatewayTo } from '../support/gateway.ts';
import { isList, isTypeList } from './deviants/rewrite.ts';
import type { ApiReply, ApiRequest, Json } from './upstream.ts';
import { startUpstream, type Upstream } from './upstream.ts';
import { trickyWorld } from './world.ts';

/** What an upstream says when it fails; none of it may leave the gateway. */
const secret = 'secret-of-the-upstream';

interface Failure {
  readonly name: string;
  readonly reply: ApiReply;
  readonly code: string;
}

const failures: readonly Failure[] = [
  { name: '500', reply: problem(500, 'Internal'), code: 'UPSTREAM_UNAVAILABLE' },
  { name: '503 from a proxy', reply: { status: 503, text: `<html>${secret}</html>` }, code: 'UPSTREAM_UNAVAILABLE' },
  { name: '504', reply: { status: 504, text: '' }, code: 'UPSTREAM_TIMEOUT' },
  { name: '401', reply: problem(401, 'Unauthenticated'), code: 'UNAUTHENTICATED' },
  { name: '403', reply: problem(403, 'PermissionDenied'), code: 'FORBIDDEN' },
  { name: '404', reply: problem(404, 'NotFound'), code: 'NOT_FOUND' },
  {
    name: '429',
    reply: { ...problem(429, 'ResourceExhausted'), headers: { 'retry-after': '7' } },
    code: 'RATE_LIMITED',
  },
  {
    name: 'a redirect',
    reply: { status: 302, text: '', headers: { location: `https://${secret}/` } },
    code: 'UPSTREAM_INVALID_RESPONSE',
  },
  { name: 'HTML in a 200', reply: { status: 200, text: `<html>${secret}</html>` }, code: 'UPSTREAM_INVALID_RESPONSE' },
  {
    name: 'half of some JSON',
    reply: { status: 200, text: `{"values": ["${secret}"` },
    code: 'UPSTREAM_INVALID_RESPONSE',
  },
  { name: 'nothing in a 200', reply: { status: 200, text: '' }, code: 'UPSTREAM_INVALID_RESPONSE' },
  ...[
    null,
    7,
    'text',
    { error: secret },
    { values: {} },
    { values: 'x' },
    { values: [secret] },
    { values: [null] },
  ].map(
    (json: Json): Failure => ({
      name: JSON.stringify(json),
      reply: { status: 200, json },
      code: 'UPSTREAM_INVALID_RESPONSE',
    }),
  ),
];

function problem(status: number, code: string): ApiReply {
  return {
    status,
    json: { code, message: secret, request_id: '1091d23a67ad44a63723fc050280e5ae', details: [{ '@type': secret }] },
  };
}

let upstream: Upstream;
let strike: (request: ApiRequest) => ApiReply | null = () => null;

beforeAll(async () => {
  upstream = await startUpstream(trickyWorld, {
    name: 'failing',
    sandbox: { openFilters: true },
    changes: true,
    answer: async (request, next) => strike(request) ?? next(request),
  });
});
afterAll(() => upstream.close());

/** The answer of a gateway of its own while some requests fail. Whatever it is, it must tell nothing. */
async function askWhile(failing: typeof strike, query: string): Promise<Answer> {
  strike = failing;
  await using gateway = gatewayTo(upstream.origin);
  const answer = await gateway.ask(query);
  const told = JSON.stringify(answer.errors ?? []);
  for (const hidden of [secret, adminKey, upstream.origin, '127.0.0.1', 'stack', 'node_modules']) {
    expect(told).not.toContain(hidden);
  }
  return answer;
}

describe.each(failures)('$name', ({ reply, code }) => {
  const failure = { extensions: expect.objectContaining({ code }) };

  it('as list of types: the type is null, the rest is there', async () => {
    const answer = await askWhile(
      (request) => (isTypeList(request) ? reply : null),
      '{ accessProfile(id: "bottom") { name type { name } inheritsFrom { name } } }',
    );
    expect(answer.data).toEqual({
      accessProfile: { name: 'Bottom', type: null, inheritsFrom: [{ name: 'Left' }, { name: 'Right' }] },
    });
    expect(answer.errors).toEqual([expect.objectContaining({ ...failure, path: ['accessProfile', 'type'] })]);
  });

  it('as list of members: the members are null, and an error says why', async () => {
    const answer = await askWhile(
      ({ path }) => (path.endsWith('/members') ? reply : null),
      '{ accessProfile(id: "base") { name members { identityId } currentVersion { members { identityId } } } }',
    );
    expect(answer.data).toEqual({ accessProfile: { name: 'Base', members: null, currentVersion: { members: null } } });
    expect(answer.errors).toEqual([
      expect.objectContaining({ ...failure, path: ['accessProfile', 'members'] }),
      expect.objectContaining({ ...failure, path: ['accessProfile', 'currentVersion', 'members'] }),
    ]);
  });

  it('as list of profiles: the list is null, with one error at its path', async () => {
    const answer = await askWhile(
      (request) => (isList(request) ? reply : null),
      '{ accessProfiles { nodes { name } } }',
    );
    expect(answer.data).toEqual({ accessProfiles: null });
    expect(answer.errors).toEqual([expect.objectContaining({ ...failure, path: ['accessProfiles'] })]);
  });

  it('as list of integrations: the list is null, with one error at its path', async () => {
    const answer = await askWhile(
      ({ path }) => (path.endsWith(':available_integrations') ? reply : null),
      '{ integrations }',
    );
    expect(answer.data).toEqual({ integrations: null });
    expect(answer.errors).toEqual([expect.objectContaining({ ...failure, path: ['integrations'] })]);
  });
});

describe.each(failures.filter(({ name }) => name !== '404'))('$name: profiles by id', ({ reply, code }) => {
  // The list as well: where it can be read, it answers what a chain of ids does not.
  const isBatch = (request: ApiRequest) => isList(request) && request.query.get('filter') !== 'id eq "bottom"';
  const extensions = expect.objectContaining({ code });

  it('make an edge null, with an error at its path', async () => {
    const answer = await askWhile(
      (request) => (isBatch(request) ? reply : null),
      '{ accessProfile(id: "bottom") { name type { name } inheritsFrom { name } missingParentIds inheritedBy { name } } }',
    );
    expect(answer.data).toEqual({
      accessProfile: {
        name: 'Bottom',
        type: { name: 'Application' },
        inheritsFrom: null,
        missingParentIds: null,
        // That there are no children is not proven either.
        inheritedBy: null,
      },
    });
    expect(answer.errors?.map(({ path }) => path?.join('.')).sort()).toEqual([
      'accessProfile.inheritedBy',
      'accessProfile.inheritsFrom',
      'accessProfile.missingParentIds',
    ]);
    for (const error of answer.errors ?? []) expect(error.extensions).toEqual(extensions);
  });

  it('make the edge of a version null, too', async () => {
    const answer = await askWhile(
      (request) => (isBatch(request) ? reply : null),
      '{ accessProfile(id: "bottom") { currentVersion { accessProfile { name } inheritsFrom { name } } } }',
    );
    expect(answer.data).toEqual({
      accessProfile: { currentVersion: { accessProfile: { name: 'Bottom' }, inheritsFrom: null } },
    });
    expect(answer.errors).toEqual([
      expect.objectContaining({ path: ['accessProfile', 'currentVersion', 'inheritsFrom'], extensions }),
    ]);
  });
});

describe('the error of the upstream', () => {
  it.each([
    [
      'in Veza’s words',
      { code: 'PermissionDenied', request_id: 'abc123', message: secret },
      { status: 403, code: 'PermissionDenied', requestId: 'abc123' },
    ],
    [
      'as google.rpc.Status',
      { code: 7, message: secret, details: [] },
      { status: 403, code: 'PermissionDenied', requestId: null },
    ],
    [
      'in words that are none',
      { code: `x ${secret}`, request_id: { a: secret } },
      { status: 403, code: null, requestId: null },
    ],
  ])('is reported %s', async (_name, json, told) => {
    const answer = await askWhile(
      (request) => (isList(request) ? { status: 403, json } : null),
      '{ accessProfiles { nodes { name } } }',
    );
    expect(answer.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN', upstream: told });
  });

  it('includes the time to wait', async () => {
    const reply: ApiReply = { status: 429, json: {}, headers: { 'retry-after': '7' } };
    const answer = await askWhile(
      (request) => (isList(request) ? reply : null),
      '{ accessProfiles { nodes { name } } }',
    );
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 7 });
  });
});

/** Profiles that are nearly right, and where the gateway should say that they are not. */
const flaws: readonly (readonly [flaw: Json, path: string])[] = [
  [7, 'values[3]'],
  [{ id: '' }, 'values[3].id'],
  [{ id: 7 }, 'values[3].id'],
];

/** The same for fields, which fail alone. */
const fieldFlaws: readonly [flaw: Json, path: string, field: string][] = [
  [{ labels: 'x' }, 'values[3].labels', 'labels'],
  [{ labels: ['x', 7] }, 'values[3].labels[1]', 'labels'],
  [{ state: { name: 'RUNNING' } }, 'values[3].state', 'state'],
  [{ name: ['x'] }, 'values[3].name', 'name'],
  [{ used_by_workflow: 'yes' }, 'values[3].used_by_workflow', 'usedByWorkflow'],
  [{ current_version_number: 1.5 }, 'values[3].current_version_number', 'currentVersionNumber'],
  [{ current_version: 'one' }, 'values[3].current_version', 'currentVersion { state }'],
  [{ current_version: [] }, 'values[3].current_version', 'currentVersion { state }'],
  [
    { current_version: { version_number: [1] } },
    'values[3].current_version.version_number',
    'currentVersion { state }',
  ],
  [
    { current_version: { version_number: 1, members: [[]] } },
    'values[3].current_version.members[0]',
    'members { identityId }',
  ],
  [
    {
      current_version: {
        version_number: 1,
        entities_to_create_relationships_to: [{ entity_id: 'x' }, { entity_type: 'y' }],
      },
    },
    'values[3].current_version.entities_to_create_relationships_to[1].entity_id',
    'entitlements { entityId }',
  ],
  [
    {
      current_version: { version_number: 1, entities_to_create_relationships_to: [{ entity_id: 'x', condition: [] }] },
    },
    'values[3].current_version.entities_to_create_relationships_to[0].condition',
    'entitlements { condition { type } }',
  ],
  [{ custom_properties: { a: 'b', c: {} } }, 'values[3].custom_properties.c', 'customProperties'],
  [{ catalog_item_info: 'x' }, 'values[3].catalog_item_info', 'catalogItem { name }'],
  [{ member_details: [{}] }, 'values[3].member_details[0].identity_id', 'members { identityId }'],
  [{ access_profiles_inherited: {} }, 'values[3].access_profiles_inherited', 'inheritsFrom { name }'],
];

describe('a profile in which something is not as documented', () => {
  const ask = (flaw: Json, field: string) => {
    const page = [...Array.from({ length: 3 }, (_, i) => ({ id: `p${i}` })), flawed(flaw)];
    return askWhile(
      (request) => (isList(request) ? { status: 200, json: { values: page, has_more: false } } : null),
      `{ accessProfiles { nodes { ${field} } } }`,
    );
  };

  it.each(flaws)('such as %j, is an error at %s', async (flaw, path) => {
    const answer = await ask(flaw, 'profileId');
    expect(answer.data).toEqual({ accessProfiles: null });
    expect(answer.errors?.[0]?.extensions['code']).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(answer.errors?.[0]?.message).toContain(` ${path}: expected`);
  });

  it.each(fieldFlaws)('such as %j, is an error at %s where %s is selected', async (flaw, path, field) => {
    const answer = await ask(flaw, field);
    expect(answer.errors?.map(({ extensions }) => extensions['code'])).toEqual(['UPSTREAM_INVALID_RESPONSE']);
    expect(answer.errors?.[0]?.path?.slice(0, 3)).toEqual(['accessProfiles', 'nodes', 3]);
    expect(answer.errors?.[0]?.message).toContain(` ${path}: expected`);
    expect((await ask(flaw, 'profileId')).errors).toBeUndefined();
  });
});

function flawed(flaw: Json): Json {
  return typeof flaw === 'object' && flaw !== null ? { id: 'p3', name: secret, ...flaw } : flaw;
}

describe('pages that do not end', () => {
  const page = (token: string, more: Json = true): ApiReply => ({
    status: 200,
    json: { values: [{ id: `of ${token}`, name: 'x' }], has_more: more, next_page_token: token },
  });

  it.each<[string, (token: string | null) => ApiReply]>([
    ['the same token again and again', () => page('same')],
    ['two tokens in turn', (token) => page(token === 'a' ? 'b' : 'a')],
    ['more without a token', () => page('')],
  ])('are an error: %s', async (_name, reply) => {
    const failing = (request: ApiRequest) => (isList(request) ? reply(request.query.get('page_token')) : null);
    for (const query of ['{ accessProfiles { totalCount } }', '{ accessProfiles(first: 500) { nodes { name } } }']) {
      const answer = await askWhile(failing, query);
      expect(answer.errors?.map(({ extensions }) => extensions['code'])).toEqual(['UPSTREAM_INVALID_RESPONSE']);
    }
  });
});
