import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GatewayOptions } from '../../src/server/gateway.ts';
import { gatewayTo, type TestGateway } from '../support/gateway.ts';
import { type ReceivedRequest, scripted } from '../support/http-server.ts';
import { runs } from '../support/runs.ts';

/** An API that shows each caller profiles which are named after the caller's key and after what was asked. */
async function mirror(delayMs: (path: string, method: string) => number = () => 15) {
  const ended: string[] = [];
  const server = await scripted(async (response, { target: path, headers, method }) => {
    response.once('close', () => {
      if (!response.writableEnded) ended.push(path);
    });
    await sleep(delayMs(path, method));
    const name = `${new Map(headers).get('authorization')} ${new URL(path, 'http://api').searchParams.get('page_size')}`;
    const values = path.includes('types') ? [{ id: 't', name }] : [{ id: 'p', name, profile_type: 't', labels: [] }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(method === 'GET' ? { values, has_more: false } : { id: 'p', name }));
  });
  return { ...server, ended };
}

interface Asked {
  readonly key: string;
  readonly query?: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

const page = 'query Page($first: Int = 5) { accessProfiles(first: $first) { nodes { name type { name } } } }';

async function ask(gateway: TestGateway, { key, query = page, variables, operationName, headers, signal }: Asked) {
  const response = await gateway.fetch(
    new Request('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
      body: JSON.stringify({ query, variables, operationName }),
      ...(signal && { signal }),
    }),
  );
  return response.text();
}

/** The right answer, made by hand. */
const answerFor = (key: string, first: number) =>
  JSON.stringify({
    data: { accessProfiles: { nodes: [{ name: `Bearer ${key} ${first}`, type: { name: `Bearer ${key} null` } }] } },
  });

