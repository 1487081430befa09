import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { type Edge, startEdge } from '../server/edge-support.ts';
import { freePort, type RedisServer, startRedis } from '../support/redis.ts';

if (spawnSync('promtool', ['--version']).status !== 0) {
  throw new Error(
    'These tests start promtool and prometheus, which are not installed. On Debian: apt-get install prometheus.',
  );
}

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
const promtool = (...args: readonly string[]) => spawnSync('promtool', args, { cwd: root, encoding: 'utf8' });

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}

const rules: readonly Rule[] = parse(readFileSync(`${root}/examples/monitoring/rules.yaml`, 'utf8')).groups[0].rules;

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}

const dashboard: { readonly panels: readonly Panel[] } = JSON.parse(
  readFileSync(`${root}/examples/monitoring/dashboard.json`, 'utf8'),
);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the alerts', () => {
  it('are rules that Prometheus takes', () => {
    const { status, stdout, stderr } = promtool('check', 'rules', 'examples/monitoring/rules.yaml');
    expect(status, stdout + stderr).toBe(0);
  });

  it('fire on what they are for, and are silent on a gateway that works', () => {
    const { status, stdout, stderr } = promtool('test', 'rules', 'test/deploy/rules.test.yaml');
    expect(status, stdout + stderr).toBe(0);
    const tested = parse(readFileSync(new URL('rules.test.yaml', import.meta.url), 'utf8')).tests;
    expect(tested.map(({ name }: { name: string }) => name)).toEqual([
      ...rules.map(({ alert }) => alert),
      'A gateway that works',
    ]);
  });

  it('fail their test if a threshold is wrong', () => {
    const text = readFileSync(`${root}/examples/monitoring/rules.yaml`, 'utf8');
    const spoilt = text.replace('redis_up) == 0', 'redis_up) == 1');
    expect(spoilt).not.toBe(text);
    writeFileSync(join(folder, 'rules.yaml'), spoilt);
    const test = readFileSync(new URL('rules.test.yaml', import.meta.url), 'utf8');
    writeFileSync(join(folder, 'test.yaml'), test.replace('../../examples/monitoring/rules.yaml', 'rules.yaml'));
    expect(promtool('test', 'rules', join(folder, 'test.yaml')).status).toBe(1);
  });

  it('are in the table of promises, each with what it promises', () => {
    const page = readFileSync(`${root}/docs/operations.md`, 'utf8');
    const named = [...page.matchAll(/^\| .* \| (`\w+`(?:, `\w+`)*) \|$/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, alert]) => alert),
    );
    expect(rules.map(({ alert }) => alert).filter((alert) => !named.includes(alert))).toEqual([]);
  });
});

describe('on the metrics of a gateway, in Prometheus', () => {
  let edge: Edge;
  let redis: RedisServer;
  let stop: () => Promise<void>;
  let origin: string;

  /** The result of an instant query. */
  async function evaluate(expr: string): Promise<readonly { readonly value: readonly [number, string] }[]> {
    const response = await fetch(`${origin}/api/v1/query?query=${encodeURIComponent(expr)}`);
    const { status, error, data } = Object(await response.json());
    expect(status, `${expr}: ${error}`).toBe('success');
    return data.result;
  }

  beforeAll(async () => {
    redis = await startRedis();
    edge = await startEdge({ REDIS_URL: redis.url, RATE_LIMIT: '2000' });
    // The command does this, which tests don't need otherwise.
    edge.watchProcess();
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const config = parse(readFileSync(`${root}/examples/monitoring/prometheus.yaml`, 'utf8'));
    const [job] = config.scrape_configs;
    const { host } = new URL(edge.adminUrl);
    const file = join(folder, 'prometheus.json');
    writeFileSync(
      file,
      JSON.stringify({
        global: { scrape_interval: '500ms', scrape_timeout: '500ms', evaluation_interval: '1s' },
        rule_files: [`${root}/examples/monitoring/rules.yaml`],
        scrape_configs: [{ job_name: job.job_name, static_configs: [{ targets: [host] }] }],
      }),
    );
    const flags = [
      `--config.file=${file}`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    const child = spawn('prometheus', flags, { stdio: 'ignore' });
    stop = async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    };
    const isReady = () =>
      fetch(`${origin}/-/ready`)
        .then(({ ok }) => ok)
        .catch(() => false);
    await vi.waitUntil(isReady, { timeout: 60_000 });
    // Something of everything: operations that succeed, that fail by themselves and by the API, look-ups by id.
    const scrapes = async () => Number((await evaluate('count_over_time(up[1h])'))[0]?.value[1] ?? 0);
    for (let round = 1; round <= 2; round++) {
      await edge.ask(
        'query Parents { accessProfiles(filter: { labels: { has: "sales" } }) { nodes { name inheritsFrom { name } } } }',
      );
      await edge.ask('query Wrong { nothing }');
      edge.sandbox.faults.add({ kind: 'status', status: 503, times: 1 });
      await edge.ask('query Retried { integrations }');
      edge.sandbox.faults.add({ kind: 'status', status: 500, times: 5 });
      await edge.ask('query Failing { integrations }');
      edge.sandbox.faults.clear();
      await vi.waitUntil(async () => (await scrapes()) >= 3 * round, { timeout: 60_000 });
    }
  });

  afterAll(async () => {
    await stop();
    await edge[Symbol.asyncDispose]();
    await redis[Symbol.asyncDispose]();
  });

  it('each query of the dashboard has a result', async () => {
    const panels = dashboard.panels.filter(({ type }) => type !== 'row');
    expect(panels.length).toBeGreaterThan(15);
    for (const { title, targets = [] } of panels) {
      expect(targets.length, title).toBeGreaterThan(0);
      for (const { expr } of targets) {
        const result = await evaluate(expr.replaceAll('$__rate_interval', '1m').replaceAll('$job', '.*'));
        expect(result.length, `${title}: ${expr}`).toBeGreaterThan(0);
        expect(
          result.every(({ value }) => value[1] !== 'NaN'),
          `${title}: ${expr}`,
        ).toBe(true);
      }
    }
  });

  it('each alert reads metrics that exist, and Prometheus evaluates it', async () => {
    for (const { alert, expr } of rules) {
      await evaluate(expr);
      for (const [name] of expr.matchAll(/\b(?:access_profile_gateway|nodejs|process)_\w+/g)) {
        expect((await evaluate(name)).length, `${alert}: ${name}`).toBeGreaterThan(0);
      }
    }
  });

  it('the codes and statuses that alerts name are those that the gateway counts', async () => {
    const codes = /export type ErrorCode =[^;]*/.exec(readFileSync(`${root}/src/errors.ts`, 'utf8'))?.[0] ?? '';
    for (const { alert, expr } of rules) {
      for (const [, code = ''] of expr.matchAll(/code="([A-Z_]+)"/g)) expect(codes, alert).toContain(`'${code}'`);
    }
    expect(await evaluate('access_profile_gateway_upstream_calls_total{status=~"5..|none"}')).not.toEqual([]);
    expect(
      await evaluate('access_profile_gateway_requests_total{code=~"UPSTREAM_.*|OVERLOADED|INTERNAL|HTTP_5.."}'),
    ).not.toEqual([]);
  });
});

describe('the dashboard', () => {
  it('answers its four questions in order, and its panels do not overlap', () => {
    const rows = dashboard.panels.filter(({ type }) => type === 'row').map(({ title }) => title);
    expect(rows.slice(0, 4)).toEqual(['Is it slow?', 'Is it us or the API?', 'Who uses it up?', 'What fails?']);
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });
});
