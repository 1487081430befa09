import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { adminKey, viewerKey } from '../../src/sandbox/server.ts';
import { LocalRateLimiter } from '../../src/server/limits/rate-limiter.ts';
import { answer, scripted } from '../support/http-server.ts';
import { type Edge, exchange, startEdge } from './edge-support.ts';

const limited = { MAX_COST: '20', RATE_LIMIT: '20', RATE_LIMIT_WINDOW_SECONDS: '60' };
const one = '{ integrations }';
const scan = '{ accessProfiles { totalCount } }';
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

async function codesOf(edge: Edge, queries: readonly string[], headers?: Readonly<Record<string, string>>) {
  const codes: unknown[] = [];
  for (const query of queries) {
    codes.push((await edge.ask(query, undefined, headers)).answer.errors?.[0]?.extensions['code'] ?? 'OK');
  }
  return codes;
}

describe('a caller', () => {
  it('may use a limited number of units, then is refused before any call and learns when to retry', async () => {
    await using edge = await startEdge(limited);
    const first = await edge.ask(scan);
    expect(first.answer.errors).toBeUndefined();
    expect(first.headers).toMatchObject({ 'ratelimit-policy': '"caller";q=20;w=60', ratelimit: '"caller";r=7;t=60' });
    const calls = edge.sandbox.calls.length;
    const { status, headers, answer: refused } = await edge.ask(scan);
    expect(status).toBe(429);
    const retryAfter = Number(headers['retry-after']);
    expect(retryAfter).toBeGreaterThan(55);
    expect(retryAfter).toBeLessThanOrEqual(60);
    expect(refused).toEqual({
      errors: [
        {
          message: expect.stringContaining('(RATE_LIMIT)'),
          extensions: { code: 'RATE_LIMITED', limit: 'RATE_LIMIT', retryAfter },
        },
      ],
    });
    expect(headers['ratelimit']).toBe(`"caller";r=7;t=${retryAfter}`);
    expect(edge.sandbox.calls).toHaveLength(calls);
    // What was refused was not charged.
    expect(await codesOf(edge, Array(8).fill(one))).toEqual([...Array(7).fill('OK'), 'RATE_LIMITED']);
    const { text } = await exchange(`${edge.adminUrl}/metrics`);
    expect(text).toContain('access_profile_gateway_rate_limited_total 2');
  });

  it('is charged afterwards for the calls that were made beyond the estimate', async () => {
    await using edge = await startEdge({ MAX_COST: '100', RATE_LIMIT: '100' }, { profiles: 2500 });
    const { headers, answer: found } = await edge.ask(scan, undefined, { 'x-gateway-cost': '1' });
    const made = edge.sandbox.calls.length;
    expect(found.extensions?.['cost']).toEqual({ estimated: 13, limit: 100, upstreamCalls: made });
    expect(made).toBeGreaterThanOrEqual(25);
    expect(headers['ratelimit']).toMatch(new RegExp(`;r=${100 - made};`));
    const again = await edge.ask(one);
    expect(again.headers['ratelimit']).toMatch(new RegExp(`;r=${99 - made};`));
  });

  it('is a key, however it is written', async () => {
    await using edge = await startEdge(limited);
    expect(await codesOf(edge, [scan])).toEqual(['OK']);
    expect(await codesOf(edge, [scan], { authorization: `bearer   ${adminKey}` })).toEqual(['RATE_LIMITED']);
    expect(await codesOf(edge, [scan, scan], bearer(viewerKey))).toEqual(['OK', 'RATE_LIMITED']);
  });

  it('without a key of their own counts as the owner of the configured key', async () => {
    await using edge = await startEdge({ ...limited, VEZA_API_KEY: adminKey });
    expect(await codesOf(edge, [scan, scan], { authorization: '' })).toEqual(['OK', 'RATE_LIMITED']);
    expect(await codesOf(edge, [scan])).toEqual(['RATE_LIMITED']);
  });

  it('pays for changes too, and for what costs no call a little', async () => {
    await using edge = await startEdge(limited);
    const change = 'mutation { addAccessProfileLabels(input: { id: "a", labels: ["b"] }) { __typename } }';
    await edge.ask(change);
    const { headers } = await edge.ask('{ integrations @skip(if: true) __typename }');
    expect(headers['ratelimit']).toMatch(/;r=12;/);
  });

  it('pays nothing for what makes no call: the schema, and what is refused for other reasons', async () => {
    await using edge = await startEdge(limited);
    const free = ['{ __typename }', '{ __schema { queryType { name } } }', '{ nonsense }'];
    await codesOf(edge, [...free, `{ ${'abcdefgh'.replaceAll(/./g, '$&: accessProfiles { totalCount } ')} }`]);
    expect(await codesOf(edge, [one], { authorization: '' })).toEqual(['UNAUTHENTICATED']);
    expect(await codesOf(edge, Array(20).fill(one))).toEqual(Array(20).fill('OK'));
    expect(await codesOf(edge, free.slice(0, 2))).toEqual(['OK', 'OK']);
  });

  it('in service mode is the holder of a token, whichever token it is', async () => {
    const keys = await generateKeyPair('ES256');
    const provider = await scripted(
      answer(200, { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256' }] }),
    );
    const token = async (sub: string | null, jti: string) => {
      const claims = { iss: 'https://idp.example', aud: 'gateway', jti, ...(sub !== null && { sub }) };
      const signer = new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'one' });
      return bearer(await signer.setExpirationTime('1m').sign(keys.privateKey));
    };
    await using edge = await startEdge({
      ...limited,
      VEZA_API_KEY: adminKey,
      JWT_ISSUER: 'https://idp.example',
      JWT_AUDIENCE: 'gateway',
      JWT_JWKS_URL: `${provider.origin}/keys`,
    });
    for (const sub of ['ada', 'grace', null]) {
      expect(await codesOf(edge, [scan], await token(sub, '1'))).toEqual(['OK']);
      expect(await codesOf(edge, [scan], await token(sub, '2'))).toEqual(['RATE_LIMITED']);
    }
  });

  it('has no limit unless there is a setting', async () => {
    await using edge = await startEdge();
    expect((await edge.ask(one)).headers).not.toHaveProperty('ratelimit');
  });
});

