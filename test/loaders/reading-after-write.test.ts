import { expect, it } from 'vitest';
import { everything } from '../../src/filter/condition.ts';
import { FilterSupport } from '../../src/filter/support.ts';
import { CallerMemory } from '../../src/loaders/caller-memory.ts';
import { createLoaders } from '../../src/loaders/index.ts';
import { OfferedCalls } from '../../src/loaders/offered-calls.ts';
import { SnapshotStore } from '../../src/loaders/snapshot-store.ts';
import { adminKey } from '../../src/sandbox/server.ts';
import { callerSnapshots, nothingCached } from '../../src/server/graphql/operation/shared-reads.ts';
import { loadersAt, sandboxOf, worldOf } from './support.ts';

it('a cached snapshot holds no page from before a write', async () => {
  const sandbox = await sandboxOf(worldOf(3, () => ({ labels: ['old'] })));
  const { call } = loadersAt(sandbox.origin);
  const store = new SnapshotStore({ ttlMs: 30_000, maxProfiles: 100 });
  const operation = () =>
    createLoaders({
      call,
      support: new FilterSupport(),
      extraInfo: false,
      followsEdges: false,
      wantsWhole: true,
      requestable: false,
      maxPages: 10,
      datasources: false,
      policies: false,
      cached: nothingCached,
      offered: new OfferedCalls(),
      callsLeft: () => 1000,
      memory: null,
      countTrust: new CallerMemory().countTrustOf('test'),
      snapshots: callerSnapshots(store, {
        authorization: `Bearer ${adminKey}`,
        reuse: 'shared',
        signal: new AbortController().signal,
        callUnder: () => call,
        onReused: () => undefined,
      }),
    });
  const before = operation();
  await before.listProfiles({ condition: everything, first: 1, after: null, wantsAll: true });
  // Another operation writes while this one is about to ask of everything.
  sandbox.store.editProfile('p1', { labels: ['new'] });
  store.drop();
  await before.inheritance.whole();
  const after = await operation().inheritance.whole();
  expect(after.hierarchy.find('p1')?.labels).toEqual(['new']);
});
