import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';
import { adminKey } from '../../src/sandbox/server.ts';
import { answer, type Script, scripted } from '../support/http-server.ts';
import { startEdge } from './edge-support.ts';

const issuer = 'https://login.acme.example';
const audience = 'access-profiles';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
let keys: Keys;
let nextKeys: Keys;
/** Of the same kind as `keys`: published beside them, and published by nobody. */
let others: Keys;
let strangers: Keys;
beforeAll(async () => {
  [keys, nextKeys, others, strangers] = await Promise.all([
    generateKeyPair('ES256'),
    generateKeyPair('RS256'),
    generateKeyPair('ES256'),
    generateKeyPair('ES256'),
  ]);
});

async function token(
  claims: JWTPayload = {},
  signing: { readonly by?: Keys; readonly kid?: string | undefined; readonly expires?: boolean } = {},
) {
  const { by = keys, expires = true } = signing;
  const kid = 'kid' in signing ? signing.kid : 'one';
  const alg = by === nextKeys ? 'RS256' : 'ES256';
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: issuer, aud: audience, ...(expires && { exp: now + 60 }), sub: 'ada', ...claims })
    .setProtectedHeader({ alg, ...(kid !== undefined && { kid }) })
    .sign(by.privateKey);
}

/** The monotonic clock: the machine's own may be set back. */
function advanceClock(milliseconds: number): void {
  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + milliseconds);
  onTestFinished(() => clock.mockRestore());
}

const bearer = (text: string) => ({ authorization: `Bearer ${text}` });

/** An identity provider with one key, and a gateway that believes it. */
async function serviceMode(options: { readonly claim?: string; readonly provider?: Script } = {}) {
  const published = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256' }] };
  const provider = await scripted(
    options.provider ?? ((response, request) => answer(200, published)(response, request)),
  );
  const edge = await startEdge({
    VEZA_API_KEY: adminKey,
    HOST: '127.0.0.1',
    JWT_ISSUER: issuer,
    JWT_AUDIENCE: audience,
    JWT_JWKS_URL: `${provider.origin}/keys`,
    ...(options.claim === undefined ? {} : { JWT_MUTATION_CLAIM: options.claim }),
  });
  return { edge, provider, published };
}

const mutation = 'mutation { createAccessProfileType(input: { name: "From a token" }) { __typename } }';

describe('who gets in', () => {
  it('a valid token does, and the API sees the configured key and never the token', async () => {
    const { edge } = await serviceMode();
    await using _ = edge;
    const jwt = await token();
    const { answer: given, status } = await edge.ask('{ integrations }', undefined, bearer(jwt));
    expect(status).toBe(200);
    expect(given.data).toHaveProperty('integrations');
    expect(edge.sandbox.calls).toHaveLength(1);
    expect(JSON.stringify(edge.sandbox.calls)).not.toContain(jwt);
    expect(edge.logText()).not.toContain(jwt);
    expect(edge.logText()).not.toContain(adminKey);
  });

  it.each<readonly [string, () => Promise<Record<string, string>>]>([
    ['nothing', async () => ({ authorization: '' })],
    ['a key of the API', async () => bearer(adminKey)],
    ['words', async () => bearer('let me in')],
    ['an expired token', async () => bearer(await token({ exp: Math.floor(Date.now() / 1000) - 60 }))],
    ['a token that never expires', async () => bearer(await token({}, { expires: false }))],
    ['a token for later', async () => bearer(await token({ nbf: Math.floor(Date.now() / 1000) + 600 }))],
    ['another issuer', async () => bearer(await token({ iss: 'https://evil.example' }))],
    ['another audience', async () => bearer(await token({ aud: 'mail' }))],
    ['another key under the same name', async () => bearer(await token({}, { by: nextKeys }))],
    ['an unknown key', async () => bearer(await token({}, { by: nextKeys, kid: 'two' }))],
    [
      'no signature',
      async () => bearer(new UnsecuredJWT({ iss: issuer, aud: audience }).setExpirationTime('1h').encode()),
    ],
    [
      'a signature by the public key as a secret',
      async () => {
        const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)));
        const signer = new SignJWT({ iss: issuer, aud: audience }).setProtectedHeader({ alg: 'HS256', kid: 'one' });
        return bearer(await signer.setExpirationTime('1h').sign(secret));
      },
    ],
  ])('%s does not', async (_name, headers) => {
    const { edge } = await serviceMode();
    await using _ = edge;
    for (const query of ['{ integrations }', '{ __typename }', mutation]) {
      const { answer: given, status, headers: received } = await edge.ask(query, undefined, await headers());
      expect(status).toBe(401);
      expect(received['www-authenticate']).toBe('Bearer');
      expect(given.errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
      expect(given.data).toBeUndefined();
    }
    expect(edge.sandbox.calls).toEqual([]);
  });

  it('a few seconds of difference between clocks are none', async () => {
    const { edge } = await serviceMode();
    await using _ = edge;
    const jwt = await token({ exp: Math.floor(Date.now() / 1000) - 5 });
    expect((await edge.ask('{ integrations }', undefined, bearer(jwt))).status).toBe(200);
  });
});

