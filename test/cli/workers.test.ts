import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { adminKey, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts';
import { exchange } from '../server/edge-support.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Line = Readonly<Record<string, unknown>>;

/** The gateway in a process group of its own, as from a terminal. */
function spawnGateway(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'serve'], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: '0', GRAPHIQL: 'off', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const signal = (name: NodeJS.Signals) => {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  };
  // Once no process holds its output any more.
  const exit = once(child, 'close').then(() => child.exitCode);
  const output = { text: '', errors: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.text += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.errors += chunk.toString();
  });
  const lines = (message: string): readonly Line[] =>
    output.text.split('\n').flatMap((text) => {
      const line: Line = text.startsWith('{') && text.endsWith('}') ? JSON.parse(text) : {};
      return line['msg'] === message ? [line] : [];
    });
  onTestFinished(async () => {
    try {
      signal('SIGKILL');
    } catch {
      // None of the group is left.
    }
  });
  return { child, exit, output, lines, signal };
}

/** Two workers before a sandbox, and a connection to each. */
async function startWorkers(sandboxOptions: SandboxOptions = {}) {
  const sandbox = await startSandbox(sandboxOptions);
  onTestFinished(() => sandbox.close());
  const gateway = spawnGateway({
    WORKERS: '2',
    ADMIN_PORT: '0',
    VEZA_URL: sandbox.origin,
    VEZA_API_KEY: adminKey,
  });
  const found = (label: string) => new RegExp(`${label} +(http:\\S+)/`).exec(gateway.output.text)?.[1];
  await expect.poll(() => found('Health') ?? gateway.output.errors, soon).toMatch(/^http/);
  const url = found('GraphQL') ?? '';
  const adminUrl = found('Health')?.replace('/health', '') ?? '';
  const connection = () => {
    // Whoever took its first request gets all others.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    return async (query: string, requestId = 'none') => {
      const { headers, text } = await exchange(`${url}/graphql`, {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'x-request-id': requestId },
        body: JSON.stringify({ query }),
      });
      return { text, isKept: headers['age'] !== undefined, isLast: headers['connection'] === 'close' };
    };
  };
  const workerOf = (requestId: string) =>
    gateway.lines('request').find((line) => line['requestId'] === requestId)?.['worker'];
  const pidOf = (worker: unknown) =>
    Number(gateway.lines('worker listens').find((line) => line['worker'] === worker)?.['pid']);
  return { ...gateway, sandbox, url, adminUrl, workerOf, pidOf, one: connection(), two: connection() };
}

/** For a machine that has other things to do. */
const soon = { timeout: 10_000 };

const whole = 'query Whole { inheritanceGraph { nodes { labels } } }';
const add = (label: string) =>
  `mutation { addAccessProfileLabels(input: { id: "3a2371b6-95ec-4d9e-b95c-d75d51daa39b", labels: ["${label}"] }) { __typename } }`;

describe('several workers', () => {
  it('are one gateway: on one port, with one memory of writes, one set of metrics, and one end', async () => {
    const { exit, output, lines, signal, adminUrl, workerOf, pidOf, one, two, sandbox } = await startWorkers();
    expect(output.text.match(/Access Profile Gateway on/g)).toHaveLength(1);

    const metric = async (name: string) => {
      const { text } = await exchange(`${adminUrl}/metrics`);
      return text.split('\n').find((line) => line.startsWith(`access_profile_gateway_${name} `));
    };
    const labels = ['first', 'second', 'third'];
    for (const [i, label] of labels.entries()) {
      for (const ask of [one, two]) {
        await ask(whole);
        expect((await ask(whole)).isKept).toBe(true);
      }
      const [writer, other] = i % 2 ? [two, one] : [one, two];
      expect((await writer(add(label))).text).toContain('Payload');
      const read = await other(whole);
      expect(read.isKept).toBe(false);
      expect(read.text).toContain(label);
    }
    // The same profile through both at once: each reads, adds its own and writes.
    const both = labels.map((label) => `${label} again`);
    await Promise.all(both.map((label, i) => (i % 2 ? two : one)(add(label))));
    const { text } = await one(whole);
    for (const label of both) expect(text).toContain(label);

    await Promise.all([one('{ integrations }', 'a'), two('{ integrations }', 'b')]);
    await expect.poll(() => [workerOf('a'), workerOf('b')].toSorted(), soon).toEqual([1, 2]);
    expect(await metric('requests_total{operation="Whole",kind="query",code="OK"}')).toMatch(/ 16$/);
    expect((await exchange(`${adminUrl}/health/ready`)).status).toBe(200);

    const ended = pidOf(workerOf('b'));
    process.kill(ended, 'SIGKILL');
    await expect.poll(() => lines('worker ended; another takes its place'), soon).toHaveLength(1);
    expect((await one(whole)).isKept).toBe(false);
    await expect.poll(() => lines('worker listens'), soon).toHaveLength(3);
    expect((await two('{ integrations }')).text).toContain('OKTA');
    expect(await metric('requests_total{operation="Whole",kind="query",code="OK"}')).toMatch(/ 17$/);

    sandbox.faults.add({ kind: 'delay', delayMs: 500 });
    const running = one('{ integrations }');
    const { length } = sandbox.calls;
    await expect.poll(() => sandbox.calls.length, soon).toBeGreaterThan(length);
    signal('SIGINT');
    await expect.poll(async () => await two('{ __typename }').catch(() => 'refused'), soon).toBe('refused');
    // Nothing is left open for which it would have to wait.
    expect(await running).toMatchObject({ text: expect.stringContaining('OKTA'), isLast: true });
    expect(await exit).toBe(0);
    expect(lines('shutting down')).toHaveLength(1);
    expect(output.errors).toBe('');
  }, 60_000);

  it('end with the primary process, and at once when it is told twice', async () => {
    const { child, exit, lines, one, sandbox } = await startWorkers({ latencyMs: 60_000 });
    one('{ integrations }').catch(() => undefined);
    await expect.poll(() => sandbox.calls.length, soon).toBe(1);
    child.kill('SIGTERM');
    await expect.poll(() => lines('shutting down'), soon).toHaveLength(1);
    child.kill('SIGTERM');
    expect(await exit).toBe(1);
  });

  it('say once, as one process does, that they can not start', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { exit, output } = spawnGateway({ WORKERS: '2', PORT: String(port) });
    expect(await exit).toBe(2);
    expect(output.errors).toBe(
      `access-profile-gateway: PORT: ${port} is in use; choose another, or 0 for a free one\n`,
    );
    expect(output.text).toBe('');
  });
});
