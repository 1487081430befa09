import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bom } from '../.ci/sbom.ts';
import { adminKey, startSandbox } from '../src/sandbox/server.ts';

/*
 * What a user gets: the tarball that a release makes, installed into an empty folder from the registry, and the files that the image
 * holds. The dry run of the release is a part of it.
 */

const root = resolve(import.meta.dirname, '..');
const place = mkdtempSync(join(tmpdir(), 'package-'));
const [released, user, image] = [join(place, 'release'), join(place, 'user'), join(place, 'image')];
const installed = join(user, 'node_modules/access-profile-gateway');
const version = '98.7.6';

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command to its end, whatever that is, without npm's variables of the run that started this test. */
async function run(cwd: string, file: string, ...args: readonly string[]): Promise<Ended> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_ENV|VITEST)/i.test(name)),
  );
  const running = promisify(execFile)(file, [...args], { cwd, env, maxBuffer: 64 * 1024 * 1024 });
  return running.then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code: Number(code), out: String(stdout), err: String(stderr) }),
  );
}

let release: Ended;
let install: Ended;

beforeAll(async () => {
  release = await run(root, 'node_modules/.bin/tsx', '.ci/release.ts', version, '--dry-run', '--out', released);
  mkdirSync(user);
  writeFileSync(join(user, 'package.json'), '{ "name": "user", "version": "1.0.0", "type": "module" }');
  const tarball = join(released, `access-profile-gateway-${version}.tgz`);
  install = await run(user, 'npm', 'install', '--no-audit', '--no-fund', '--loglevel=warn', tarball);
  // Not a pass: without the registry, nothing below says anything about what users get.
  if (install.code !== 0) throw new Error(`This test needs the npm registry. The installation failed:\n${install.err}`);
}, 600_000);

afterAll(() => rmSync(place, { recursive: true, force: true }));

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

/** Starts a command and waits until it says where it listens. */
async function start(command: ChildProcess): Promise<{ readonly url: string; stop(): Promise<number | null> }> {
  let out = '';
  command.stdout?.on('data', (chunk: Buffer) => (out += String(chunk)));
  command.stderr?.on('data', (chunk: Buffer) => (out += String(chunk)));
  const ended = once(command, 'exit');
  const url = await expect
    .poll(() => /GraphQL +(http:\S+)\/graphql/.exec(out)?.[1] ?? (command.exitCode === null ? null : `ended: ${out}`))
    .not.toBeNull()
    .then(() => /GraphQL +(http:\S+)\/graphql/.exec(out)?.[1] ?? `ended: ${out}`);
  return {
    url,
    async stop() {
      command.kill('SIGTERM');
      await ended;
      return command.exitCode;
    },
  };
}

const query = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ accessProfiles(first: 1) { nodes { name } } }' }),
  }).then((response) => response.json());

const answered = { data: { accessProfiles: { nodes: [{ name: expect.any(String) }] } } };

describe('the release', () => {
  it('packs a dated version without touching the checkout', () => {
    expect(release).toMatchObject({ code: 0, err: '' });
    expect(release.out).toContain(`Version ${version}\n`);
    expect(readFileSync(join(installed, 'CHANGELOG.md'), 'utf8')).toMatch(
      /## \[Unreleased\]\n\n## \[98\.7\.6\] - \d{4}-\d\d-\d\d\n/,
    );
    expect(readFileSync(join(root, 'package.json'), 'utf8')).not.toContain(version);
    expect(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')).not.toContain(version);
  });

  it('refuses what is no version', async () => {
    const refused = await run(root, 'node_modules/.bin/tsx', '.ci/release.ts', '1.2', '--dry-run');
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('say major, minor, patch or a version')]);
  });

  it('lists all that is installed and all that is in the page, and no tools', () => {
    const bom: Bom = JSON.parse(readFileSync(join(released, `access-profile-gateway-${version}.cdx.json`), 'utf8'));
    expect(bom.metadata.component).toMatchObject({ name: 'access-profile-gateway', version });
    const named = new Set(bom.components.map(({ name }) => name));
    const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    for (const name of [...Object.keys(dependencies), 'react', 'graphiql', 'monaco-editor'])
      expect(named).toContain(name);
    for (const name of ['vitest', 'typescript', 'vite', 'fast-check']) expect(named).not.toContain(name);
    const refs = new Set(bom.components.map((each) => each['bom-ref']));
    const targets = bom.dependencies.flatMap(({ dependsOn }) => dependsOn ?? []);
    expect(targets.filter((ref) => !refs.has(ref))).toEqual([]);
  });
});

