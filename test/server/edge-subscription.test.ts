import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { adminKey, startSandbox } from '../../src/sandbox/server.ts';
import { openStream } from '../support/event-stream.ts';
import { startRedis } from '../support/redis.ts';
import { type Edge, startEdge } from './edge-support.ts';
import { bearer, startPeer } from './shared-store-support.ts';

const world = {
  types: [{ id: 'role', name: 'Role' }],
  profiles: [{ id: 'a', name: 'A', profile_type: 'role' }],
};
const watch = 'subscription Watch { accessProfileChanges { profileId } }';
const rename = 'mutation { setAccessProfileLabels(input: { id: "a", labels: ["z"] }) { __typename } }';
const open = (edge: Edge) => openStream(fetch, `${edge.url}/graphql`, watch);

it('sends events over a socket as they come, and ends the streams when the gateway shuts down', async () => {
  await using edge = await startEdge({}, { world });
  const stream = await open(edge);
  await edge.ask(rename);
  expect((await stream.next()).data).toEqual({ data: { accessProfileChanges: { profileId: 'a' } } });
  const closed = edge.server.close(20_000);
  expect((await stream.next()).event).toBe('complete');
  expect(await closed).toBe(true);
  expect(edge.log.find(({ kind }) => kind === 'subscription')).toMatchObject({
    operation: 'Watch',
    status: 200,
    codes: [],
  });
});

it('reads nothing more for a client that has gone', async () => {
  await using edge = await startEdge({ WATCH_INTERVAL_SECONDS: '1' }, { world });
  const stream = await open(edge);
  await stream.leave();
  await delay(500);
  const { length } = edge.sandbox.calls;
  await delay(1500);
  expect(edge.sandbox.calls.length).toBe(length);
});

it('tells what is written through another gateway on the same Redis', async () => {
  await using redis = await startRedis();
  const sandbox = await startSandbox({ world });
  onTestFinished(() => sandbox.close());
  await using one = await startPeer(sandbox, { REDIS_URL: redis.url, WATCH_INTERVAL_SECONDS: '3600' });
  await using other = await startPeer(sandbox, { REDIS_URL: redis.url });
  await Promise.all([one.untilUp(), other.untilUp()]);
  const stream = await openStream(one.fetch, 'http://localhost/graphql', watch);
  await other.ask(rename, bearer(adminKey));
  expect((await stream.next()).data).toEqual({ data: { accessProfileChanges: { profileId: 'a' } } });
  await stream.leave();
});