describe('the keys of the provider', () => {
  it('are fetched once, and again when a token names a new one', async () => {
    let published: unknown;
    const {
      edge,
      provider,
      published: first,
    } = await serviceMode({
      provider: (response, request) => answer(200, published)(response, request),
    });
    await using _ = edge;
    published = first;
    const ask = async (jwt: string) => (await edge.ask('{ __typename }', undefined, bearer(jwt))).status;
    expect(provider.requests).toEqual([]);
    for (let i = 0; i < 5; i++) expect(await ask(await token())).toBe(200);
    expect(provider.requests).toHaveLength(1);
    // Names that nobody has heard of do not make it ask again at once.
    for (let i = 0; i < 5; i++) expect(await ask(await token({}, { kid: `made up ${i}` }))).toBe(401);
    expect(provider.requests).toHaveLength(1);
    published = { keys: [{ ...(await exportJWK(nextKeys.publicKey)), kid: 'two', alg: 'RS256' }] };
    advanceClock(31_000);
    expect(await ask(await token({}, { by: nextKeys, kid: 'two' }))).toBe(200);
    expect(await ask(await token())).toBe(401);
    expect(provider.requests).toHaveLength(2);
  });

  it('that can not be had make no one a caller, and say so', async () => {
    const { edge } = await serviceMode({ provider: answer(500, 'down: secret detail') });
    await using _ = edge;
    const { answer: given, status } = await edge.ask('{ integrations }', undefined, bearer(await token()));
    expect(status).toBe(503);
    expect(given.errors?.[0]?.extensions).toEqual({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(JSON.stringify(given)).not.toMatch(/127\.0\.0\.1|secret detail/);
    expect(edge.sandbox.calls).toEqual([]);
  });

  it('are not fetched from where the provider redirects to', async () => {
    const elsewhere = await scripted(answer(200, { keys: [] }));
    const { edge } = await serviceMode({ provider: answer(302, '', { location: `${elsewhere.origin}/keys` }) });
    await using _ = edge;
    expect((await edge.ask('{ integrations }', undefined, bearer(await token()))).status).toBe(503);
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('keys that fit a token', () => {
  const jwkOf = async ({ publicKey }: Keys, more: object = {}) => ({ ...(await exportJWK(publicKey)), ...more });
  const unusable = [
    { kty: 'oct', k: 'c2VjcmV0', kid: 'one' },
    { kty: 'future', kid: 'one', alg: 'FS256' },
    { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: 'one', alg: 'ES256' },
    { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' },
    { kty: 'RSA', kid: 'one' },
    {},
  ];

  it.each<readonly [name: string, published: () => Promise<readonly object[]>, kid: string | undefined]>([
    ['one key listed twice', async () => [await jwkOf(keys, { kid: 'one' }), await jwkOf(keys, { kid: 'one' })], 'one'],
    ['two keys without kid', async () => [await jwkOf(others), await jwkOf(keys)], undefined],
    ['two keys without kid, for a token with one', async () => [await jwkOf(others), await jwkOf(keys)], 'one'],
    ['one key without kid, for a token with one', async () => [await jwkOf(keys)], 'one'],
    [
      'two keys of one kid',
      async () => [await jwkOf(others, { kid: 'one' }), await jwkOf(keys, { kid: 'one' })],
      'one',
    ],
    [
      'two keys with kid, for a token without',
      async () => [await jwkOf(others, { kid: 'a' }), await jwkOf(keys, { kid: 'b' })],
      undefined,
    ],
    ['keys of other kinds beside it', async () => [...unusable, await jwkOf(keys, { kid: 'one' })], 'one'],
    ['keys of other kinds beside it, no kid', async () => [...unusable, await jwkOf(keys)], undefined],
    [
      'a key of another kid beside one without',
      async () => [await jwkOf(others, { kid: 'two' }), await jwkOf(keys)],
      'one',
    ],
  ])('are each tried: %s', async (_name, published, kid) => {
    const { edge } = await serviceMode({ provider: answer(200, { keys: await published() }) });
    await using _ = edge;
    const good = await token({}, { kid });
    expect((await edge.ask('{ integrations }', undefined, bearer(good))).status).toBe(200);
    // One more signature does not make a forged token good.
    const forged = await token({}, { by: strangers, kid });
    expect((await edge.ask('{ integrations }', undefined, bearer(forged))).status).toBe(401);
    const expired = await token({ exp: Math.floor(Date.now() / 1000) - 60 }, { kid });
    const { answer: given } = await edge.ask('{ integrations }', undefined, bearer(expired));
    expect(given.errors?.[0]?.message).toContain('has expired');
  });

  it('are fetched again where the provider has replaced one under the same kid', async () => {
    let published: unknown = { keys: [await jwkOf(others, { kid: 'one' })] };
    const { edge, provider } = await serviceMode({
      provider: (response, request) => answer(200, published)(response, request),
    });
    await using _ = edge;
    const ask = async () => (await edge.ask('{ __typename }', undefined, bearer(await token()))).status;
    expect(await ask()).toBe(401);
    published = { keys: [await jwkOf(keys, { kid: 'one' })] };
    expect(await ask()).toBe(401);
    expect(provider.requests).toHaveLength(1);
    advanceClock(31_000);
    expect(await ask()).toBe(200);
    expect(provider.requests).toHaveLength(2);
  });

  it('are fetched again after ten minutes, though the clock of the machine is set back', async () => {
    const { edge, provider } = await serviceMode();
    await using _ = edge;
    const jwt = await token();
    expect((await edge.ask('{ __typename }', undefined, bearer(jwt))).status).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
    onTestFinished(() => void vi.useRealTimers());
    advanceClock(601_000);
    expect((await edge.ask('{ __typename }', undefined, bearer(jwt))).status).toBe(200);
    expect(provider.requests).toHaveLength(2);
  });
});

describe('the log of a refused token', () => {
  it.each<readonly [() => Promise<string>, problem: string, reason: RegExp]>([
    [() => token({ aud: 'mail' }), 'ERR_JWT_CLAIM_VALIDATION_FAILED', /"aud"/],
    [() => token({ exp: 1 }), 'ERR_JWT_EXPIRED', /"exp"/],
    [() => token({}, { by: strangers }), 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED', /signature/],
    [() => token({}, { kid: 'two' }), 'ERR_JWKS_NO_MATCHING_KEY', /key/],
    [async () => 'a.b.c', 'ERR_JWT_INVALID', /header/],
    [async () => '', 'UNAUTHENTICATED', /needs a token/],
  ])('says why, without the token (%#)', async (make, problem, reason) => {
    const { edge } = await serviceMode();
    await using _ = edge;
    const jwt = await make();
    const { status, headers } = await edge.ask('{ integrations }', undefined, bearer(jwt));
    expect(status).toBe(401);
    expect(edge.log.filter(({ msg }) => msg === 'token refused')).toEqual([
      expect.objectContaining({ problem, reason: expect.stringMatching(reason), requestId: headers['x-request-id'] }),
    ]);
    for (const part of jwt.split('.').filter(({ length }) => length > 3)) expect(edge.logText()).not.toContain(part);
  });
});

describe('who may change things', () => {
  it.each<readonly [claim: string | undefined, claims: JWTPayload, allowed: boolean]>([
    ['roles=admin', { roles: ['reader', 'admin'] }, true],
    ['roles=admin', { roles: 'admin' }, true],
    ['roles=admin', { roles: ['administrator'] }, false],
    ['roles=admin', { roles: [['admin']] }, false],
    ['roles=admin', {}, false],
    ['scope=profiles:write', { scope: 'openid profiles:write' }, true],
    ['scope=profiles:write', { scope: 'profiles:writer' }, false],
    ['realm_access.roles=admin', { realm_access: { roles: ['admin'] } }, true],
    ['https://acme.example/roles=admin', { 'https://acme.example/roles': ['admin'] }, true],
    ['__proto__.x=admin', { roles: ['admin'] }, false],
    [undefined, { roles: ['admin'] }, false],
  ])('%s against %j: %s', async (claim, claims, allowed) => {
    const { edge } = await serviceMode(claim === undefined ? {} : { claim });
    await using _ = edge;
    const headers = bearer(await token(claims));
    const { answer: given, status } = await edge.ask(mutation, undefined, headers);
    expect((await edge.ask('{ __typename }', undefined, headers)).status).toBe(200);
    if (allowed) {
      expect(given.data).toEqual({ createAccessProfileType: { __typename: 'CreateAccessProfileTypePayload' } });
      expect(edge.log).toContainEqual(expect.objectContaining({ msg: 'mutation', subject: 'ada' }));
      return;
    }
    expect(status).toBe(403);
    expect(given.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
    expect(edge.sandbox.calls).toEqual([]);
  });
});

describe('the configuration', () => {
  const jwt = { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWT_JWKS_URL: 'https://login.acme.example/keys' };
  const tenant = { VEZA_URL: 'acme.vezacloud.com', VEZA_API_KEY: 'a2V5' };

  it.each<readonly [Record<string, string>, RegExp]>([
    [{ ...tenant, HOST: '0.0.0.0' }, /^VEZA_API_KEY: everybody who reaches 0\.0\.0\.0/],
    [{ ...tenant, HOST: '::' }, /^VEZA_API_KEY: everybody/],
    [{ ...tenant, HOST: 'gateway.acme.example' }, /^VEZA_API_KEY: everybody/],
    [{ VEZA_URL: 'acme.vezacloud.com', ...jwt }, /^VEZA_API_KEY: must be set/],
    [{ ...tenant, JWT_ISSUER: issuer }, /^JWT_AUDIENCE: must be set too/],
    [{ ...tenant, JWT_MUTATION_CLAIM: 'roles=admin' }, /^JWT_ISSUER: must be set too/],
    [{ ...tenant, ...jwt, JWT_JWKS_URL: 'http://login.acme.example/keys' }, /^JWT_JWKS_URL: must be an https/],
    [{ ...tenant, ...jwt, JWT_MUTATION_CLAIM: 'admin' }, /^JWT_MUTATION_CLAIM: must be a claim and its value/],
  ])('%j does not start', (environment, message) => {
    expect(() => loadConfig([], environment)).toThrow(ConfigError);
    expect(() => loadConfig([], environment)).toThrow(message);
  });

  it('starts with the key where only this machine can ask, or where tokens let callers in', () => {
    for (const host of ['127.0.0.1', 'localhost', '::1']) {
      expect(loadConfig([], { ...tenant, HOST: host }).service).toBeNull();
    }
    expect(loadConfig([], { ...tenant, ...jwt, HOST: '0.0.0.0' }).service).toMatchObject({ issuer, audience });
    expect(loadConfig([], { VEZA_URL: 'acme.vezacloud.com', HOST: '0.0.0.0' }).apiKey).toBeNull();
  });
});