describe('the package', () => {
  it('is installed without a warning about Node.js or anything else', () => {
    expect(install.err).toBe('');
    expect(install.out).not.toMatch(/warn|deprecated/i);
  });

  it('holds what is used and nothing else', () => {
    const files = filesIn(installed);
    const own = files.filter((file) => !file.startsWith('dist/'));
    expect(own.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'schema.graphql']);
    expect(
      files.filter((file) => /\.(map|tsbuildinfo|tsx?|stamp)$|\/\./.test(file) && !file.endsWith('.d.ts')),
    ).toEqual([]);
    const sources = new Set(filesIn(join(root, 'src')).map((file) => file.replace(/\.tsx?$/, '.js')));
    const scripts = files.filter((file) => file.endsWith('.js') && !file.includes('/assets/'));
    expect(scripts.filter((file) => !sources.has(file.replace('dist/', '')))).toEqual([]);
    // Each file of the page is there once, compressed.
    const assets = files.filter((file) => file.includes('/assets/'));
    expect(assets.length).toBeGreaterThan(5);
    expect(assets.filter((file) => !file.endsWith('.gz'))).toEqual([]);
  });

  it('has the licence of every package in the page', () => {
    const licences = readFileSync(join(installed, 'dist/graphiql/licences.md'), 'utf8');
    for (const name of ['react', 'react-dom', 'graphiql', 'monaco-editor', 'graphql-language-service']) {
      expect(licences).toMatch(new RegExp(`^## ${name} \\d`, 'm'));
    }
    expect(licences).toContain('Copyright (c) Meta Platforms, Inc.');
    expect(licences).not.toMatch(/^## .* \(see below\)$/m);
  });

  it('satisfies publint and are-the-types-wrong', async () => {
    const tarball = join(released, `access-profile-gateway-${version}.tgz`);
    const lint = await run(root, 'node_modules/.bin/publint', 'run', tarball, '--strict');
    expect(lint, lint.out).toMatchObject({ code: 0 });
    // Only for ESM: `require` of it works from Node.js 20.19 on, and has the same types.
    const types = await run(root, 'node_modules/.bin/attw', tarball, '--profile', 'esm-only');
    expect(types, types.out).toMatchObject({ code: 0 });
  });

  it('starts on the sandbox without an argument, serves the page, and ends at SIGTERM', async () => {
    const bin = join(user, 'node_modules/.bin/access-profile-gateway');
    const gateway = await start(spawn(bin, { cwd: user, env: { PATH: process.env['PATH'], PORT: '0' } }));
    expect(await query(`${gateway.url}/graphql`)).toEqual(answered);
    const page = await (await fetch(`${gateway.url}/graphiql`)).text();
    const script = new URL(/src="([^"]+\.js)"/.exec(page)?.[1] ?? 'none', `${gateway.url}/graphiql`);
    const asset = await fetch(script);
    expect(asset.headers.get('content-encoding')).toBe('gzip');
    // Read to its end, or the gateway would wait for it at SIGTERM.
    expect((await asset.text()).length).toBeGreaterThan(10_000);
    expect(await gateway.stop()).toBe(0);
  });

  it('is embedded by a program of a user: as a fetch handler, as a Node.js handler, with its schema', async () => {
    const sandbox = await startSandbox();
    writeFileSync(
      join(user, 'embed.js'),
      `import { createServer } from 'node:http';
      import { readFileSync } from 'node:fs';
      import { buildSchema, GraphQLSchema } from 'graphql';
      import { createGateway, schema } from 'access-profile-gateway';
      const gateway = createGateway({ VEZA_URL: '${sandbox.origin}', LOG_LEVEL: 'error', MAX_DEPTH: 9, INTROSPECTION: false });
      const headers = { authorization: 'Bearer ${adminKey}', 'content-type': 'application/json' };
      const ask = (query) => ({ method: 'POST', headers, body: JSON.stringify({ query }) });
      const asked = '{ accessProfiles(first: 1) { nodes { name } } }';
      const fetched = await gateway.fetch(new Request('https://app.example/api/any/path?x=1', ask(asked)));
      const server = createServer(gateway.handle).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const url = 'http://127.0.0.1:' + server.address().port;
      const served = await fetch(url + '/graphql', ask(asked));
      const refused = await gateway.fetch(new Request('https://app.example/', { ...ask('{ __schema { types { name } } }') }));
      const problems = [{ VEZA_URL: '${sandbox.origin}', PORT: 1 }, { VEZA_URL: 'x', MAX_DEPHT: 1 }, { VEZA_URL: 'x', VEZA_API_KEY: 'k' }, {}];
      console.log(JSON.stringify({
        fetched: await fetched.json(), cache: fetched.headers.get('cache-control'),
        served: await served.json(), page: (await fetch(url + '/graphiql')).status, unknown: (await fetch(url + '/metrics')).status,
        isRefused: (await refused.json()).errors.length > 0,
        isReady: gateway.isReady, metrics: /requests_total\\{/.test((await gateway.metrics()).text),
        isSchema: schema instanceof GraphQLSchema,
        printed: buildSchema(readFileSync(new URL(import.meta.resolve('access-profile-gateway/schema.graphql')), 'utf8')) instanceof GraphQLSchema,
        problems: problems.map((settings) => { try { createGateway(settings); return null; } catch (error) { return error.name + ' ' + error.message; } }),
      }));
      server.close();
      await gateway.close();`,
    );
    const { out, err } = await run(user, process.execPath, 'embed.js');
    await sandbox.close();
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual({
      fetched: answered,
      cache: 'no-store',
      served: answered,
      page: 200,
      unknown: 404,
      isRefused: true,
      isReady: true,
      metrics: true,
      isSchema: true,
      printed: true,
      problems: [
        'ConfigError PORT: is not for an embedded gateway: your server decides it',
        'ConfigError MAX_DEPHT: is not a setting; did you mean MAX_DEPTH?',
        expect.stringMatching(/^ConfigError VEZA_API_KEY: everybody who reaches your server could use it/),
        expect.stringMatching(/^ConfigError VEZA_URL: must be set/),
      ],
    });
  });

  it('has types that are checked without skipping any', async () => {
    mkdirSync(join(user, 'node_modules/@types'), { recursive: true });
    symlinkSync(join(root, 'node_modules/@types/node'), join(user, 'node_modules/@types/node'));
    writeFileSync(
      join(user, 'embed.ts'),
      `import { createServer } from 'node:http';
      import { createGateway, schema, type EmbeddedGateway, type GatewaySettings } from 'access-profile-gateway';
      const settings: GatewaySettings = { MAX_DEPTH: 9, CORS_ORIGINS: ['https://app.example'], INTROSPECTION: false };
      const gateway: EmbeddedGateway = createGateway({ ...settings, VEZA_URL: 'acme.vezacloud.com' }, { log: { write: () => {} } });
      createServer(gateway.handle);
      export const answer: Promise<Response> = gateway.fetch(new Request('https://app.example/'));
      export const type = schema.getQueryType()?.name;
      // @ts-expect-error: it must say which tenant
      createGateway({});
      // @ts-expect-error: the server is not ours
      createGateway({ VEZA_URL: 'x', PORT: 4000 });`,
    );
    const flags = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      'node',
    ];
    const checked = await run(
      user,
      process.execPath,
      join(root, 'node_modules/typescript/bin/tsc'),
      ...flags,
      'embed.ts',
    );
    expect(checked, checked.out).toMatchObject({ code: 0 });
  });
});

