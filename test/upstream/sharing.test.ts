import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { answer, type Script, scripted } from '../support/http-server.ts';
import { caller, clientOf, echo, write } from './support.ts';

/** Answers with what the caller's key is, after a moment. */
const whoAmI: Script = async (response, request) => {
  await sleep(60);
  const key = request.headers.find(([name]) => name === 'authorization')?.[1];
  await answer(200, { key })(response, request);
};

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('identical reads at the same time', () => {
  it('of one caller share one call', async () => {
    const server = await scripted(whoAmI);
    const client = clientOf(server.origin);
    const answers = await Promise.all([1, 2, 3].map(() => client.call(echo, null, bearer('ada'))));
    expect(answers).toEqual([{ key: 'Bearer ada' }, { key: 'Bearer ada' }, { key: 'Bearer ada' }]);
    expect(server.requests).toHaveLength(1);
  });

  it('of different callers are never shared', async () => {
    const server = await scripted(whoAmI);
    const client = clientOf(server.origin);
    const keys = ['ada', 'bob', 'ada', 'cleo', 'bob'];
    const answers = await Promise.all(keys.map((key) => client.call(echo, null, bearer(key))));
    expect(answers).toEqual(keys.map((key) => ({ key: `Bearer ${key}` })));
    expect(server.requests).toHaveLength(3);
  });

  it('are not shared once they are over', async () => {
    const server = await scripted(whoAmI);
    const client = clientOf(server.origin);
    await client.call(echo, null, caller);
    await client.call(echo, null, caller);
    expect(server.requests).toHaveLength(2);
  });

  it('are not shared across a write: what began before it may not show it', async () => {
    let state = 'before';
    const server = await scripted(async (response, request) => {
      const seen = state;
      if (request.method === 'PATCH') state = 'after';
      else await sleep(100);
      await answer(200, { state: seen })(response, request);
    });
    const client = clientOf(server.origin);
    const early = client.call(echo, null, caller);
    await sleep(20);
    await client.call(write, { name: 'x' }, caller);
    expect(await client.call(echo, null, caller)).toEqual({ state: 'after' });
    expect(await early).toEqual({ state: 'before' });
  });

  it('are not shared across the write of another caller, once the gateway knows of it', async () => {
    const server = await scripted(whoAmI);
    const client = clientOf(server.origin);
    const early = client.call(echo, null, caller);
    client.noteWrite();
    await Promise.all([early, client.call(echo, null, caller), client.call(echo, null, caller)]);
    expect(server.requests).toHaveLength(2);
  });

  it('go on when one caller leaves, and end with the last', async () => {
    let cut = 0;
    const server = await scripted(async (response, request) => {
      response.once('close', () => {
        if (!response.writableEnded) cut++;
      });
      // The second request is never answered: it ends when nobody waits for it any more.
      if (server.requests.length < 2) await whoAmI(response, request);
    });
    const client = clientOf(server.origin);
    const [first, second] = [new AbortController(), new AbortController()];
    const gone = new Error('gone');
    const one = client.call(echo, null, { ...caller, signal: first.signal });
    const other = client.call(echo, null, { ...caller, signal: second.signal });
    first.abort(gone);
    await expect(one).rejects.toBe(gone);
    await expect(other).resolves.toEqual({ key: caller.authorization });
    expect([server.requests.length, cut]).toEqual([1, 0]);

    const last = client.call(echo, null, { ...caller, signal: second.signal });
    await expect.poll(() => server.requests.length).toBe(2);
    second.abort(gone);
    await expect(last).rejects.toBe(gone);
    await expect.poll(() => cut).toBe(1);
  });

  it('share a failure, and do not cache it', async () => {
    let calls = 0;
    const server = await scripted(async (response, request) => {
      calls++;
      await sleep(30);
      await answer(calls === 1 ? 500 : 200, {})(response, request);
    });
    const client = clientOf(server.origin);
    const both = await Promise.allSettled([client.call(echo, null, caller), client.call(echo, null, caller)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(client.call(echo, null, caller)).resolves.toEqual({});
    expect(calls).toBe(2);
  });
});
