import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allPeers } from '../../../src/server/shared-store/peers.ts';
import type { FromWorker, ToWorker } from '../../../src/server/workers/messages.ts';
import { WorkerPeers } from '../../../src/server/workers/worker-peers.ts';
import { WriteRelay } from '../../../src/server/workers/write-relay.ts';

/** A relay and workers on channels that keep the order of messages; whatever is `stopped` sends and hears nothing for now. */
function crew(size: number) {
  const relay = new WriteRelay(Date.now);
  const primary = { isStopped: false, inbox: [] as (() => void)[] };
  const add = (id: number) => {
    const state = { isStopped: false, isOpen: true, inbox: [] as ToWorker[] };
    const listeners: ((message: ToWorker) => void)[] = [];
    const deliver = () => {
      while (!state.isStopped && state.inbox.length > 0) {
        const [message] = state.inbox.splice(0, 1);
        if (message !== undefined) for (const listener of listeners) listener(message);
      }
    };
    relay.join({
      id,
      send(message) {
        state.inbox.push(message);
        queueMicrotask(deliver);
      },
    });
    const hear = (message: FromWorker) => {
      if (primary.isStopped) primary.inbox.push(() => relay.hear(id, message));
      else relay.hear(id, message);
    };
    const onWrite = vi.fn<() => void>();
    const link = {
      get isOpen() {
        return state.isOpen;
      },
      send(message: FromWorker) {
        // The timers of a stopped process do not run; those of this test do.
        if (!state.isStopped) queueMicrotask(() => hear(message));
      },
      onMessage: (listener: (message: ToWorker) => void) => void listeners.push(listener),
    };
    const peers = new WorkerPeers(link, onWrite, Date.now);
    return {
      id,
      peers,
      onWrite,
      stop: () => {
        state.isStopped = true;
      },
      goOn: () => {
        state.isStopped = false;
        deliver();
      },
      cutOff: () => {
        state.isOpen = false;
      },
    };
  };
  return { relay, primary, workers: Array.from({ length: size }, (_, i) => add(i + 1)) };
}

type Member = ReturnType<typeof crew>['workers'][number];

async function listening(size: number) {
  const { relay, primary, workers } = crew(size);
  await vi.advanceTimersByTimeAsync(300);
  for (const { peers } of workers) expect(peers.isListening).toBe(true);
  const [a, b] = workers;
  if (a === undefined || b === undefined) throw new RangeError('two at least');
  return { relay, primary, workers, a, b };
}

/** Whether the writer has been told that all know. */
function announce({ peers }: Member) {
  const state = { isHeard: false };
  void peers.announceWrite().then(() => {
    state.isHeard = true;
  });
  return state;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

describe('a write of one worker', () => {
  it('is forgotten about by all others before the writer goes on', async () => {
    const { workers, a } = await listening(3);
    const write = announce(a);
    expect(write.isHeard).toBe(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(write.isHeard).toBe(true);
    expect(workers.map(({ onWrite }) => onWrite.mock.calls.length)).toEqual([0, 1, 1]);
  });

  it('is waited with for one that does not hear, until that one knows that it may not have heard', async () => {
    const { a, b } = await listening(2);
    b.stop();
    const write = announce(a);
    for (let waited = 0; waited < 1500; waited++) {
      await vi.advanceTimersByTimeAsync(1);
      // Never is the write answered while it could still answer from before it.
      expect(write.isHeard && b.peers.isListening).toBe(false);
    }
    expect(write.isHeard).toBe(true);
    expect(b.onWrite).not.toHaveBeenCalled();
    b.goOn();
    expect(b.onWrite).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(250);
    expect(b.peers.isListening).toBe(true);
  });

  it('is not waited with for one that has been silent for long', async () => {
    const { a, b } = await listening(2);
    b.stop();
    await vi.advanceTimersByTimeAsync(1200);
    const write = announce(a);
    await vi.advanceTimersByTimeAsync(0);
    expect(write.isHeard).toBe(true);
    expect(b.peers.isListening).toBe(false);
  });

  it('is not waited with for one that ends, or has not begun', async () => {
    const { relay, a, b } = await listening(2);
    relay.join({ id: 9, send: () => undefined });
    b.stop();
    const write = announce(a);
    await vi.advanceTimersByTimeAsync(1);
    expect(write.isHeard).toBe(false);
    relay.leave(b.id);
    await vi.advanceTimersByTimeAsync(0);
    expect(write.isHeard).toBe(true);
  });

  it('is waited with for a bounded time where the primary process does not run', async () => {
    const { primary, a, b } = await listening(2);
    primary.isStopped = true;
    const write = announce(a);
    await vi.advanceTimersByTimeAsync(1999);
    expect([write.isHeard, a.peers.isListening, b.peers.isListening]).toEqual([false, false, false]);
    await vi.advanceTimersByTimeAsync(10);
    expect(write.isHeard).toBe(true);
  });
});

it('a lease begins when the ping was sent, not when its answer is looked at', async () => {
  const listeners: ((message: ToWorker) => void)[] = [];
  const sent: FromWorker[] = [];
  const link = { isOpen: true, send: (message: FromWorker) => void sent.push(message) };
  const peers = new WorkerPeers(
    { ...link, onMessage: (listener) => void listeners.push(listener) },
    () => undefined,
    Date.now,
  );
  const [ping] = sent;
  if (ping?.kind !== 'ping') throw new Error('a ping is sent first');
  await vi.advanceTimersByTimeAsync(900);
  expect(peers.isListening).toBe(false);
  for (const listener of listeners) listener({ kind: 'pong', at: ping.at });
  expect(peers.isListening).toBe(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(peers.isListening).toBe(false);
});

it('a worker that ends may have written: the others forget', async () => {
  const { relay, a, b } = await listening(2);
  relay.leave(b.id);
  await vi.advanceTimersByTimeAsync(0);
  expect(a.onWrite).toHaveBeenCalledOnce();
});

it('without a channel, nothing is heard', async () => {
  const { a } = await listening(2);
  a.cutOff();
  expect(a.peers.isListening).toBe(false);
});

it('peers behind Redis and beside it are told both, and both have to be heard', async () => {
  const announceWrite = vi.fn<() => Promise<void>>(async () => undefined);
  const way = (isListening: boolean) => ({ isListening, announceWrite });
  expect(allPeers([])).toBeNull();
  expect(allPeers([way(true), way(true)])?.isListening).toBe(true);
  expect(allPeers([way(true), way(false)])?.isListening).toBe(false);
  await allPeers([way(true), way(false)])?.announceWrite();
  expect(announceWrite).toHaveBeenCalledTimes(2);
});
