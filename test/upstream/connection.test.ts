import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/upstream/client.ts';
import { answer, type Script, scripted } from '../support/http-server.ts';
import { listen } from '../support/notes.ts';
import { caller, clientOf, echo, failureOf } from './support.ts';

const hang: Script = () => undefined;

/** A reply whose headers come at once and whose body never ends. */
const drip: Script = async (response) => {
  response.writeHead(200);
  for (let i = 0; i < 100 && !response.destroyed; i++) {
    response.write(' ');
    await sleep(10);
  }
  response.destroy();
};

it('takes no early hints for the reply', async () => {
  const server = await scripted((response, request) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    return answer(200, { late: true })(response, request);
  });
  await expect(clientOf(server.origin).call(echo, null, caller)).resolves.toEqual({ late: true });
});

describe('time', () => {
  it.each<[name: string, script: Script]>([
    ['headers that do not come', hang],
    ['a body that drips', drip],
  ])('ends a call: %s', async (_name, script) => {
    const server = await scripted(script);
    const failure = await failureOf(clientOf(server.origin, { timeoutMs: 100 }).call(echo, null, caller));
    expect(failure.code).toBe('UPSTREAM_TIMEOUT');
    expect(failure.message).toBe('The gateway asked the Veza API to do the thing: no answer within 100 ms.');
  });

  it('counts for a call that waits for a connection as well', async () => {
    const server = await scripted(hang);
    const client = clientOf(server.origin, { timeoutMs: 150, connections: 1 });
    const failures = await Promise.all([1, 2, 3].map(() => failureOf(client.call(echo, null, caller))));
    expect(failures.map(({ code }) => code)).toEqual(Array(3).fill('UPSTREAM_TIMEOUT'));
  });

  it('leaves the client ready for the next call', async () => {
    let slow = true;
    const server = await scripted((response, request) => {
      if (!slow) return answer(200, {})(response, request);
      slow = false;
    });
    const client = clientOf(server.origin, { timeoutMs: 1000, connections: 1 });
    await failureOf(client.call(echo, null, caller));
    await expect(client.call(echo, null, caller)).resolves.toEqual({});
  });
});

describe('a caller who leaves', () => {
  it.each<[name: string, script: Script]>([
    ['before the headers', hang],
    ['in the middle of the body', drip],
  ])('ends the call %s and cuts its connection', async (_name, script) => {
    let cut = false;
    const server = await scripted((response, request) => {
      response.once('close', () => {
        cut = true;
      });
      return script(response, request);
    });
    const controller = new AbortController();
    const gone = new Error('gone');
    const call = expect(
      clientOf(server.origin).call(echo, null, { ...caller, signal: controller.signal }),
    ).rejects.toBe(gone);
    await sleep(50);
    expect([server.requests.length, cut]).toEqual([1, false]);
    controller.abort(gone);
    await call;
    await expect.poll(() => cut).toBe(true);
  });

  it('makes no call if gone already', async () => {
    const server = await scripted(answer(200, {}));
    const gone = new Error('gone');
    const call = clientOf(server.origin).call(echo, null, { ...caller, signal: AbortSignal.abort(gone) });
    await expect(call).rejects.toBe(gone);
    expect(server.requests).toEqual([]);
  });

  it('leaves no listener behind on a signal that outlives the call', async () => {
    const server = await scripted(answer(200, {}));
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    Object.assign(signal, {
      addEventListener: (...args: Parameters<typeof add>) => {
        listeners++;
        add(...args);
      },
      removeEventListener: (...args: Parameters<typeof remove>) => {
        listeners--;
        remove(...args);
      },
    });
    await clientOf(server.origin).call(echo, null, { ...caller, signal });
    expect(listeners).toBe(0);
  });
});

describe('a connection that fails', () => {
  it('is reported as an API that cannot be reached, without its address', async () => {
    const server = await scripted(answer(200, {}));
    const { host, port } = new URL(server.origin);
    const client = clientOf(`http://127.0.0.1:${Number(port) === 1 ? 2 : 1}`);
    const failure = await failureOf(client.call(echo, null, caller));
    expect(failure).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', upstream: { status: null } });
    expect(failure.message).toBe(
      'The gateway asked the Veza API to do the thing: the gateway cannot connect to it; try again later.',
    );
    expect(failure.message).not.toContain(host);
  });

  it.each<[name: string, script: Script]>([
    ['before the reply', (response) => void response.destroy()],
    [
      'in the middle of a body of announced length',
      (response) => {
        response.writeHead(200, { 'content-length': 1000 }).write('{"values":');
        setTimeout(() => response.destroy(), 20);
      },
    ],
    [
      'in the middle of a chunked body that would parse so far',
      (response) => {
        response.writeHead(200).write('{}');
        setTimeout(() => response.destroy(), 20);
      },
    ],
  ])('%s', async (_name, script) => {
    const server = await scripted(script);
    const failure = await failureOf(clientOf(server.origin).call(echo, null, caller));
    expect(failure.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(server.requests).toHaveLength(1);
  });
});

describe('onCall', () => {
  it.each<[name: string, script: Script, status: number | null]>([
    ['a success', answer(200, {}), 200],
    ['an error', answer(503, ''), 503],
    ['an unusable success', answer(200, '[]'), 200],
    ['a cut connection', (response) => void response.destroy(), null],
    ['a timeout', hang, null],
  ])('hears of %s once', async (_name, script, status) => {
    const server = await scripted(script);
    const heard: unknown[] = [];
    const call = clientOf(server.origin, { timeoutMs: 200 }).call(echo, null, {
      ...caller,
      onCall: (each) => heard.push(each),
    });
    await call.catch(() => undefined);
    expect(heard).toEqual([{ endpoint: 'echo', status, durationMs: expect.any(Number) }]);
  });
});

describe('close', () => {
  it('lets calls under way finish, then closes the connections', async () => {
    const server = await scripted(async (response, request) => {
      await sleep(100);
      return answer(200, { late: true })(response, request);
    });
    const client = createClient({ origin: server.origin, timeoutMs: 5000, notes: listen() });
    const call = client.call(echo, null, caller);
    await expect.poll(() => server.requests.length).toBe(1);
    await client.close();
    await expect(call).resolves.toEqual({ late: true });
    await expect.poll(() => server.connections).toBe(0);
    await expect(failureOf(client.call(echo, null, caller))).resolves.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});
