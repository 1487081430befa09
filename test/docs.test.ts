import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSeparationRules } from '../src/config/separation-rules.ts';
import { printSettings } from '../src/config.ts';
import { openStream, type Stream } from './support/event-stream.ts';
import { startGateway } from './support/gateway.ts';

const root = new URL('../', import.meta.url);

const read = (file: string) => readFileSync(new URL(file, root), 'utf8');

/** The pages whose queries and commands are run, and all that link to others. */
const pages = [
  'README.md',
  'docs/guide.md',
  'docs/what-if.md',
  'docs/people.md',
  'docs/versions.md',
  'docs/operations.md',
] as const;
const linking = [
  ...pages,
  'docs/install.md',
  'docs/federation.md',
  'docs/security.md',
  'docs/development.md',
  'src/README.md',
  'src/mutations/README.md',
];

interface Block {
  readonly language: string;
  readonly text: string;
  /** Page and line. */
  readonly place: string;
}

/** The fenced blocks of a page, in order. */
function blocksOf(page: string): readonly Block[] {
  const text = read(page);
  return [...text.matchAll(/^```(?<language>\w+)\n(?<text>[\s\S]*?)^```$/gm)].map((match) => ({
    language: match.groups?.['language'] ?? '',
    text: match.groups?.['text'] ?? '',
    place: `${page}:${text.slice(0, match.index).split('\n').length}`,
  }));
}

/** Each query and curl of a page with the JSON block that follows it as its answer. */
function examplesOf(page: string) {
  return blocksOf(page).flatMap((block, i, all) => {
    const next = all[i + 1];
    return (block.language === 'graphql' || block.text.startsWith('curl')) && next?.language === 'json'
      ? [{ ...block, answer: JSON.parse(next.text) }]
      : [];
  });
}