describe('counting in one process', () => {
  const limit = { units: 10, windowSeconds: 5 };

  it('begins again when the window is over, not before', () => {
    let now = 0;
    const limiter = new LocalRateLimiter(limit, { now: () => now });
    expect(limiter.charge('a', 10)).toEqual({ isGranted: true, remaining: 0, resetMs: 5000 });
    now = 4999;
    expect(limiter.charge('a', 1)).toEqual({ isGranted: false, remaining: 0, resetMs: 1 });
    expect(limiter.charge('b', 3)).toEqual({ isGranted: true, remaining: 7, resetMs: 5000 });
    now = 5000;
    expect(limiter.charge('a', 4)).toEqual({ isGranted: true, remaining: 6, resetMs: 5000 });
    expect(limiter.charge('b', 8)).toMatchObject({ isGranted: false, remaining: 7, resetMs: 4999 });
  });

  it('charges for calls that are made even if the caller has fewer left', () => {
    const limiter = new LocalRateLimiter(limit, { now: () => 0 });
    limiter.charge('a', 8);
    expect(limiter.charge('a', 5, true)).toEqual({ isGranted: true, remaining: 0, resetMs: 5000 });
    expect(limiter.charge('a', 1)).toMatchObject({ isGranted: false, remaining: 0 });
  });

  it('keeps no more callers than it may', () => {
    const limiter = new LocalRateLimiter(limit, { maxCallers: 3, now: () => 0 });
    for (const caller of 'abcd') limiter.charge(caller, 10);
    expect(limiter.charge('d', 1).isGranted).toBe(false);
    expect(limiter.charge('a', 1).isGranted).toBe(true);
  });
});

it('refuses a limit that some operation could never meet', () => {
  expect(() => loadConfig([], { RATE_LIMIT: '999' })).toThrow(/^RATE_LIMIT: must be 0 or at least MAX_COST \(1000\)/);
  expect(loadConfig([], { RATE_LIMIT: '1000' }).rateLimit).toEqual({ units: 1000, windowSeconds: 60 });
  expect(loadConfig([], {}).rateLimit).toBeNull();
});
