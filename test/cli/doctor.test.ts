import { expect, it, vi } from 'vitest';
import { runDoctor } from '../../src/cli/doctor.ts';
import { adminKey, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts';
import { answer, scripted } from '../support/http-server.ts';
import { startRedis } from '../support/redis.ts';

/** Runs the command in this process; the lines that it printed and its exit code. */
async function doctor(...flags: string[]): Promise<{ readonly lines: readonly string[]; readonly code: number }> {
  let out = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  const before = process.exitCode;
  process.exitCode = 0;
  await runDoctor(flags);
  const code = Number(process.exitCode);
  process.exitCode = before;
  write.mockRestore();
  return { lines: out.split('\n'), code };
}

/** What it says of a tenant that behaves like this. */
async function onTenant(options: SandboxOptions, key = adminKey) {
  const sandbox = await startSandbox(options);
  try {
    const { lines, code } = await doctor('--veza-url', sandbox.origin, '--veza-api-key', key);
    return { lines, code, calls: [...sandbox.calls] };
  } finally {
    await sandbox.close();
  }
}

it('tells which filters and undocumented calls a tenant takes, and only reads', async () => {
  const { lines, code, calls } = await onTenant({});
  expect(lines).toContain(
    'ok    Filters: these work: profile_type eq, labels co, integrations co, integrations eq, provider_ids co.',
  );
  expect(lines.find((line) => line.includes('refuses'))).toMatch(/^ok {4}Filters: .*: id eq, name eq,/);
  expect(lines.find((line) => line.includes('version'))).toMatch(/^ok {4}Undocumented calls: a version cannot be read/);
  expect(code).toBe(0);
  expect(new Set(calls.map(({ method }) => method))).toEqual(new Set(['GET']));
  expect(lines).toContain(
    'ok    Calls: these work: list access profile types, list the available integrations, list data sources, list lifecycle policies, read the audit log.',
  );
  // The first page, twelve filters, five lists, one version.
  expect(calls).toHaveLength(19);
});

it('reports a tenant that takes more filters than the documented ones', async () => {
  const { lines } = await onTenant({ openFilters: true, unlistedReads: true });
  expect(lines.find((line) => line.includes('these work'))).toContain('name co, name sw, state eq');
  expect(lines.find((line) => line.includes('Undocumented'))).toContain('a version can be read by its number');
});

it('warns of a documented filter that a tenant does not take', async () => {
  const { lines, code } = await onTenant({
    fault: ({ query }) => (query.get('filter')?.startsWith('labels') ? { kind: 'status', status: 400 } : undefined),
  });
  expect(lines.find((line) => line.startsWith('warn  Filters'))).toMatch(/refuses these: labels co, .*tell Veza/);
  expect(code).toBe(0);
});

it('reports what else a tenant lacks, refuses or fails at, and does not blame the key', async () => {
  const { lines, code } = await onTenant({
    neighbours: { datasources: 'absent', audit: 'forbidden' },
    fault: ({ query }) => (query.get('filter')?.startsWith('labels') ? { kind: 'status', status: 503 } : undefined),
  });
  expect(lines.filter((line) => line.startsWith('warn') && !line.includes('Node.js'))).toEqual([
    expect.stringMatching(/^warn {2}Filters: these fail \(.*\): labels co\. /),
    expect.stringMatching(/^warn {2}Calls: The gateway asked the Veza API to list data sources: .* Fields that need/),
    expect.stringMatching(/^warn {2}Calls: The gateway asked the Veza API to read the audit log: .* Fields that need/),
  ]);
  expect(lines.find((line) => line.startsWith('ok    Calls'))).toContain('list lifecycle policies.');
  expect(code).toBe(0);
});

it.each<[name: string, status: number, body: unknown, advice: RegExp]>([
  ['a page for browsers', 200, '<html>Welcome</html>', /it is not JSON/],
  ['an API of somebody else', 404, { error: 'no route' }, /VEZA_URL is no tenant with Lifecycle Management/],
  ['a proxy that sends elsewhere', 302, '', /redirect, which the gateway does not follow; check VEZA_URL/],
  ['a key without the role', 403, { message: 'no' }, /Give the owner of the key a role/],
])('says of %s that it shows no profiles', async (_name, status, body, advice) => {
  const other = await scripted(answer(status, body, { location: 'https://example.com/' }));
  const { lines, code } = await doctor('--veza-url', other.origin, '--veza-api-key', 'k');
  expect(lines.find((line) => line.startsWith('fail  Key: no profiles can be read'))).toMatch(advice);
  expect([code, other.requests.length]).toEqual([1, 1]);
});

it('suggests the setting for a misspelt environment variable', async () => {
  vi.stubEnv('VEZA_ULR', 'acme.vezacloud.com');
  vi.stubEnv('HOSTS', 'nothing of ours');
  expect((await doctor()).lines.filter((line) => line.startsWith('warn  Settings'))).toEqual([
    'warn  Settings: VEZA_ULR is not a setting; did you mean VEZA_URL?',
  ]);
});

it('says what to do about a key that is refused, and tries nothing further with it', async () => {
  const { lines, code, calls } = await onTenant({}, 'wrong');
  expect(lines.find((line) => line.startsWith('fail  Key'))).toContain('Create a personal API key in Veza');
  expect([code, calls.length]).toEqual([1, 1]);
});

it('says what to do about an address, a Redis and a JWKS that do not answer', async () => {
  const { lines, code } = await doctor(
    ...['--veza-url', 'http://127.0.0.1:1', '--veza-api-key', 'k', '--redis-url', 'redis://127.0.0.1:1'],
    ...['--jwt-issuer', 'i', '--jwt-audience', 'a', '--jwt-jwks-url', 'http://127.0.0.1:1/jwks'],
  );
  expect(lines.filter((line) => line.startsWith('fail'))).toEqual([
    expect.stringMatching(/^fail {2}Tenant: no connection .* ECONNREFUSED .* Check VEZA_URL/),
    expect.stringMatching(/^fail {2}Redis: .* ECONNREFUSED.* Check host, port and TLS/),
    expect.stringMatching(/^fail {2}JWKS: .* Check the URL/),
  ]);
  expect(code).toBe(1);
});

it('finds a Redis and a JWKS in order, and leaves out what is not set', async () => {
  await using redis = await startRedis();
  const jwks = await scripted(answer(200, { keys: [{ kty: 'EC' }, { kty: 'oct' }] }));
  const { lines, code } = await doctor(
    ...['--veza-url', 'http://127.0.0.1:1', '--veza-api-key', 'k', '--redis-url', redis.url],
    ...['--jwt-issuer', 'i', '--jwt-audience', 'a', '--jwt-jwks-url', jwks.origin],
  );
  expect(lines).toContain('ok    Redis: it answers, and runs scripts.');
  expect(lines).toContain('ok    JWKS: keys for signatures: 1.');
  expect(code).toBe(1);
  expect((await doctor()).lines.filter((line) => line.startsWith('skip')).map((line) => line.slice(6, 12))).toEqual([
    'Tenant',
    'Redis:',
    'JWKS: ',
  ]);
});
