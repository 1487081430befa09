import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadConfig, variableNames } from '../src/config.ts';
import { startGateway } from './support/gateway.ts';

const root = new URL('../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

/** The fenced blocks of the page, in order. */
function blocks(): readonly Block[] {
  return [...readme.matchAll(/^```(?<language>\w+)\n(?<text>[\s\S]*?)^```$/gm)].map((match) => ({
    language: match.groups?.['language'] ?? '',
    text: match.groups?.['text'] ?? '',
    line: readme.slice(0, match.index).split('\n').length,
  }));
}

/** Each block with the JSON block that follows it as its answer. */
const examples = blocks().flatMap((block, i, all) => {
  const next = all[i + 1];
  return (block.language === 'graphql' || block.text.startsWith('curl')) && next?.language === 'json'
    ? [{ ...block, answer: JSON.parse(next.text) }]
    : [];
});

/** The rows of the table under a heading, without its head. */
function table(heading: string): readonly (readonly string[])[] {
  const section = readme.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const code = (cell: string | undefined): string => /^`(.*)`$/.exec(cell ?? '')?.[1] ?? '';

describe('the queries of the README', () => {
  it('are all followed by an answer', () => {
    const queries = blocks().filter(({ language }) => language === 'graphql');
    expect(queries.length).toBeGreaterThan(0);
    expect(examples.filter(({ language }) => language === 'graphql')).toHaveLength(queries.length);
  });

  // In one gateway and in their order, since changes are among them.
  it('give the answers printed there', async () => {
    await using gateway = await startGateway();
    for (const { text, line, answer } of examples.filter(({ language }) => language === 'graphql')) {
      expect(await gateway.ask(text), `README.md:${line}`).toEqual(answer);
    }
  });
});

describe('the commands of the README', () => {
  const commands = blocks()
    .filter(({ language }) => language === 'sh')
    .map(({ text }) => text.trim());

  it('name scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
    for (const [, script] of readme.matchAll(/npm run ([\w:-]+)/g)) expect(scripts).toHaveProperty(script ?? '');
    expect(commands).toContain('npm ci && npm start');
    expect(commands).toContain('npm ci && npm test');
  });

  // `npm ci` and `npm test` are what brought this test here; all others are run.
  it('start a gateway that answers the curl of the page', async () => {
    const gateway = await start('npm start', {});
    try {
      for (const example of examples.filter(({ text }) => text.startsWith('curl'))) {
        const output = await run(example.text.replace('http://127.0.0.1:4000', gateway.url));
        expect(JSON.parse(output), `README.md:${example.line}`).toEqual(example.answer);
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

describe('the tables of the README', () => {
  it('list every variable with its default', () => {
    const rows = table('Configuration');
    expect(rows.map(([name]) => code(name))).toEqual(variableNames);
    const defaults = new Map(rows.map(([name, value]) => [code(name), code(value)]));
    const config = loadConfig([], {});
    expect(defaults.get('PORT')).toBe(String(config.port));
    expect(defaults.get('HOST')).toBe(config.host);
    expect(defaults.get('LOG_LEVEL')).toBe(config.logLevel);
    expect(defaults.get('GRAPHIQL')).toBe(config.graphiql ? 'on' : 'off');
    expect(defaults.get('UPSTREAM_TIMEOUT_MS')).toBe(String(config.upstreamTimeoutMs));
  });

  it('show the SCIM that is sent for each filter', async () => {
    await using gateway = await startGateway();
    const rows = table('Filter cookbook');
    expect(rows.length).toBeGreaterThan(8);
    for (const [filter, scim] of rows) {
      const answer = await gateway.ask(`{ accessProfiles(filter: ${code(filter)}) { scimFilter } }`);
      const sent = scim === 'nothing' ? null : code(scim);
      expect(answer, filter).toEqual({ data: { accessProfiles: { scimFilter: sent } } });
    }
  });

  it('list every error code', () => {
    const source = readFileSync(new URL('src/errors.ts', root), 'utf8');
    const codes = [...(/export type ErrorCode =[^;]*/.exec(source)?.[0] ?? '').matchAll(/'([A-Z_]+)'/g)];
    expect(table('Answers and errors').map(([name]) => code(name))).toEqual(codes.map(([, name]) => name));
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
