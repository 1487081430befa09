import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { adminKey, startSandbox } from '../../src/sandbox/server.ts';
import { closedGate } from '../support/gate.ts';
import { root, startProgram } from '../support/program.ts';
import { startRedis } from '../support/redis.ts';
import { exchange } from './edge-support.ts';

/** The gateway as a process of its own, in front of a sandbox that answers once the gate is open. */
async function startProcess(environment: Readonly<Record<string, string>> = {}) {
  const gate = closedGate();
  const sandbox = await startSandbox({ before: () => gate.passed });
  const settings = {
    VEZA_URL: sandbox.origin,
    VEZA_API_KEY: adminKey,
    PORT: '0',
    ADMIN_PORT: '0',
    GRAPHIQL: 'off',
    UPSTREAM_TIMEOUT_MS: '100000',
    REQUEST_TIMEOUT_MS: '100000',
    SHUTDOWN_TIMEOUT_MS: '100000',
  };
  const child = startProgram(['serve'], { ...settings, ...environment });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    gate.open();
    await sandbox.close();
  });
  const output = { text: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.text += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.text += chunk.toString();
  });
  const found = (label: string) => new RegExp(`${label} +(http:\\S+)/`).exec(output.text)?.[1];
  await expect.poll(() => found('Health')).toBeDefined();
  const url = found('GraphQL') ?? '';
  const adminUrl = found('Health')?.replace('/health', '') ?? '';
  const ask = (query: string) =>
    exchange(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
  return { child, gate, sandbox, output, url, adminUrl, ask };
}

/** The exit code, once all that the process printed was heard as well. */
async function exitOf(child: ChildProcess): Promise<number | null> {
  const isHeard = (output: Readable | null) => output === null || output.closed;
  if (child.exitCode === null || !isHeard(child.stdout) || !isHeard(child.stderr)) await once(child, 'close');
  return child.exitCode;
}

describe('the process', () => {
  it('finishes what runs when it is told to end, takes nothing new, and exits 0', async () => {
    // A connection that stays must not keep it.
    await using redis = await startRedis();
    const { child, ask, gate, sandbox, url, adminUrl, output } = await startProcess({ REDIS_URL: redis.url });
    await expect.poll(() => output.text).toContain('connected to Redis');
    const running = ask('{ integrations }');
    await expect.poll(() => sandbox.calls.length).toBe(1);
    child.kill('SIGTERM');
    await expect.poll(async () => (await exchange(`${adminUrl}/health/ready`)).status).toBe(503);
    await expect(exchange(`${url}/graphql?query={__typename}`)).rejects.toThrow('ECONNREFUSED');
    gate.open();
    const { status, text } = await running;
    expect(status).toBe(200);
    expect(JSON.parse(text).data.integrations).toHaveLength(8);
    expect(await exitOf(child)).toBe(0);
    expect(output.text).toContain('shutting down');
    expect(output.text).not.toContain('cut off');
    expect(output.text).not.toContain('cannot use Redis');
  });

  it('waits no longer than it may', async () => {
    const { child, ask, sandbox, output } = await startProcess({ SHUTDOWN_TIMEOUT_MS: '200' });
    const running = ask('{ integrations }').catch((error: Error) => error.message);
    await expect.poll(() => sandbox.calls.length).toBe(1);
    child.kill('SIGTERM');
    expect(await running).toMatch(/socket hang up|ECONNRESET/);
    expect(await exitOf(child)).toBe(0);
    expect(output.text).toContain('cut off');
  });

  it('ends at once when it is told twice', async () => {
    const { child, ask, sandbox, output } = await startProcess();
    ask('{ integrations }').catch(() => undefined);
    await expect.poll(() => sandbox.calls.length).toBe(1);
    child.kill('SIGINT');
    await expect.poll(() => output.text).toContain('shutting down');
    child.kill('SIGTERM');
    expect(await exitOf(child)).toBe(1);
  });
});

describe('what nobody caught', () => {
  it.each(['throw new Error(message)', 'Promise.reject(new Error(message))'])(
    '%s: a line in the log, exit 1',
    async (fault) => {
      const script = `
      import { endOnFault } from './dist/cli/shutdown.js';
      import { createLog } from './dist/server/observability/log.js';
      endOnFault(createLog('info'));
      const message = 'gone: Bearer c2VjcmV0';
      setTimeout(() => { ${fault} }, 1);
      setInterval(() => undefined, 1000);
    `;
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
      expect(await exitOf(child)).toBe(1);
      expect(JSON.parse(output)).toMatchObject({ level: 60, err: { message: 'gone: [redacted]' } });
    },
  );
});
