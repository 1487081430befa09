import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Circuit, type CircuitState, type Suspicion } from '../../src/upstream/circuit.ts';
import { endpoints } from '../../src/upstream/endpoints.ts';
import { answer, type Script, scripted } from '../support/http-server.ts';
import { caller, clientOf, echo, failureOf } from './support.ts';

const plain: Suspicion = { holdsInput: false, subject: null };
const filtered: Suspicion = { holdsInput: true, subject: null };
const about = (subject: string): Suspicion => ({ holdsInput: false, subject });

/** A circuit with a clock that the test sets. */
function circuitAt() {
  const clock = { ms: 0 };
  const states: CircuitState[] = [];
  const circuit = new Circuit({ now: () => clock.ms, onState: (state) => states.push(state) });
  const fail = (suspicion = plain, times = 1) => {
    for (let i = 0; i < times; i++) circuit.admit(suspicion)?.failed();
  };
  return { circuit, clock, states, fail };
}

describe('a circuit', () => {
  it('opens after 20 failures in a row and refuses for 5 seconds', () => {
    const { circuit, clock, states, fail } = circuitAt();
    fail(plain, 19);
    expect(circuit.refuses(plain)).toBe(false);
    fail();
    expect([circuit.admit(plain), circuit.admit(filtered), circuit.retryAfterSeconds]).toEqual([null, null, 5]);
    clock.ms = 4999;
    expect([circuit.admit(plain), circuit.retryAfterSeconds]).toEqual([null, 1]);
    clock.ms = 5000;
    expect(circuit.refuses(plain)).toBe(false);
    expect(states).toEqual(['open']);
  });

  it('counts anew after a success', () => {
    const { circuit, states, fail } = circuitAt();
    for (let i = 0; i < 10; i++) {
      fail(plain, 19);
      circuit.admit(plain)?.succeeded();
    }
    expect(states).toEqual([]);
  });

  it('admits one trial call, and closes when that succeeds', () => {
    const { circuit, clock, states, fail } = circuitAt();
    fail(plain, 20);
    clock.ms = 5000;
    const trial = circuit.admit(plain);
    expect(circuit.admit(plain)).toBeNull();
    trial?.succeeded();
    expect(circuit.admit(plain)).not.toBeNull();
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });

  it('opens again when the trial call fails', () => {
    const { circuit, clock, states, fail } = circuitAt();
    fail(plain, 20);
    clock.ms = 5000;
    fail();
    expect([circuit.admit(plain), circuit.retryAfterSeconds]).toEqual([null, 5]);
    clock.ms = 10_000;
    circuit.admit(plain)?.succeeded();
    expect(states).toEqual(['open', 'half-open', 'open', 'half-open', 'closed']);
  });

  it('learns nothing from a trial call that was cancelled, and tries the next one', () => {
    const { circuit, clock, states, fail } = circuitAt();
    fail(plain, 20);
    clock.ms = 5000;
    circuit.admit(plain)?.ended();
    expect(states).toEqual(['open', 'half-open']);
    circuit.admit(plain)?.succeeded();
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });

  it('never opens for filters while no call without a filter fails', () => {
    const { states, fail } = circuitAt();
    fail(filtered, 1000);
    expect(states).toEqual([]);
  });

  it('counts filters too once a call without a filter has failed', () => {
    const { states, fail } = circuitAt();
    fail(plain);
    fail(filtered, 19);
    expect(states).toEqual(['open']);
  });

  it('counts all failures of one subject as one', () => {
    const { states, fail } = circuitAt();
    for (let i = 0; i < 19; i++) fail(about(`profile ${i}`), 100);
    expect(states).toEqual([]);
    fail(about('another'));
    expect(states).toEqual(['open']);
  });

  it('recovers although a bad filter takes every trial, one after another', () => {
    const { circuit, clock, states, fail } = circuitAt();
    fail(plain, 20);
    clock.ms = 5000;
    fail(filtered, 50);
    const slow = circuit.admit(filtered);
    expect(circuit.admit(filtered)).toBeNull();
    circuit.admit(plain)?.succeeded();
    slow?.failed();
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });
});

