import { expect, it } from 'vitest';
import { ChangeFeed } from '../../src/loaders/change-feed.ts';
import { Snapshot } from '../../src/loaders/snapshot.ts';
import { profileOf } from '../support/profile.ts';

/** A feed of profiles, all of which get another name with each reading. */
function renaming(count: number): ChangeFeed {
  let round = 0;
  return new ChangeFeed({
    intervalMs: 600,
    onForgotten: () => undefined,
    scan: async () => {
      round++;
      const profiles = Array.from({ length: count }, (_, i) => profileOf({ id: `p${i}`, name: `${round}` }));
      return new Snapshot(profiles, performance.now());
    },
  });
}

it('cuts off a client that reads too slowly, and buffers no more for it than for others', async () => {
  const feed = renaming(6000);
  const slow = new AbortController();
  const quick = new AbortController();
  const lagging = await feed.watch({ extraInfo: false, after: null, signal: slow.signal });
  const following = await feed.watch({ extraInfo: false, after: null, signal: quick.signal });
  let count = 0;
  for await (const _change of following.changes) if (++count === 12_000) quick.abort();
  await expect(lagging.changes[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'EVENTS_LOST' });
  slow.abort();
  feed.end();
});

it('gives a client that reconnects the events it missed, as far as they are buffered', async () => {
  const feed = renaming(4000);
  const { signal } = new AbortController();
  const first = await feed.watch({ extraInfo: false, after: null, signal });
  let last = '';
  let count = 0;
  for await (const { id } of first.changes) {
    last = id;
    if (++count === 4000) break;
  }
  const again = await feed.watch({ extraInfo: false, after: last, signal });
  expect(again.isLost).toBe(false);
  const next = await again.changes[Symbol.asyncIterator]().next();
  expect(next.value?.id).toBe(last.replace('.4000', '.4001'));
  const anew = await feed.watch({ extraInfo: false, after: `${last}000`, signal });
  expect(anew.isLost).toBe(true);
  feed.end();
});
