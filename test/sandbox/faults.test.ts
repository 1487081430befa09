import { describe, expect, test } from 'vitest';
import { adminKey } from '../../src/sandbox/server.ts';
import { base, names, start, worldOf } from './support.ts';

const world = worldOf({ id: 'p1', labels: ['before'] });
const labelsOf = (answer: { body: { values: { labels: string[] }[] } }) => answer.body.values[0]?.labels;

describe('faults', () => {
  test.each([
    [429, 'ResourceExhausted'],
    [500, 'Internal'],
    [503, 'Unavailable'],
    [504, 'DeadlineExceeded'],
    [502, 'Internal'],
    [418, 'FailedPrecondition'],
  ])('status %i answers %s once, and nothing happens', async (status, code) => {
    const { sandbox, get, send } = await start({ world });
    sandbox.faults.add({ kind: 'status', status, retryAfter: 7 });
    const refused = await send('PATCH', '/access_profiles/p1', { labels: ['after'] });
    expect(refused.status).toBe(status);
    expect(refused.headers.get('retry-after')).toBe('7');
    expect(refused.body).toMatchObject({ code, request_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(labelsOf(await get('/access_profiles'))).toEqual(['before']);
  });

  test.each([
    ['reset-before', ['before']],
    ['reset-after', ['after']],
    ['truncate', ['after']],
  ] as const)('%s cuts the connection; the labels are %j then', async (kind, labels) => {
    const { sandbox, get, send } = await start({ world });
    sandbox.faults.add({ kind });
    await expect(send('PATCH', '/access_profiles/p1', { labels: ['after'] })).rejects.toThrow(TypeError);
    expect(labelsOf(await get('/access_profiles'))).toEqual(labels);
    expect(sandbox.calls.map(({ status }) => status)).toEqual([0, 200]);
  });

  test('status-after applies the write and reports a failure', async () => {
    const { sandbox, get, send } = await start({ world });
    sandbox.faults.add({ kind: 'status-after', status: 504 });
    expect((await send('PATCH', '/access_profiles/p1', { labels: ['after'] })).status).toBe(504);
    expect(labelsOf(await get('/access_profiles'))).toEqual(['after']);
  });

  test('html is what a proxy says', async () => {
    const { sandbox } = await start({ world });
    sandbox.faults.add({ kind: 'html' });
    const response = await fetch(`${sandbox.origin}${base}/access_profiles`);
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(await response.text()).toContain('<h1>Bad Gateway</h1>');
  });

  test('answer is any JSON at all', async () => {
    const { sandbox, get } = await start({ world });
    sandbox.faults.add({ kind: 'answer', body: { values: 'none' } });
    expect(await get('/access_profiles')).toMatchObject({ status: 200, body: { values: 'none' } });
  });

  test('hang never answers', async () => {
    const { sandbox } = await start({ world });
    sandbox.faults.add({ kind: 'hang' });
    const patient = fetch(`${sandbox.origin}${base}/access_profiles`, { signal: AbortSignal.timeout(100) });
    await expect(patient).rejects.toThrow(/timeout/);
    await expect.poll(() => Number.isNaN(sandbox.calls[0]?.endedAt)).toBe(false);
    expect(sandbox.calls[0]?.status).toBe(0);
  });

  test('match, skip and times choose the requests', async () => {
    const { sandbox, get, send } = await start({ world });
    sandbox.faults.add({
      kind: 'status',
      status: 503,
      match: { method: 'GET', path: /access_profiles$/ },
      skip: 1,
      times: 2,
    });
    const statuses: number[] = [];
    for (let call = 0; call < 4; call += 1) {
      statuses.push((await get('/access_profiles')).status);
      expect((await send('PATCH', '/access_profiles/p1', {})).status).toBe(200);
      expect((await get('/access_profiles/p1/versions/1/members')).status).toBe(200);
    }
    expect(statuses).toEqual([200, 503, 503, 200]);
    expect(sandbox.faults.size).toBe(0);
  });

  test('a path can be the end of it', async () => {
    const { sandbox, get } = await start({ world });
    sandbox.faults.add({ kind: 'status', status: 503, match: { path: '/members' } });
    expect((await get('/access_profiles')).status).toBe(200);
    expect((await get('/access_profiles/p1/versions/1/members')).status).toBe(503);
  });

  test('strike in their order, and can be cleared', async () => {
    const { sandbox, get } = await start({ world });
    sandbox.faults.add(
      { kind: 'status', status: 429 },
      { kind: 'status', status: 503 },
      { kind: 'status', status: 500 },
    );
    expect((await get('/access_profiles')).status).toBe(429);
    expect((await get('/access_profiles')).status).toBe(503);
    sandbox.faults.clear();
    expect((await get('/access_profiles')).status).toBe(200);
  });

  test('a delay and another client let the request go on', async () => {
    const { sandbox, send } = await start({ world });
    sandbox.faults.add(
      { kind: 'delay', delayMs: 60 },
      { kind: 'run', run: (_, store) => void store.editProfile('p1', { description: 'by another' }) },
    );
    const { body } = await send('PATCH', '/access_profiles/p1', { labels: ['after'] });
    expect(body.value).toMatchObject({ description: 'by another', labels: ['after'] });
    const [call] = sandbox.calls;
    expect((call?.endedAt ?? 0) - (call?.startedAt ?? 0)).toBeGreaterThan(50);
  });
});

describe('switches for trouble', () => {
  test('before runs ahead of each operation', async () => {
    const seen: string[] = [];
    const { get } = await start({
      world,
      before: ({ method, path }, store) => {
        seen.push(`${method} ${path}`);
        store.editProfile('p1', { name: 'Renamed' });
      },
    });
    expect(names(await get('/access_profiles'))).toEqual(['Renamed']);
    expect(seen).toEqual([`GET ${base}/access_profiles`]);
  });

  test('a fault can be chosen for each request', async () => {
    const { get, send } = await start({
      world,
      fault: ({ method }) => (method === 'PATCH' ? { kind: 'status-after', status: 503 } : undefined),
    });
    expect(await send('PATCH', '/access_profiles/p1', { name: 'Renamed' })).toMatchObject({ status: 503 });
    expect(names(await get('/access_profiles'))).toEqual(['Renamed']);
  });

  test('latency delays everything', async () => {
    const { sandbox, get } = await start({ world, latencyMs: 40 });
    await get('/access_profiles');
    const [call] = sandbox.calls;
    expect((call?.endedAt ?? 0) - (call?.startedAt ?? 0)).toBeGreaterThan(35);
  });

  test('failures are as many as asked for, of three kinds, and the same for the same seed', async () => {
    const outcomes = async (seed: number) => {
      const { get } = await start({ world, failureRate: 0.5, seed });
      const seen: string[] = [];
      for (let call = 0; call < 60; call += 1) {
        const answer = await get('/access_profiles').catch(() => undefined);
        if (answer?.status === 429) expect(answer.headers.get('retry-after')).toBe('1');
        seen.push(String(answer?.status ?? 'cut'));
      }
      return seen;
    };
    const first = await outcomes(1);
    expect(await outcomes(1)).toEqual(first);
    expect(await outcomes(2)).not.toEqual(first);
    expect([...new Set(first)].sort()).toEqual(['200', '429', '503', 'cut']);
    const failed = first.filter((outcome) => outcome !== '200').length;
    expect(failed).toBeGreaterThan(15);
    expect(failed).toBeLessThan(45);
  });
});

describe('the log of calls', () => {
  test('has what was asked and what was answered', async () => {
    const { sandbox, get, send } = await start({ world });
    await get('/access_profiles?filter=labels+co+%22before%22&page_size=2');
    await send('PATCH', '/access_profiles/p1', { labels: ['a'] });
    await send('PATCH', '/access_profiles/p9', '{');
    const summary = sandbox.calls.map((call) => ({ ...call, query: Object.fromEntries(call.query) }));
    const common = { authorization: `Bearer ${adminKey}`, startedAt: expect.any(Number), endedAt: expect.any(Number) };
    expect(summary).toEqual([
      {
        ...common,
        method: 'GET',
        path: `${base}/access_profiles`,
        query: { filter: 'labels co "before"', page_size: '2' },
        body: undefined,
        status: 200,
      },
      {
        ...common,
        method: 'PATCH',
        path: `${base}/access_profiles/p1`,
        query: {},
        body: { labels: ['a'] },
        status: 200,
      },
      { ...common, method: 'PATCH', path: `${base}/access_profiles/p9`, query: {}, body: '{', status: 400 },
    ]);
    sandbox.clearCalls();
    expect(sandbox.calls).toEqual([]);
  });

  test.each([
    [4, 3],
    [0, 0],
  ])('keeps %i at most', async (recordCalls, kept) => {
    const { sandbox, get } = await start({ world, recordCalls });
    for (let call = 0; call < 5; call += 1) await get(`/access_profiles?page_size=${call + 1}`);
    expect(sandbox.calls).toHaveLength(kept);
    expect(sandbox.calls.at(-1)?.query.get('page_size')).toBe(kept === 0 ? undefined : '5');
  });
});
