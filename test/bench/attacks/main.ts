import { adminKey } from '../../../src/sandbox/server.ts';
import { printTable } from '../table.ts';
import { type Attack, type AttackRequest, attacks } from './attacks.ts';
import { startGatewayProcess } from './gateway-process.ts';
import { upstreams } from './upstreams.ts';

/** Only attacks whose name holds one of the words that are given. */
const words = process.argv.slice(2);
const chosen = attacks.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));

interface Reply {
  readonly status: number | string;
  readonly codes: readonly string[];
  readonly bytes: number;
}

async function send(url: string, { key, body }: AttackRequest): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body,
    });
    const bytes = await response.arrayBuffer();
    const text =
      Buffer.from(bytes.slice(0, 1_000_000)).toString('latin1') +
      Buffer.from(bytes.slice(-1_000_000)).toString('latin1');
    const codes = [...text.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code ?? '');
    return { status: response.status, codes: [...new Set(codes)], bytes: bytes.byteLength };
  } catch {
    return { status: 'cut', codes: [], bytes: 0 };
  }
}

async function run({ api, requests, settings = {} }: Attack): Promise<readonly string[]> {
  const upstream = await upstreams[api]();
  const gateway = await startGatewayProcess(upstream.origin, settings);
  // As in a server that has run for a while, the usual code is warm.
  for (let i = 0; i < 20; i++) {
    await send(gateway.url, {
      key: adminKey,
      body: '{"query":"{ integrations accessProfileTypes { nodes { id name } } }"}',
    });
  }
  const before = upstream.calls();
  const startedAt = performance.now();
  const { pauseMs, pauseCpuMs, cpuMs, peakMegabytes, result } = await gateway.measure(() =>
    Promise.all(requests.map((request) => send(gateway.url, request))),
  );
  const milliseconds = performance.now() - startedAt;
  const calls = upstream.calls() - before;
  gateway.stop();
  await upstream.close();
  const outcomes = new Set(result.map(({ status, codes }) => [status, ...codes].join(' ')));
  const bytes = result.reduce((sum, each) => sum + each.bytes, 0);
  return [
    ...[pauseMs, pauseCpuMs, cpuMs, milliseconds, peakMegabytes, calls].map((value) => String(Math.round(value))),
    (bytes / 1e6).toFixed(1),
    [...outcomes].join('; '),
  ];
}

const rows: (readonly string[])[] = [];
for (const attack of chosen) {
  const row = [attack.name, ...(await run(attack))];
  process.stderr.write(`${row.join(' | ')}\n`);
  rows.push(row);
}
process.stdout.write(
  printTable(
    [
      'attack',
      'longest pause ms',
      'CPU in one',
      'CPU ms',
      'ms',
      'peak RSS MB',
      'calls',
      'answer MB',
      'status and codes',
    ],
    rows.map((row) => [...row]),
  ),
);
process.exit();
