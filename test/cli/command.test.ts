import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { settingDocs } from '../../src/config.ts';
import { adminKey } from '../../src/sandbox/server.ts';
import { root, startProgram } from '../support/program.ts';

interface Run {
  readonly out: () => string;
  readonly err: () => string;
  readonly exit: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

function start(...program: Parameters<typeof startProgram>): Run {
  const child = startProgram(...program);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  return { out: () => out, err: () => err, exit, kill: (signal) => void child.kill(signal) };
}

/** Runs a command in this process, which takes a hundredth of the time of another; it must end by itself. */
async function run(argv: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  try {
    await runCommandLine(argv);
    return { out: out.join(''), err: err.join(''), code: process.exitCode ?? 0 };
  } finally {
    process.exitCode = undefined;
    vi.restoreAllMocks();
  }
}

const { version }: { version: string } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));

describe('the command line', () => {
  it('explains itself, and says which version it is', async () => {
    const help = start(['--help'], { PORT: 'not a port' });
    const about = start(['serve', '--version']);
    expect([await help.exit, await about.exit]).toEqual([0, 0]);
    expect(help.out()).toMatch(/^Usage: access-profile-gateway \[command\] \[--flag value …\]\n/);
    for (const part of ['  serve ', '  sandbox ', '  schema ', '  doctor ']) expect(help.out()).toContain(part);
    expect(about.out()).toBe(`${version}\n`);
  });

  it.each<[name: string, argv: string[], environment: Record<string, string>, complaint: string | RegExp]>([
    ['command', ['fly'], {}, 'arguments: there is no command "fly"; try --help'],
    ['command', ['doktor'], {}, 'arguments: there is no command "doktor"; did you mean "doctor"?'],
    ['flag', ['--colour', 'red'], {}, 'arguments: there is no flag --colour; try --help'],
    ['flag', ['--prot', '1'], {}, 'arguments: there is no flag --prot; did you mean --port?'],
    ['flag', ['schema', '--sdl'], {}, 'arguments: there is no flag --sdl; try --help'],
    ['argument', ['schema', 'x'], {}, /^arguments: Unexpected argument 'x'\. [^\n]*$/],
    [
      'value',
      ['serve'],
      { VEZA_URL: 'https://acme.vezacloud.com/api' },
      'VEZA_URL: must be the tenant alone, without a path',
    ],
    ['value', ['serve'], { MAX_COST: 'much' }, /^MAX_COST: must be a whole number/],
    ['value', ['serve'], { HOST: '0.0.0.0' }, /^VEZA_API_KEY: everybody who reaches 0\.0\.0\.0 could use it/],
  ])('reports an unknown or wrong %s in one line: %j %j', async (_name, argv, environment, complaint) => {
    const settings =
      argv[0] === 'serve' ? { VEZA_URL: 'http://127.0.0.1:9', VEZA_API_KEY: 'hunter2', ...environment } : {};
    const { out, err, code } = await run(argv, settings);
    expect([out, code]).toEqual(['', 2]);
    const line = /^access-profile-gateway: ([^\n]*)\n$/.exec(err)?.[1];
    expect(line).toEqual(typeof complaint === 'string' ? complaint : expect.stringMatching(complaint));
    expect(err).not.toContain('hunter2');
  });

  it('exits with 2 after a wrong command, and prints no stack', async () => {
    const program = start(['fly']);
    expect(await program.exit).toBe(2);
    expect(program.out()).toBe('');
    expect(program.err()).toBe('access-profile-gateway: arguments: there is no command "fly"; try --help\n');
  });

  it('explains each command in the same words by --help and by help', async () => {
    for (const command of ['serve', 'doctor', 'sandbox', 'documents', 'settings', 'schema', 'rules-schema', 'help']) {
      const { out } = await run([command, '--help']);
      expect(out).toMatch(new RegExp(`^Usage: access-profile-gateway \\[?${command}`));
      expect((await run(['help', command])).out).toBe(out);
    }
  });

  it('explains each setting of serve with its default', async () => {
    const { out } = await run(['serve', '--help']);
    for (const { name } of settingDocs) expect(out).toContain(`, ${name}\n      `);
    expect(out).toContain('--port, PORT\n      The port to listen on. 0 takes a free one. Default: 4000.\n');
    // No Markdown.
    expect(out).not.toMatch(/`|\]\(/);
  });

  /** Says so, and fails to load the first module of ours after the entry, as a Node does that lacks what it imports. */
  const olderNode = (version: string) =>
    `data:text/javascript,${encodeURIComponent(`
      import { register } from 'node:module';
      Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });
      const load = "export const load = (url, context, next) => { if (/dist.cli.(?!main)/.test(url)) throw new Error('loaded'); return next(url, context); };";
      register('data:text/javascript,' + encodeURIComponent(load));
    `)}`;

  it.each(['8.17.0', '20.18.3'])('stops on Node %s with what it needs', async (node) => {
    const program = start(['serve'], {}, ['--import', olderNode(node)]);
    expect(await program.exit).toBe(2);
    expect(program.out()).toBe('');
    expect(program.err()).toBe(
      `access-profile-gateway: needs Node 20.19 or later; this is Node ${node}. Get a newer one from https://nodejs.org.\n`,
    );
  });

  it.each(['20.19.0', '100.0.0'])('goes on on Node %s', async (node) => {
    const program = start(['--version'], {}, ['--import', olderNode(node)]);
    await program.exit;
    expect(program.err()).toContain('loaded');
  });

  it('prints the JSON Schema of the rules of separation', async () => {
    const { out, code } = await run(['rules-schema']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      title: 'Rules of separation of duties',
      required: ['rules'],
      properties: { rules: { items: { properties: { enforce: { type: 'boolean', default: false } } } } },
    });
  });

  it('prints the schema', async () => {
    const { out, code } = await run(['schema']);
    expect(code).toBe(0);
    expect(out).toBe(`${readFileSync(`${root}/schema.graphql`, 'utf8').trimEnd()}\n`);
  });
});