describe('the image', () => {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8').replaceAll('\\\n', '');
  const final = dockerfile.split(/^FROM /m).at(-1) ?? '';
  /** The words of the last instruction of this name in the last stage. */
  const instruction = (name: string): string => final.match(new RegExp(`^${name} (.*)$`, 'm'))?.[1] ?? '';
  const list = (text: string): readonly string[] => JSON.parse(text.replace(/^[^[]*(?=\[)/, ''));

  it('copies only what there is, and what .dockerignore lets through', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, files = '']) =>
      files.split(' '),
    );
    const letThrough = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    expect(copied.length).toBeGreaterThan(8);
    for (const file of copied) {
      expect(existsSync(join(root, file)), file).toBe(true);
      expect(letThrough).toContain(`!${file.replace('./', '')}`);
    }
  });

  it('has no tags that move to another major version, no root and no shell', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(bases).toEqual(['node:24-bookworm-slim', 'node:24-bookworm-slim', 'gcr.io/distroless/nodejs24-debian12']);
    expect(instruction('USER')).toBe('65534:65534');
    // Without a shell, only the form of a list works.
    for (const name of ['ENTRYPOINT', 'CMD', 'HEALTHCHECK'])
      expect(list(instruction(name)).length, name).toBeGreaterThan(0);
    expect(final).not.toMatch(/^RUN/m);
  });

  it('runs as nobody on files that it can not write, says that it is healthy, and drains at SIGTERM', async () => {
    mkdirSync(image);
    // What the last stage copies. The packages are those of the installation, which has resolved the same dependencies: they are
    // moved here, because nobody else needs them any more.
    const copied = [...final.matchAll(/^COPY (?:--from=\w+ )?(.*) \S+$/gm)].flatMap(([, files = '']) =>
      files.split(' '),
    );
    for (const file of copied.map((each) => each.replace(/^\/build\//, '')).filter((each) => !each.startsWith('/'))) {
      renameSync(join(installed, file), join(image, file));
    }
    rmSync(installed, { recursive: true });
    expect(copied).toContain('/app/node_modules');
    renameSync(join(user, 'node_modules'), join(image, 'node_modules'));
    const settings = Object.fromEntries(
      instruction('ENV')
        .split(' ')
        .map((pair) => pair.split('=')),
    );
    expect(settings).toMatchObject({ HOST: '0.0.0.0', PORT: '4000', ADMIN_PORT: '4001' });
    const env = { PATH: '/none', ...settings, HOST: '127.0.0.1', PORT: '0', ADMIN_PORT: '0' };
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    await run(place, 'chmod', '-R', 'a-w,a+rX', image);
    await run(place, 'chmod', 'a+rx', place);
    const [, ...args] = [...list(instruction('ENTRYPOINT')), ...list(instruction('CMD'))];
    const child = spawn(process.execPath, args, { cwd: image, env, ...nobody });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)));
    const gateway = await start(child);
    expect(await query(`${gateway.url}/graphql`)).toEqual(answered);
    const port = /Health +http:\S+?:(\d+)\//.exec(out)?.[1] ?? '';
    const [, ...check] = list(instruction('HEALTHCHECK'));
    const health = (adminPort: string) =>
      promisify(execFile)(process.execPath, [...check], { env: { ADMIN_PORT: adminPort } }).then(
        () => 0,
        ({ code }) => code,
      );
    expect([await health(port), await health('1')]).toEqual([0, 1]);
    expect(await gateway.stop()).toBe(0);
    await run(place, 'chmod', '-R', 'u+w', image);
  });
});

