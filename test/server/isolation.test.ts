import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/server/observability/log.ts';
import { gatewayTo, type TestGateway } from '../support/gateway.ts';
import { answer, type ReceivedRequest, type Script, scripted } from '../support/http-server.ts';

const typeId = '0d7a4f0a-0000-4000-8000-000000000001';
const rows = Array.from({ length: 5 }, (_, i) => ({
  id: `0d7a4f0a-0000-4000-8000-10000000000${i}`,
  name: `Profile ${i}`,
  profile_type_id: typeId,
  current_version: { version_number: 1, state: 'PUBLISHED' },
}));

interface Parts {
  readonly list?: Script;
  readonly types?: Script;
  readonly members?: Script;
  readonly integrations?: Script;
}

/** An API whose parts answer well unless the test says otherwise. */
async function upstreamOf(parts: () => Parts) {
  const well: Required<Parts> = {
    list: answer(200, { values: rows, has_more: false }),
    types: answer(200, { values: [{ id: typeId, name: 'Role' }], has_more: false }),
    members: answer(200, { values: [], has_more: false }),
    integrations: answer(200, { values: ['okta'] }),
  };
  return scripted((response, request) => ({ ...well, ...parts() })[partOf(request)](response, request));
}

function partOf({ target }: ReceivedRequest): keyof Parts {
  if (target.includes('/members')) return 'members';
  if (target.includes('access_profiles_types')) return 'types';
  return target.includes(':available_integrations') ? 'integrations' : 'list';
}

const by = (key: string) => ({ authorization: `Bearer ${key}` });

/** 25 list queries of callers one after another, each beside three queries that meet the sick part. */
async function listsBeside(gateway: TestGateway, sick: (i: number) => string): Promise<number> {
  let answered = 0;
  for (let i = 0; i < 25; i++) {
    const [list] = await Promise.all([
      gateway.ask<{ accessProfiles: { nodes: unknown[] } }, undefined>(
        `query L${i} { accessProfiles { nodes { name } } }`,
        undefined,
        by(`other-${i % 7}`),
      ),
      ...[0, 1, 2].map((n) => gateway.ask(sick(3 * i + n), undefined, by(`sick-${n}`))),
    ]);
    if (list.errors === undefined && list.data?.accessProfiles.nodes.length === rows.length) answered++;
  }
  return answered;
}

describe('24 of 25 list queries of other callers are answered with their rows', () => {
  const failing = (status: number) => answer(status, '');
  it.each<[name: string, parts: Parts, sick: (i: number) => string]>([
    ['types answer 503', { types: failing(503) }, () => '{ accessProfileTypes { nodes { name } } }'],
    [
      'types are cut off',
      { types: (response) => void response.destroy() },
      () => '{ accessProfileTypes { nodes { name } } }',
    ],
    ['types of profiles answer 503', { types: failing(503) }, () => '{ accessProfiles { nodes { type { name } } } }'],
    ['members answer 500', { members: failing(500) }, () => '{ accessProfiles { nodes { members { identityId } } } }'],
    ['integrations answer 503', { integrations: failing(503) }, () => '{ integrations }'],
  ])('while %s', async (_name, parts, sick) => {
    const server = await upstreamOf(() => parts);
    await using gateway = gatewayTo(server.origin);
    expect(await listsBeside(gateway, sick)).toBeGreaterThanOrEqual(24);
  });

  it.each([500, 504])('while filters of others answer %d', async (status) => {
    const poison: Script = (response, request) =>
      request.target.includes('poison')
        ? answer(status, '')(response, request)
        : answer(200, { values: rows, has_more: false })(response, request);
    const server = await upstreamOf(() => ({ list: poison }));
    await using gateway = gatewayTo(server.origin);
    const sick = (i: number) => `{ accessProfiles(filter: { labels: { has: "poison ${i}" } }) { nodes { name } } }`;
    expect(await listsBeside(gateway, sick)).toBeGreaterThanOrEqual(24);
  });
});

it('an endpoint that works again is called again, without a restart', async () => {
  let types: Parts = { types: answer(503, '') };
  const server = await upstreamOf(() => types);
  await using gateway = gatewayTo(server.origin);
  const ask = () => gateway.ask('{ accessProfileTypes { nodes { name } } }', undefined, by('a'));
  for (let i = 0; i < 30; i++) await ask();
  const refused = server.requests.length;
  expect((await ask()).errors?.[0]?.message).toContain('the last calls for that failed');
  expect(server.requests).toHaveLength(refused);
  types = {};
  await expect.poll(ask, { timeout: 30_000, interval: 500 }).toEqual({
    data: { accessProfileTypes: { nodes: [{ name: 'Role' }] } },
  });
});

