import { expect, it, vi } from 'vitest';
import { watchOnView } from '../../src/graphiql/explorer/ask/watch.ts';
import { adminKey } from '../../src/sandbox/server.ts';
import { startEdge } from '../server/edge-support.ts';

it('gives each event of a subscription, and ends it when the reader leaves off', async () => {
  const world = { types: [{ id: 't', name: 'T' }], profiles: [{ id: 'a', name: 'A', profile_type: 't' }] };
  await using edge = await startEdge({}, { world });
  vi.stubGlobal('window', { location: { href: `${edge.url}/graphiql` } });
  const { subscribe } = await import('../../src/graphiql/subscribe.ts');
  const events = subscribe(
    { query: 'subscription { accessProfileChanges { profileId } }' },
    { authorization: `Bearer ${adminKey}` },
  );
  const first = events.next();
  await expect.poll(() => edge.sandbox.calls.length).toBeGreaterThan(0);
  await edge.ask('mutation { setAccessProfileLabels(input: { id: "a", labels: ["z"] }) { __typename } }');
  expect((await first).value).toEqual({ data: { accessProfileChanges: { profileId: 'a' } } });
  const last = events.next();
  await events.return?.();
  expect(await last).toEqual({ done: true, value: undefined });
  vi.unstubAllGlobals();
});

it('tells of a change of the profiles on view, by looks that take a small share of the time', async () => {
  vi.useFakeTimers();
  let state = 'RUNNING';
  const looks: unknown[] = [];
  const watched = new AbortController();
  const onChange = vi.fn();
  const ask = () => async (_query: string, variables?: object) => {
    looks.push(variables);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return { data: { nodes: [{ profileId: 'a', state }, null] }, errorAt: () => undefined };
  };
  void watchOnView(ask, () => ['a', 'gone'], watched.signal, onChange);
  await vi.advanceTimersByTimeAsync(150_000);
  expect(looks).toEqual([{ ids: ['AccessProfile:a', 'AccessProfile:gone'] }]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks).toHaveLength(2);
  expect(onChange).not.toHaveBeenCalled();
  state = 'PAUSED';
  await vi.advanceTimersByTimeAsync(210_000);
  expect(onChange).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(900_000);
  expect(looks).toHaveLength(3);
  vi.useRealTimers();
});