describe('identical queries of one caller that are under way', () => {
  it('are executed once', async () => {
    const server = await mirror();
    await using gateway = gatewayTo(server.origin);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(gateway, { key: 'a' })));
    expect(new Set(answers)).toEqual(new Set([answerFor('a', 5)]));
    expect(server.requests.length).toBe(2);
    // What is over is not kept.
    await ask(gateway, { key: 'a' });
    expect(server.requests.length).toBe(4);
  });

  /**
   * Asks one query, and another while the first has its list and waits for its types, so that calls can't be shared but
   * those for types. Gives how often the list was read.
   */
  async function readsOf(one: Asked, other: Asked, settings: Partial<GatewayOptions> = {}, between?: Asked) {
    const server = await mirror((target, method) => (method === 'GET' && target.includes('types') ? 150 : 2));
    await using gateway = gatewayTo(server.origin, undefined, settings);
    const isList = ({ method, target }: ReceivedRequest) => method === 'GET' && /page_size=[56]$/.test(target);
    const first = ask(gateway, one);
    await expect.poll(() => server.requests.length, { interval: 2 }).toBe(2);
    if (between !== undefined) await ask(gateway, between);
    const answers = await Promise.all([first, ask(gateway, other)]);
    return { answers, lists: server.requests.filter(isList).length };
  }

  it('are not executed again for requests that come later', async () => {
    const { answers, lists } = await readsOf({ key: 'a' }, { key: 'a' });
    expect([lists, ...answers]).toEqual([1, answerFor('a', 5), answerFor('a', 5)]);
  });

  it('are each executed where sharing is switched off', async () => {
    expect((await readsOf({ key: 'a' }, { key: 'a' }, { sharedOperations: false })).lists).toBe(2);
  });

  const two = `${page} query Other { accessProfiles(first: 5) { nodes { name type { name } } } }`;
  it.each<[string, Asked, Asked]>([
    ['key', { key: 'a' }, { key: 'b' }],
    ['variables', { key: 'a' }, { key: 'a', variables: { first: 6 } }],
    ['document', { key: 'a' }, { key: 'a', query: `${page} ` }],
    [
      'operation of a document',
      { key: 'a', query: two, operationName: 'Page' },
      { key: 'a', query: two, operationName: 'Other' },
    ],
    ['wish for a fresh answer', { key: 'a' }, { key: 'a', headers: { 'cache-control': 'no-cache' } }],
  ])('are not those with another %s', async (_, one, other) => {
    const { answers, lists } = await readsOf(one, other);
    expect(lists).toBe(2);
    const first = other.variables === undefined ? 5 : 6;
    expect(answers).toEqual([answerFor(one.key, 5), answerFor(other.key, first)]);
  });

  it('are not joined by what comes after a change', async () => {
    const query = 'mutation { createAccessProfileType(input: { name: "new" }) { __typename } }';
    expect((await readsOf({ key: 'a' }, { key: 'a' }, {}, { key: 'a', query })).lists).toBe(2);
  });

  it('are not joined by what comes much later', async () => {
    const server = await mirror((target) => (target.includes('types') ? 1500 : 2));
    await using gateway = gatewayTo(server.origin);
    const first = ask(gateway, { key: 'a' });
    await expect.poll(() => server.requests.length, { interval: 2 }).toBe(2);
    await sleep(300);
    await Promise.all([first, ask(gateway, { key: 'a' })]);
    // Types as well: what is under way is of before the question.
    expect(server.requests.length).toBe(4);
  });

  it('are not taken for those with a number that JSON does not know', async () => {
    const server = await mirror(() => 60);
    await using gateway = gatewayTo(server.origin);
    const query = 'query ($first: Int) { accessProfiles(first: $first) { nodes { name } } }';
    const fine = ask(gateway, { key: 'a', query, variables: { first: null } });
    const request = new Request('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer a' },
      body: JSON.stringify({ query, variables: { first: 0 } }).replace('0', '1e400'),
    });
    const refused = await (await gateway.fetch(request)).json();
    expect(refused.errors[0].message).toContain('Infinity');
    expect(JSON.parse(await fine).errors).toBeUndefined();
  });

  it('report their cost, which is nothing for a shared answer', async () => {
    const server = await mirror();
    await using gateway = gatewayTo(server.origin);
    const headers = { 'x-gateway-cost': '1' };
    const costs = await Promise.all([1, 2].map(() => ask(gateway, { key: 'a', headers })));
    expect(costs.map((text) => JSON.parse(text).extensions.cost.upstreamCalls).sort()).toEqual([0, 2]);
  });

  it('go on when the first caller leaves, and end with the last', async () => {
    let delayMs = 40;
    const server = await mirror(() => delayMs);
    await using gateway = gatewayTo(server.origin);
    const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
    const gone = ask(gateway, { key: 'a', signal: first.signal }).catch(() => 'gone');
    const stays = ask(gateway, { key: 'a', signal: second.signal });
    await expect.poll(() => server.requests.length, { interval: 2 }).toBe(1);
    first.abort();
    expect(await stays).toBe(answerFor('a', 5));
    await gone;
    expect([server.ended, server.requests.length]).toEqual([[], 2]);
    delayMs = 5000;
    const last = ask(gateway, { key: 'a', signal: third.signal }).catch(() => 'gone');
    await expect.poll(() => server.requests.length, { interval: 2 }).toBe(3);
    third.abort();
    await last;
    await expect.poll(() => server.ended.length, { interval: 5 }).toBe(1);
  });

  it('share a failure, which is not cached', async () => {
    let isFailing = true;
    const server = await scripted(async (response) => {
      await sleep(10);
      response.writeHead(isFailing ? 403 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ values: [], has_more: false }));
    });
    await using gateway = gatewayTo(server.origin);
    const answers = await Promise.all([1, 2, 3].map(() => ask(gateway, { key: 'a' })));
    expect(answers.map((text) => JSON.parse(text).errors[0].extensions.code)).toEqual(Array(3).fill('FORBIDDEN'));
    expect(server.requests.length).toBe(1);
    isFailing = false;
    expect(JSON.parse(await ask(gateway, { key: 'a' })).errors).toBeUndefined();
  });

  it('never give a caller the answer of another, whoever comes and goes', async () => {
    const server = await mirror((path) => path.length % 4);
    await using gateway = gatewayTo(server.origin);
    const visit = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'aa'),
      first: fc.constantFrom(5, 6, undefined),
      afterMs: fc.nat(6),
      leavesAfterMs: fc.option(fc.nat(8), { freq: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(visit, { minLength: 2, maxLength: 12 }), async (visits) => {
        await Promise.all(
          visits.map(async ({ key, first, afterMs, leavesAfterMs }) => {
            await sleep(afterMs);
            const controller = new AbortController();
            const timer = leavesAfterMs === null ? null : setTimeout(() => controller.abort(), leavesAfterMs);
            const { signal } = controller;
            const answer = await ask(gateway, { key, signal, ...(first && { variables: { first } }) }).catch(
              () => null,
            );
            if (timer !== null) clearTimeout(timer);
            if (answer === null || signal.aborted) return;
            expect(answer).toBe(answerFor(key, first ?? 5));
          }),
        );
      }),
      { numRuns: runs(60) },
    );
  });
});