/** The rows of the table under a heading, without its head. */
function table(page: string, heading: string): readonly (readonly string[])[] {
  const part =
    read(page)
      .split(/^## /m)
      .find((each) => each.startsWith(`${heading}\n`)) ?? '';
  const rows = part.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const code = (cell: string | undefined): string => /^`(.*)`$/.exec(cell ?? '')?.[1] ?? '';

/** The rules of separation that a page shows as a file. */
function rulesOf(page: string) {
  const file = blocksOf(page).find(({ language }) => language === 'yaml');
  if (file === undefined) return [];
  const path = join(mkdtempSync(join(tmpdir(), 'rules-')), 'rules.yaml');
  writeFileSync(path, file.text);
  return readSeparationRules(path);
}

describe.each(pages)('the queries of %s', (page) => {
  const queries = blocksOf(page).filter(({ language }) => language === 'graphql');

  it('are all followed by an answer', () => {
    expect(examplesOf(page).filter(({ language }) => language === 'graphql')).toHaveLength(queries.length);
  });

  // In one gateway and in their order, since mutations are among them.
  it('return the answers printed there', async () => {
    await using gateway = await startGateway({ versionRead: true }, { separationRules: rulesOf(page) });
    const subscriptions: { readonly stream: Stream; readonly place: string; readonly answer: unknown }[] = [];
    for (const { text, place, answer } of examplesOf(page).filter(({ language }) => language === 'graphql')) {
      if (text.startsWith('subscription')) {
        const stream = await openStream((request) => gateway.fetch(request), 'http://localhost/graphql', text);
        subscriptions.push({ stream, place, answer });
      } else expect(await gateway.ask(text), place).toEqual(answer);
    }
    // The event is that of a mutation which follows.
    for (const { stream, place, answer } of subscriptions) {
      expect((await stream.next()).data, place).toEqual(answer);
      await stream.leave();
    }
  });
});

describe('the commands of the README', () => {
  const commands = blocksOf('README.md')
    .filter(({ language }) => language === 'sh')
    .map(({ text }) => text.trim());

  it('name scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
    for (const page of linking) {
      for (const [, script] of read(page).matchAll(/npm run ([\w:-]+)/g)) {
        expect(Object.keys(scripts), page).toContain(script);
      }
    }
    expect(commands).toContain('npm ci && npm start');
    expect(commands).toContain('npm ci && npm test');
  });

  // `npm ci` and `npm test` are what brought this test here; all others are run.
  it('start a gateway that answers the curl of the page', async () => {
    const gateway = await start('npm start', {});
    try {
      for (const example of examplesOf('README.md').filter(({ text }) => text.startsWith('curl'))) {
        const output = await run(example.text.replace('http://127.0.0.1:4000', gateway.url));
        expect(JSON.parse(output), example.place).toEqual(example.answer);
      }
      const page = await fetch(`${gateway.url}/graphiql`);
      expect(page.headers.get('content-type')).toContain('text/html');
    } finally {
      await gateway.stop();
    }
  });

  it('start on a tenant', async () => {
    await using upstream = await startGateway();
    const command = commands.find((each) => each.startsWith('VEZA_URL='));
    expect(command).toBe('VEZA_URL=acme.vezacloud.com VEZA_API_KEY=… npm start');
    const gateway = await start('npm start', {
      VEZA_URL: upstream.sandbox.origin,
      VEZA_API_KEY: 'c2FuZGJveC1hZG1pbg==',
    });
    try {
      const answer = await run(
        `curl -s ${gateway.url}/graphql -H 'content-type: application/json' -d '{"query": "{ accessProfileTypes { nodes { name } } }"}'`,
      );
      expect(JSON.parse(answer).data.accessProfileTypes.nodes).toHaveLength(4);
      expect(upstream.sandbox.calls).toHaveLength(1);
    } finally {
      await gateway.stop();
    }
  });
});

describe('the tables of the docs', () => {
  it('hold every setting, as `access-profile-gateway settings` prints it', () => {
    expect(read('docs/operations.md')).toContain(`\n${printSettings()}\n`);
  });

  it('show the SCIM that is sent for each filter', async () => {
    await using gateway = await startGateway({ profiles: 480 });
    const rows = table('docs/guide.md', 'Lists and filters');
    expect(rows.length).toBeGreaterThan(8);
    for (const [filter, scim] of rows) {
      const answer = await gateway.ask(`{ accessProfiles(filter: ${code(filter)}) { scimFilter } }`);
      const sent = scim === 'nothing' ? null : code(scim);
      expect(answer, filter).toEqual({ data: { accessProfiles: { scimFilter: sent } } });
    }
  });

  it('list every error code', () => {
    const codes = [...(/export type ErrorCode =[^;]*/.exec(read('src/errors.ts'))?.[0] ?? '').matchAll(/'([A-Z_]+)'/g)];
    expect(table('docs/guide.md', 'Errors').map(([name]) => code(name))).toEqual(codes.map(([, name]) => name));
  });
});

describe.each(linking)('the links of %s', (page) => {
  it('lead to pages and headings that exist', () => {
    for (const [, target = ''] of read(page).matchAll(/\]\((?!https?:)([^)\s]*)\)/g)) {
      const [path = '', heading] = target.split('#');
      const file = path === '' ? new URL(page, root) : new URL(path, new URL(page, root));
      expect(existsSync(file), `${page}: ${target}`).toBe(true);
      if (heading === undefined) continue;
      const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
        text
          .toLowerCase()
          .replaceAll(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      );
      expect(headings, `${page}: ${target}`).toContain(heading);
    }
  });
});

/** Runs a command of the page on a free port and waits for it to say where it listens. */
async function start(command: string, environment: Readonly<Record<string, string>>) {
  const child = spawn(command, {
    shell: true,
    cwd: fileURLToPath(root),
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /GraphQL +(http:\S+)\/graphql/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (status) => reject(new Error(`${command} ended with ${status}: ${output}`)));
  });
  return { url, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  // The shell and npm stand between: the whole group is told.
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  await ended;
}

async function run(command: string): Promise<string> {
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  for await (const chunk of child.stdout) output += String(chunk);
  return output;
}
