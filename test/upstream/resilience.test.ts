import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { answer, type Script, scripted } from '../support/http-server.ts';
import { caller, clientOf, echo, failureOf } from './support.ts';

/** Gives each request the next of these scripts, and the last one from then on. */
function inTurn(...scripts: readonly Script[]): Script {
  let next = 0;
  return (response, request) => scripts[Math.min(next++, scripts.length - 1)]?.(response, request);
}

const cut: Script = (response) => void response.socket?.destroy();
const ok = answer(200, { done: true });

describe('a read that fails', () => {
  it.each<[name: string, first: Script]>([
    ['429', answer(429, '')],
    ['500', answer(500, '')],
    ['502', answer(502, '<html>')],
    ['503', answer(503, '')],
    ['504', answer(504, '')],
    ['a cut connection', cut],
  ])('with %s is tried again', async (_name, first) => {
    const server = await scripted(inTurn(first, ok));
    const heard: (number | null)[] = [];
    const client = clientOf(server.origin, { retries: true });
    const result = await client.call(echo, null, { ...caller, onCall: ({ status }) => heard.push(status) });
    expect(result).toEqual({ done: true });
    expect(server.requests).toHaveLength(2);
    expect(heard).toHaveLength(2);
  });

  it.each([400, 401, 403, 404, 409, 501])('with %d is not', async (status) => {
    const server = await scripted(answer(status, ''));
    await failureOf(clientOf(server.origin, { retries: true }).call(echo, null, caller));
    expect(server.requests).toHaveLength(1);
  });

  it('is tried three times at most', async () => {
    const server = await scripted(answer(503, ''));
    const failure = await failureOf(clientOf(server.origin, { retries: true }).call(echo, null, caller));
    expect(failure.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(server.requests).toHaveLength(3);
  });

  it('is retried once after a timeout', async () => {
    const server = await scripted(() => undefined);
    const client = clientOf(server.origin, { retries: true, timeoutMs: 500 });
    expect((await failureOf(client.call(echo, null, caller))).code).toBe('UPSTREAM_TIMEOUT');
    expect(server.requests).toHaveLength(2);
  });

  it('waits as long as Retry-After says', async () => {
    const server = await scripted(inTurn(answer(429, '', { 'retry-after': '1' }), ok));
    const startedAt = performance.now();
    await clientOf(server.origin, { retries: true }).call(echo, null, caller);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
  });

  it('fails where Retry-After is too long, and reports it', async () => {
    const server = await scripted(answer(429, '', { 'retry-after': '60' }));
    const failure = await failureOf(clientOf(server.origin, { retries: true }).call(echo, null, caller));
    expect([failure.code, failure.upstream.retryAfterSeconds]).toEqual(['RATE_LIMITED', 60]);
    expect(server.requests).toHaveLength(1);
  });

  it('stops waiting when its caller leaves', async () => {
    const server = await scripted(answer(429, '', { 'retry-after': '5' }));
    const controller = new AbortController();
    const gone = new Error('gone');
    const call = expect(
      clientOf(server.origin, { retries: true }).call(echo, null, { ...caller, signal: controller.signal }),
    ).rejects.toBe(gone);
    await sleep(100);
    controller.abort(gone);
    await call;
    expect(server.requests).toHaveLength(1);
  });
});

describe('an outage', () => {
  it('is not what a fault in reading replies looks like', async () => {
    const server = await scripted(answer(200, {}));
    const states: string[] = [];
    const client = clientOf(server.origin, {
      retries: true,
      observer: { breaker: (_endpoint, state) => states.push(state) },
    });
    const fault = new TypeError('a mistake of ours');
    const faulty = {
      ...echo,
      decode() {
        throw fault;
      },
    };
    for (let i = 0; i < 30; i++) await expect(client.call(faulty, null, caller)).rejects.toBe(fault);
    expect([server.requests.length, states]).toEqual([30, []]);
  });

  it('spends no more on further attempts than its budget', async () => {
    const server = await scripted(answer(429, ''));
    const client = clientOf(server.origin, { retries: true });
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        failureOf(client.call({ ...echo, path: () => `/thing/${i}` }, null, caller)),
      ),
    );
    // 40 first attempts, ten tokens to start with, and a tenth of a token for each.
    expect(server.requests.length).toBeLessThanOrEqual(40 + 10 + 4);
  });
});

describe('too many calls at once', () => {
  it('wait for their turn, and beyond the queue are refused without being sent', async () => {
    let running = 0;
    let most = 0;
    const server = await scripted(async (response, request) => {
      most = Math.max(most, ++running);
      await sleep(40);
      running--;
      await ok(response, request);
    });
    const client = clientOf(server.origin, { connections: 2, queue: 4 });
    const calls = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => client.call({ ...echo, path: () => `/thing/${i}` }, null, caller)),
    );
    expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    const refused = calls.flatMap((call) => (call.status === 'rejected' ? [call.reason] : []));
    expect(refused.map(({ code, upstream }) => [code, upstream.retryAfterSeconds])).toEqual([
      ['OVERLOADED', 1],
      ['OVERLOADED', 1],
      ['OVERLOADED', 1],
    ]);
    expect([most, server.requests.length]).toEqual([2, 5]);
  });
});
