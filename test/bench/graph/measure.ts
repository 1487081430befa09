import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadConfig } from '../../../src/config.ts';
import { adminKey } from '../../../src/sandbox/server.ts';
import { createGateway } from '../../../src/server/gateway.ts';
import { createLog } from '../../../src/server/observability/log.ts';
import { printTable } from '../table.ts';
import { topIds } from './world.ts';

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(1000, 10_000, 50_000);

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');
const heapMegabytes = (): number => {
  if (typeof collectGarbage === 'function') collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
};

interface Upstream {
  readonly origin: string;
  stop(): void;
}

function startUpstream(size: number, latencyMs: number): Promise<Upstream> {
  const child = fork(fileURLToPath(new URL('./upstream.ts', import.meta.url)), [String(size), String(latencyMs)]);
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the upstream ended')));
    child.once('message', (origin) => resolve({ origin: String(origin), stop: () => child.kill() }));
  });
}

function startGateway(upstreamOrigin: string) {
  const config = loadConfig([], {});
  return createGateway({
    ...config,
    limits: { ...config.limits, MAX_COST: 1_000_000 },
    requestTimeoutMs: 600_000,
    upstreamOrigin,
    ambientKey: null,
    log: createLog('error'),
  });
}

interface Measured {
  readonly milliseconds: number;
  readonly cpu: number;
  readonly calls: number;
  readonly bytes: number;
}

/** One question from its text to the last byte of its answer. The CPU is the gateway's; the upstream is another process. */
async function ask(
  gateway: ReturnType<typeof startGateway>,
  query: string,
  cacheControl: 'no-cache' | 'no-store' | 'max-age=30',
): Promise<Measured> {
  const request = new Request('http://localhost/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${adminKey}`,
      'cache-control': cacheControl,
      'x-gateway-cost': '1',
    },
    body: JSON.stringify({ query }),
  });
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  const text = await (await gateway.graphql.fetch(request)).text();
  const [milliseconds, { user, system }] = [performance.now() - startedAt, process.cpuUsage(before)];
  if (text.includes('"errors":')) throw new Error(text.slice(0, 500));
  const calls = Number(/"upstreamCalls":(?<calls>\d+)/.exec(text)?.groups?.['calls']);
  return { milliseconds, cpu: (user + system) / 1000, calls, bytes: text.length };
}

function questions(size: number): readonly (readonly [string, string])[] {
  const tops = topIds(size, 100).map((id) => `AccessProfile:${id}`);
  const grant = 'direct entitlement { entityType datasourceId entityId }';
  return [
    [
      'whole graph',
      '{ inheritanceGraph { nodes { id name } edges { child { id } parent { id } } cycles { id } missingProfileIds depth truncated } }',
    ],
    ['its Mermaid text', '{ inheritanceGraph { mermaid } }'],
    [
      'one effective set, with ways',
      `{ accessProfile(id: "${tops[0]}") { effectiveEntitlements { ${grant} grantedBy { id } paths { id } } } }`,
    ],
    [
      'effective sets of 100 tops',
      `{ nodes(ids: ${JSON.stringify(tops)}) { ... on AccessProfile { id effectiveEntitlements { ${grant} } } } }`,
    ],
    [
      'who grants this',
      '{ accessProfilesGranting(entity: { datasourceId: "d14d85e9-342a-4670-b5ec-000000000000", entityId: "shared-0-0" }) { id } }',
    ],
    ['findings', '{ inheritanceFindings { kind message profiles { id } } }'],
  ];
}

const rows: string[][] = [];
const byQuestion = new Map<string, number[]>();
const whole = (value: number) => String(Math.round(value));

for (const size of sizes) {
  const upstream = await startUpstream(size, 0);
  const gateway = startGateway(upstream.origin);
  // The code is warm before it is measured, as in a server that has run for a while.
  const [[, first] = ['', '']] = questions(size);
  for (let i = 0; i < 2; i++) await ask(gateway, first, 'no-store');
  const bare = heapMegabytes();
  for (const [name, query] of questions(size)) {
    const { milliseconds, cpu, calls, bytes } = await ask(gateway, query, 'no-cache');
    const rss = process.memoryUsage().rss / 1e6;
    const again = await ask(gateway, query, 'max-age=30');
    byQuestion.set(name, [...(byQuestion.get(name) ?? []), cpu]);
    rows.push([
      `${name}, ${size.toLocaleString('en')}`,
      ...[milliseconds, cpu, calls, bytes / 1e6, rss, again.cpu, again.calls].map(whole),
    ]);
  }
  rows.push([
    `kept for ${size.toLocaleString('en')} profiles`,
    ...['', '', '', '', `${whole(heapMegabytes() - bare)} heap`, '', ''],
  ]);
  await gateway.close();
  upstream.stop();
}

process.stdout.write(`Node ${process.version}; the sandbox answers in another process without delay.\n\n`);
process.stdout.write(
  printTable(
    ['question, profiles', 'ms', 'CPU ms', 'calls', 'answer MB', 'RSS MB', 'again: CPU ms', 'again: calls'],
    rows,
  ),
);
process.stdout.write('\nGrowth of the CPU time, beside that of the profiles:\n\n');
const factors = sizes.slice(1).map((size, i) => size / (sizes[i] ?? 1));
process.stdout.write(
  printTable(
    ['question', ...factors.map((factor) => `× ${factor}`)],
    [...byQuestion].map(([name, times]) => [
      name,
      ...factors.map((_, i) => `× ${((times[i + 1] ?? 0) / (times[i] ?? 1)).toFixed(1)}`),
    ]),
  ),
);

process.exit();