const thing = (i: number | string) => ({ ...echo, path: () => `/thing/${i}` });
const page = answer(200, { values: [], has_more: false });
const list = { filter: null, pageSize: 100, pageToken: null, extraInfo: false };

describe('an endpoint that fails', () => {
  it('is soon not called any more, and others are', async () => {
    const server = await scripted((response, request) =>
      (request.target.includes('/thing') ? answer(500, '') : page)(response, request),
    );
    const states: string[] = [];
    const client = clientOf(server.origin, {
      retries: true,
      observer: { breaker: (endpoint, state) => states.push(`${endpoint} ${state}`) },
    });
    for (let i = 0; i < 60; i++) {
      expect((await failureOf(client.call(thing(i), null, caller))).code).toBe('UPSTREAM_UNAVAILABLE');
    }
    expect(server.requests.length).toBe(20);
    const failure = await failureOf(client.call(echo, null, caller));
    expect(failure.upstream).toMatchObject({ status: null, retryAfterSeconds: 5 });
    expect(failure.message).toBe(
      'The gateway did not ask the Veza API to do the thing: the last calls for that failed. Try again in 5 seconds.',
    );
    await expect(client.call(endpoints.listProfiles, list, caller)).resolves.toEqual({ values: [], next: null });
    await expect(client.call(endpoints.listProfileTypes, { pageToken: null }, caller)).resolves.toBeDefined();
    expect(states).toEqual(['echo open']);
  });

  it('does not use up the retries of others', async () => {
    let lists = 0;
    const server = await scripted((response, request) =>
      (request.target.includes('/thing') || ++lists % 2 === 1 ? answer(429, '') : page)(response, request),
    );
    const client = clientOf(server.origin, { retries: true });
    await Promise.all(Array.from({ length: 60 }, (_, i) => failureOf(client.call(thing(i), null, caller))));
    // 429 after 429 has used up the ten retries of the one endpoint; the list gets its own.
    await expect(client.call(endpoints.listProfiles, list, caller)).resolves.toBeDefined();
    expect(lists).toBe(2);
  });
});

describe('a filter that makes the API fail', () => {
  const poisoned: Script = (response, request) =>
    (request.target.includes('poison') ? answer(500, '') : page)(response, request);

  it('costs neither other filters nor its own caller, whatever the status and however many there are', async () => {
    for (const status of [500, 502, 503, 504]) {
      const server = await scripted((response, request) =>
        (request.target.includes('poison') ? answer(status, '') : page)(response, request),
      );
      const client = clientOf(server.origin);
      for (let i = 0; i < 100; i++) {
        const filter = `name co "poison ${i}"`;
        const failure = await failureOf(client.call(endpoints.listProfiles, { ...list, filter }, caller));
        expect(failure.upstream.status).toBe(status);
      }
      await client.call(endpoints.listProfiles, { ...list, filter: 'name co "x"' }, caller);
      await client.call(endpoints.listProfiles, list, caller);
    }
  });

  it('is not retried after 500 while the filter is on trial, and is retried otherwise', async () => {
    const server = await scripted(poisoned);
    const client = clientOf(server.origin, { retries: true });
    const filter = 'name co "poison"';
    await failureOf(client.call(endpoints.listProfiles, { ...list, filter, isTrial: true }, caller));
    expect(server.requests).toHaveLength(1);
    await failureOf(client.call(endpoints.listProfiles, { ...list, filter }, caller));
    expect(server.requests).toHaveLength(1 + 3);
  });
});

describe('an API that nobody can connect to', () => {
  it('opens one circuit for all endpoints', async () => {
    const states: string[] = [];
    const client = clientOf('http://127.0.0.1:1', {
      observer: { breaker: (endpoint, state) => states.push(`${endpoint} ${state}`) },
    });
    for (let i = 0; i < 20; i++) await failureOf(client.call(thing(i), null, caller));
    const failure = await failureOf(client.call(endpoints.listProfiles, list, caller));
    expect(failure.message).toContain('the last connections to it failed. Try again in 5 seconds.');
    expect(states).toEqual(['connection open']);
  });
});

