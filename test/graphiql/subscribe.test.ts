import { expect, it, vi } from 'vitest';
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