describe('the licences of all packages', () => {
  /** For what is shipped: notices must be kept, nothing else is asked. */
  const shipped = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense'];
  /** Tools may be under more: we pass on neither them nor changes of them. */
  const tools = [...shipped, 'MPL-2.0', 'Python-2.0', 'PSF-2.0', 'CC-BY-4.0', 'CC0-1.0'];
  /** Without a licence in its manifest: its licence file is the MIT licence. */
  const looked = new Set(['khroma']);

  const allows = (allowed: readonly string[], licence = ''): boolean =>
    licence
      .replaceAll(/[()]/g, '')
      .split(' OR ')
      .some((choice) => choice.split(' AND ').every((each) => allowed.includes(each)));

  it('are on the list', () => {
    const { packages }: { packages: Record<string, { license?: string; dev?: boolean }> } = JSON.parse(
      readFileSync(join(root, 'package-lock.json'), 'utf8'),
    );
    const others = Object.entries(packages).filter(([path, { license, dev }]) => {
      const name = path.replace(/^.*node_modules\//, '');
      return path !== '' && !looked.has(name) && !allows(dev ? tools : shipped, license);
    });
    expect(others.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
    const bom: Bom = JSON.parse(readFileSync(join(released, `access-profile-gateway-${version}.cdx.json`), 'utf8'));
    const inPage = bom.components.filter(({ licenses = [] }) =>
      licenses.some(({ license, expression }) => !allows(shipped, expression ?? license?.id)),
    );
    expect(inPage.map(({ name }) => name)).toEqual([]);
  });

  it('that ask for more are found', () => {
    expect(allows(shipped, 'GPL-3.0-only')).toBe(false);
    expect(allows(shipped, 'MIT AND GPL-3.0-only')).toBe(false);
    expect(allows(shipped, undefined)).toBe(false);
    expect(allows(shipped, '(MPL-2.0 OR Apache-2.0)')).toBe(true);
  });
});
