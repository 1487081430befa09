import { afterEach, describe, expect, test, vi } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { adminKey, viewerKey } from '../../src/sandbox/server.ts';

/** Runs the command and gives what it wrote; the exit code is put back afterwards. */
async function run(...argv: string[]): Promise<{ out: string; err: string; code: typeof process.exitCode }> {
  let out = '';
  let err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  const before = process.exitCode;
  await runCommandLine(['sandbox', ...argv]);
  const code = process.exitCode;
  process.exitCode = before;
  vi.restoreAllMocks();
  return { out, err, code };
}

afterEach(() => vi.restoreAllMocks());

describe('the sandbox command', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'says where it listens and with which keys; %s stops it',
    async (signal) => {
      const before = process.listeners(signal);
      const { out, err } = await run('--port', '0', '--profiles', '3', '--page-size', '2', '--integer-enums');
      expect(err).toBe('');
      expect(out).toContain(`admin key   ${adminKey}\n`);
      expect(out).toContain(`viewer key  ${viewerKey}\n`);
      expect(out).toMatch(/ VEZA_URL=http:\/\/127\.0\.0\.1:\d+ VEZA_API_KEY=\S+ npx access-profile-gateway\n/);
      const origin = /on (http:\/\/127\.0\.0\.1:\d+) with 3 profiles/.exec(out)?.[1];
      const list = `${origin}/api/private/lifecycle_management/access_profiles`;
      const response = await fetch(list, { headers: { authorization: `Bearer ${viewerKey}`, connection: 'close' } });
      const { values } = Object(await response.json());
      expect(values).toHaveLength(2);
      expect(values[0].state).toBe(1);

      const [stop] = process.listeners(signal).filter((listener) => !before.includes(listener));
      stop?.(signal);
      await expect.poll(() => fetch(list).catch((error: Error) => error.name)).toBe('TypeError');
      expect(process.listeners(signal)).toEqual(before);
    },
  );

  test.each([
    [['--prot', '1'], 'there is no flag --prot; did you mean --port?'],
    [['here'], "Unexpected argument 'here'"],
    [['--port'], 'argument missing'],
    [['--port', '70000'], '--port needs a whole number from 0 to 65535, not "70000"'],
    [['--page-size', '0'], '--page-size needs a whole number from 1 to 100, not "0"'],
    [['--latency', '1s'], '--latency needs a whole number from 0 to 600000, not "1s"'],
    [['--failure-rate', '2'], '--failure-rate needs a number from 0 to 1, not "2"'],
    [['--drafts', 'get'], '--drafts needs one of patch, post, none, not "get"'],
    [['--access-requests', 'x'], '--access-requests needs one of completes, waits,'],
    [['--neighbour', 'policies'], '--neighbour needs one of absent, forbidden, failing, not "policies"'],
    [['--neighbour', 'planets=absent'], '--neighbour needs one of datasources, identities,'],
    [['--profiles', ''], '--profiles needs a whole number from 1 to 1000000, not ""'],
  ])('%j is refused in one line, with exit code 2', async (argv, complaint) => {
    const { out, err, code } = await run(...argv);
    expect(out).toBe('');
    expect(err).toMatch(/^access-profile-gateway: arguments: [^\n]+\n$/);
    expect(err).toContain(complaint);
    expect(code).toBe(2);
  });

  test('a port that is taken is told with exit code 1', async () => {
    const { createServer } = await import('node:http');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { err, code } = await run('--port', String(port));
    server.close();
    expect(err).toContain('EADDRINUSE');
    expect(code).toBe(1);
  });
});