describe('an endpoint that hangs', () => {
  it('leaves slots to others, though 200 callers wait for it', async () => {
    const server = await scripted((response, request) =>
      request.target.includes('/thing') ? undefined : page(response, request),
    );
    const client = clientOf(server.origin, { connections: 16, timeoutMs: 60_000 });
    const gone = new AbortController();
    setMaxListeners(0, gone.signal);
    const hanging = Array.from({ length: 200 }, (_, i) =>
      client.call(echo, null, { authorization: `Bearer ${i}`, signal: gone.signal }).catch(() => undefined),
    );
    await expect.poll(() => server.requests.length).toBeGreaterThanOrEqual(9);
    const others = Array.from({ length: 100 }, (_, i) =>
      client.call(endpoints.listProfiles, { ...list, pageSize: i + 1 }, caller),
    );
    expect(await Promise.all(others)).toHaveLength(100);
    // Half of 16 and one more.
    expect(server.requests.filter(({ target }) => target.includes('/thing'))).toHaveLength(9);
    gone.abort();
    await Promise.all(hanging);
  });

  it('leaves slots to a third one when two hang, and a queue too', async () => {
    const server = await scripted((response, request) =>
      /thing|types/.test(request.target) ? undefined : page(response, request),
    );
    const client = clientOf(server.origin, { connections: 16, queue: 40, timeoutMs: 60_000 });
    const gone = new AbortController();
    setMaxListeners(0, gone.signal);
    const hang = (i: number) => [
      client.call(thing(i), null, { ...caller, signal: gone.signal }).catch(() => undefined),
      client
        .call(endpoints.listProfileTypes, { pageToken: `${i}` }, { ...caller, signal: gone.signal })
        .catch(() => undefined),
    ];
    const hanging = Array.from({ length: 100 }, (_, i) => hang(i)).flat();
    for (let i = 0; i < 20; i++) await client.call(endpoints.listProfiles, { ...list, pageSize: i + 1 }, caller);
    gone.abort();
    await Promise.all(hanging);
  });

  it("leaves slots to filters of others where one caller's filters hang", async () => {
    const server = await scripted((response, request) =>
      request.target.includes('slow') ? undefined : page(response, request),
    );
    const client = clientOf(server.origin, { connections: 16, timeoutMs: 60_000 });
    const gone = new AbortController();
    setMaxListeners(0, gone.signal);
    const ask = (filter: string, authorization: string, signal?: AbortSignal) =>
      client.call(endpoints.listProfiles, { ...list, filter }, { authorization, ...(signal && { signal }) });
    const hanging = Array.from({ length: 100 }, (_, i) =>
      ask(`name co "slow ${i}"`, 'Bearer a', gone.signal).catch(() => undefined),
    );
    await expect.poll(() => server.requests.length).toBeGreaterThan(0);
    for (let i = 0; i < 20; i++) await ask(`name co "${i}"`, 'Bearer b');
    gone.abort();
    await Promise.all(hanging);
  });
});

describe('a call that waits for a slot', () => {
  it('leaves the queue at once when its caller leaves, a write too, and is never sent', async () => {
    const server = await scripted(() => undefined);
    const client = clientOf(server.origin, { connections: 1, queue: 1, timeoutMs: 60_000 });
    const running = new AbortController();
    const first = client.call(echo, null, { ...caller, signal: running.signal }).catch(() => undefined);
    await expect.poll(() => server.requests.length).toBe(1);
    const gone = new Error('gone');
    const change = { profileId: 'p', changes: { labels: [] } };
    for (let i = 0; i < 3; i++) {
      const leaver = new AbortController();
      const waiting = client.call(endpoints.updateProfile, change, { ...caller, signal: leaver.signal });
      const ended = expect(waiting).rejects.toBe(gone);
      leaver.abort(gone);
      await ended;
    }
    expect(server.requests).toHaveLength(1);
    running.abort();
    await first;
  });
});
