import { expect, it, vi } from 'vitest';
import { createMetrics, type Metrics } from '../../../src/server/watch/metrics.ts';
import { AllMetrics } from '../../../src/server/workers/all-metrics.ts';
import { joinedMetrics } from '../../../src/server/workers/joined-metrics.ts';
import type { FromWorker, ToWorker } from '../../../src/server/workers/messages.ts';

/** A worker whose messages go through JSON, as over a channel. */
function join(all: AllMetrics, id: number): { own: Metrics; joined: Metrics; isSilent: boolean } {
  const listeners: ((message: ToWorker) => void)[] = [];
  const send = (message: ToWorker) => {
    for (const listener of listeners) listener(JSON.parse(JSON.stringify(message)));
  };
  const worker = { own: createMetrics(), isSilent: false };
  const joined = joinedMetrics(worker.own, {
    isOpen: true,
    send(message) {
      const copy: FromWorker = JSON.parse(JSON.stringify(message));
      if (copy.kind === 'scrape') {
        void all.print().then((text) => send({ kind: 'metrics', scrape: copy.scrape, text }));
      } else if (!state.isSilent) all.hear(id, copy);
    },
    onMessage: (listener) => void listeners.push(listener),
  });
  const state = { ...worker, joined };
  all.join({ id, send });
  return state;
}

async function sample(metrics: Metrics, name: string): Promise<number | undefined> {
  const { text } = await metrics.print();
  const found = text.split('\n').find((line) => line.startsWith(`access_profile_gateway_${name} `));
  return found === undefined ? undefined : Number(found.split(' ').at(-1));
}

const calls = 'upstream_calls_total{endpoint="listProfiles",status="200"}';

function call({ own }: { readonly own: Metrics }) {
  own.upstream.call({ endpoint: 'listProfiles', status: 200, durationMs: 20 });
}

it('whoever is asked, the numbers are those of all workers', async () => {
  const all = new AllMetrics();
  const [a, b] = [join(all, 1), join(all, 2)];
  for (const worker of [a, b, b]) call(worker);
  const ended = a.own.requestStarted();
  b.own.requestStarted();
  a.own.upstream.breaker('half-open');
  b.own.upstream.breaker('open');
  a.own.sharedStore(true);
  b.own.sharedStore(false);
  for (const { joined } of [a, b]) {
    expect(await sample(joined, calls)).toBe(3);
    expect(await sample(joined, 'upstream_call_duration_seconds_count{endpoint="listProfiles"}')).toBe(3);
    expect(await sample(joined, 'upstream_call_duration_seconds_bucket{le="0.01",endpoint="listProfiles"}')).toBe(0);
    expect(await sample(joined, 'upstream_call_duration_seconds_bucket{le="+Inf",endpoint="listProfiles"}')).toBe(3);
    expect(await sample(joined, 'requests_in_flight')).toBe(2);
    expect(await sample(joined, 'upstream_breaker_state')).toBe(2);
    expect(await sample(joined, 'redis_up')).toBe(0);
  }
  ended();
  expect(await sample(a.joined, 'requests_in_flight')).toBe(1);
});

it('what a worker has counted is not lost when it ends, and what it was doing is over', async () => {
  const all = new AllMetrics();
  const [a, b, c] = [join(all, 1), join(all, 2), join(all, 3)];
  for (const worker of [a, b, c]) {
    call(worker);
    worker.own.requestStarted();
  }
  expect(await sample(a.joined, calls)).toBe(3);
  all.leave(2);
  all.leave(3);
  expect(await sample(a.joined, calls)).toBe(3);
  expect(await sample(a.joined, 'requests_in_flight')).toBe(1);
  call(join(all, 4));
  expect(await sample(a.joined, calls)).toBe(4);
});

it('a sum without one of them is not told, and one that ends meanwhile is not waited for', async () => {
  const all = new AllMetrics();
  const [a, b] = [join(all, 1), join(all, 2)];
  b.isSilent = true;
  vi.useFakeTimers();
  try {
    const refused = expect(a.joined.print()).rejects.toThrow('did not say');
    await vi.advanceTimersByTimeAsync(4001);
    await refused;
  } finally {
    vi.useRealTimers();
  }
  const printed = sample(a.joined, 'requests_in_flight');
  await new Promise(setImmediate);
  all.leave(2);
  expect(await printed).toBe(0);
});