describe('serve', () => {
  it('says where it is, answers without a key on its sandbox, and ends at SIGTERM', async () => {
    const program = start([], { PORT: '0' });
    await expect.poll(program.out).toContain('GraphiQL');
    expect(program.out()).toMatch(
      /^Access Profile Gateway on the embedded sandbox, an imaginary company \(http:\/\/127\.0\.0\.1:\d+\)\n {2}GraphQL +http:\/\/127\.0\.0\.1:\d+\/graphql\n/,
    );
    const url = /GraphQL +(\S+)/.exec(program.out())?.[1] ?? '';
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ accessProfiles(first: 1) { nodes { name } } }"}',
    });
    expect(await response.json()).toMatchObject({
      data: { accessProfiles: { nodes: [{ name: expect.any(String) }] } },
    });
    // Written once the answer is out, which may be after it has come here.
    await expect.poll(program.out).toContain('"msg":"request"');
    program.kill('SIGTERM');
    expect(await program.exit).toBe(0);
    const lines = program
      .out()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['request', 'shutting down']);
    expect(program.err()).toBe('');
    expect(program.out()).not.toContain(adminKey);
  });

  it('names the variable of a port that is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const program = start(['--port', String(port)]);
    expect(await program.exit).toBe(2);
    expect(program.err()).toBe(
      `access-profile-gateway: PORT: ${port} is in use; choose another, or 0 for a free one\n`,
    );
  });

  it('warns of a tenant that is asked in the clear', async () => {
    const program = start(['--veza-url', 'http://127.0.0.1:1', '--port', '0', '--graphiql', 'off']);
    await expect.poll(program.out).toContain('GraphiQL  off');
    // The log is written on its own time.
    await expect.poll(program.out).toContain('VEZA_URL is plain http');
    expect(program.out()).toContain('Access Profile Gateway on http://127.0.0.1:1\n');
    program.kill('SIGINT');
    expect(await program.exit).toBe(0);
  });
});