describe('a key that the API refuses', () => {
  const wholeTenant = '{ inheritanceGraph { nodes { name } } }';

  it.each([401, 403])('loses its snapshots and types with %d, and others keep theirs', async (status) => {
    let isRevoked = false;
    const gate = (request: ReceivedRequest) =>
      isRevoked && request.headers.some(([name, value]) => name === 'authorization' && value === 'Bearer revoked');
    const guarded =
      (script: Script): Script =>
      (response, request) =>
        (gate(request) ? answer(status, '') : script)(response, request);
    const server = await upstreamOf(() => ({
      list: guarded(answer(200, { values: rows, has_more: false })),
      types: guarded(answer(200, { values: [{ id: typeId, name: 'Role' }], has_more: false })),
      integrations: guarded(answer(200, { values: [] })),
    }));
    await using gateway = gatewayTo(server.origin, undefined, { typesTtlSeconds: 60, snapshotTtlSeconds: 60 });
    const typed = '{ inheritanceGraph { nodes { name type { name } } } }';
    for (const key of ['revoked', 'other'])
      expect((await gateway.ask(typed, undefined, by(key))).errors).toBeUndefined();
    const { length } = server.requests;
    // Both are answered from their snapshots.
    for (const key of ['revoked', 'other']) await gateway.ask(typed, undefined, by(key));
    expect(server.requests).toHaveLength(length);
    isRevoked = true;
    await gateway.ask('{ integrations }', undefined, by('revoked'));
    const code = status === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    expect((await gateway.ask(wholeTenant, undefined, by('revoked'))).errors).toMatchObject([{ extensions: { code } }]);
    const before = server.requests.length;
    expect((await gateway.ask(typed, undefined, by('other'))).errors).toBeUndefined();
    expect(server.requests).toHaveLength(before);
  });

  it('gets no snapshot that was being read when it was refused', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let lists = 0;
    const server = await upstreamOf(() => ({
      list: async (response, request) => {
        if (++lists === 1) await held;
        return answer(lists === 1 ? 200 : 401, lists === 1 ? { values: rows, has_more: false } : '')(response, request);
      },
      integrations: answer(401, ''),
    }));
    await using gateway = gatewayTo(server.origin, undefined, { snapshotTtlSeconds: 60 });
    const early = gateway.ask(wholeTenant, undefined, by('a'));
    await expect.poll(() => lists).toBe(1);
    await gateway.ask('{ integrations }', undefined, by('a'));
    const late = gateway.ask(wholeTenant, undefined, by('a'));
    await expect.poll(() => lists).toBe(2);
    release();
    expect((await late).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    await early;
    expect((await gateway.ask(wholeTenant, undefined, by('a'))).errors).toBeDefined();
  });
});

describe('an API that nobody can connect to', () => {
  it.each<[name: string, origin: string, reason: RegExp]>([
    ['refused', 'http://127.0.0.1:1', /^ECONNREFUSED 127\.0\.0\.1:1$/],
    ['not resolved', 'https://veza.invalid', /^(ENOTFOUND|EAI_AGAIN) veza\.invalid$/],
  ])('is in the log of the request with host and reason, and not in the answer: %s', async (_name, origin, reason) => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line: string) => void lines.push(line) });
    await using gateway = gatewayTo(origin, undefined, { log });
    for (let i = 0; i < 12; i++) {
      const failed = await gateway.ask('{ accessProfiles { nodes { name } } }', undefined, by('a'));
      expect(failed.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
      expect(JSON.stringify(failed)).not.toContain(new URL(origin).hostname);
    }
    const requests = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');
    expect(requests).toHaveLength(12);
    // The last ones are refused by the circuit breaker, and say why as well.
    for (const { connectFailures } of requests) expect(connectFailures).toEqual([expect.stringMatching(reason)]);
  });

  it('is distinguished from TLS that fails', async () => {
    const server = await scripted(answer(200, {}));
    const lines: string[] = [];
    const log = createLog('info', { write: (line: string) => void lines.push(line) });
    const { host } = new URL(server.origin);
    await using gateway = gatewayTo(`https://${host}`, undefined, { log });
    await gateway.ask('{ integrations }', undefined, by('a'));
    const [request] = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');
    expect(request.connectFailures).toEqual([expect.stringMatching(new RegExp(`^(ERR_SSL|EPROTO)\\w* ${host}$`))]);
  });
});
