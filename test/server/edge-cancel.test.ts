import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { adminKey } from '../../src/sandbox/server.ts';
import { type Edge, startEdge } from './edge-support.ts';

const slow = { latencyMs: 60_000 };

/** Sends a query over a socket of its own, which the test can destroy. */
function start(edge: Edge, query: string): Socket {
  const socket = connect(Number(new URL(edge.url).port), '127.0.0.1');
  const body = JSON.stringify({ query });
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nauthorization: Bearer ${adminKey}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  return socket;
}

const requests = (edge: Edge) => edge.log.filter(({ msg }) => msg === 'request');

async function metric(edge: Edge, name: string): Promise<string[]> {
  const { text } = await edge.send('/metrics');
  return text.split('\n').filter((line) => line.startsWith(`access_profile_gateway_${name}{`));
}

/** The request has one line, which says CANCELLED; nothing is logged as an error, counted as a failure, or not ready. */
async function expectCancelled(edge: Edge): Promise<void> {
  await expect.poll(() => requests(edge)).toMatchObject([{ codes: ['CANCELLED'], level: 30 }]);
  expect(edge.log.filter(({ level }) => Number(level) > 30)).toEqual([]);
  expect((await metric(edge, 'requests_total')).map((line) => line.replace(/^.*code=/, ''))).toEqual([
    '"CANCELLED"} 1',
  ]);
  const statuses = (await metric(edge, 'upstream_calls_total')).map((line) => /status="(\w+)"/.exec(line)?.[1]);
  expect(statuses.filter((status) => status !== 'abandoned' && status !== '200')).toEqual([]);
  expect((await edge.send('/health/ready')).status).toBe(200);
}

describe('a caller who leaves is CANCELLED', () => {
  it.each([
    ['a query', 'query Q { integrations }'],
    ['a query with edges', 'query Q { accessProfiles { nodes { name members { identityId } type { name } } } }'],
    ['a whole-tenant query', 'query Q { inheritanceFindings { __typename } }'],
    [
      'a mutation that is still reading',
      'mutation Q { addAccessProfileLabels(input: { id: "p", labels: ["x"] }) { __typename } }',
    ],
  ])('in the middle of a call: %s', async (_name, query) => {
    await using edge = await startEdge({ UPSTREAM_TIMEOUT_MS: '60000' }, slow);
    const socket = start(edge, query);
    await expect.poll(() => edge.sandbox.calls.length).toBeGreaterThan(0);
    socket.destroy();
    await expectCancelled(edge);
  });

  it('while its call waits for a slot', async () => {
    await using edge = await startEdge({ UPSTREAM_CONCURRENCY: '1', SHARED_OPERATIONS: 'off' }, slow);
    const running = start(edge, '{ accessProfileTypes { nodes { name } } }');
    await expect.poll(() => edge.sandbox.calls.length).toBe(1);
    const waiting = start(edge, '{ integrations }');
    await expect.poll(async () => (await edge.send('/metrics')).text).toContain('requests_in_flight 2');
    await sleep(100);
    waiting.destroy();
    await expectCancelled(edge);
    expect(edge.sandbox.calls).toHaveLength(1);
    running.destroy();
    await expect.poll(() => requests(edge).length).toBe(2);
  });

  it('while a retry waits', async () => {
    await using edge = await startEdge();
    edge.sandbox.faults.add({ kind: 'status', status: 429, retryAfter: 5, times: 5 });
    const socket = start(edge, '{ integrations }');
    await expect.poll(() => edge.sandbox.calls.length).toBe(1);
    await sleep(100);
    socket.destroy();
    await expect.poll(() => requests(edge)).toMatchObject([{ codes: ['CANCELLED'] }]);
    expect(edge.sandbox.calls).toHaveLength(1);
    expect(edge.log.filter(({ level }) => Number(level) > 30)).toEqual([]);
  });

  it('while the answer is sent', async () => {
    await using edge = await startEdge();
    const aliases = Array.from({ length: 40 }, (_, i) => `a${i}: accessProfiles(first: 200) { nodes { ...f } }`);
    const fragment = 'fragment f on AccessProfile { id name description labels createdAt updatedAt state }';
    const many = Array.from({ length: 300 }, () => 'x'.repeat(2000));
    edge.sandbox.faults.add({ kind: 'answer', body: { values: many.map((text, i) => ({ id: `p${i}`, name: text })) } });
    const socket = start(edge, `{ ${aliases.join(' ')} } ${fragment}`);
    // It reads the beginning of the answer and no more.
    await new Promise((resolve) => socket.once('readable', resolve));
    socket.read(1);
    await sleep(100);
    socket.destroy();
    await expectCancelled(edge);
  });
});

it('a query that takes longer than REQUEST_TIMEOUT_MS stays UPSTREAM_TIMEOUT', async () => {
  await using edge = await startEdge({ REQUEST_TIMEOUT_MS: '100' }, slow);
  const { answer } = await edge.ask('{ integrations }');
  expect(answer.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
  expect(requests(edge)).toMatchObject([{ codes: ['UPSTREAM_TIMEOUT'] }]);
});
