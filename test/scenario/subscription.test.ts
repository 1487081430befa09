import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { type SandboxOptions, viewerKey } from '../../src/sandbox/server.ts';
import type { GatewayOptions } from '../../src/server/gateway.ts';
import { openStream, type Stream } from '../support/event-stream.ts';
import { type SandboxedGateway, startGateway, type TestGateway } from '../support/gateway.ts';

/** A scan is only made when a test waits for it, or when something is written. */
const watch = { intervalMs: 60_000, maxPerCaller: 20, maxStreams: 1000 };
const world = {
  types: [{ id: 'role', name: 'Role' }],
  profiles: [
    { id: 'a', name: 'A', profile_type: 'role', labels: ['x'] },
    { id: 'b', name: 'B', profile_type: 'role', labels: ['y'], inherits: ['a'] },
  ],
};
const fields =
  'kind profileId accessProfile { name labels } changedFields addedEntitlements { entityId } addedInheritsFrom removedInheritsFrom';

function open(
  gateway: TestGateway,
  query = `subscription { accessProfileChanges { ${fields} } }`,
  headers: Readonly<Record<string, string>> = {},
): Promise<Stream> {
  return openStream((request) => gateway.fetch(request), 'http://localhost/graphql', query, headers);
}

async function start(options: SandboxOptions = {}, settings: Partial<GatewayOptions> = {}): Promise<SandboxedGateway> {
  const gateway = await startGateway({ world, ...options }, { watch, ...settings });
  onTestFinished(() => gateway[Symbol.asyncDispose]());
  return gateway;
}

const label = (gateway: TestGateway, id: string, labels: string) =>
  gateway.ask(`mutation { setAccessProfileLabels(input: { id: "${id}", labels: ${labels} }) { __typename } }`);

const scans = ({ sandbox }: SandboxedGateway) => sandbox.calls.filter(({ method }) => method === 'GET').length;

it('tells a change that is made through the gateway at once, with what differs', async () => {
  const gateway = await start();
  const stream = await open(gateway);
  expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
  await label(gateway, 'a', '["x", "z"]');
  const { event, data, id } = await stream.next();
  expect(event).toBe('next');
  expect(id).toMatch(/^[\da-f]{8}\.1$/);
  expect(data).toEqual({
    data: {
      accessProfileChanges: {
        kind: 'UPDATED',
        profileId: 'a',
        accessProfile: { name: 'A', labels: ['x', 'z'] },
        changedFields: expect.arrayContaining(['labels', 'updatedAt']),
        addedEntitlements: [],
        addedInheritsFrom: [],
        removedInheritsFrom: [],
      },
    },
  });
  await stream.leave();
});

it('finds changes that others make at each interval, and profiles that are new or begin or cease to match', async () => {
  const gateway = await start({}, { watch: { ...watch, intervalMs: 600 } });
  const stream = await open(
    gateway,
    'subscription { accessProfileChanges(filter: { labels: { has: "x" } }) { kind profileId accessProfile { name } removedInheritsFrom } }',
  );
  gateway.sandbox.store.editProfile('b', { labels: ['x'] });
  const told = async () => (await stream.next()).data.data.accessProfileChanges;
  expect(await told()).toEqual({
    kind: 'CREATED',
    profileId: 'b',
    accessProfile: { name: 'B' },
    removedInheritsFrom: [],
  });
  gateway.sandbox.store.editProfile('b', { labels: [] });
  expect(await told()).toMatchObject({ kind: 'DELETED', profileId: 'b', accessProfile: { name: 'B' } });
  gateway.sandbox.store.deleteProfile('a');
  expect(await told()).toMatchObject({ kind: 'DELETED', profileId: 'a', accessProfile: null });
  await stream.leave();
});

it('reads once for all watchers of a caller, and never for another', async () => {
  const gateway = await start();
  const before = scans(gateway);
  const streams = await Promise.all(Array.from({ length: 10 }, () => open(gateway)));
  expect(scans(gateway) - before).toBe(1);
  const other = await open(gateway, undefined, { authorization: `Bearer ${viewerKey}` });
  expect(scans(gateway) - before).toBe(2);
  await Promise.all([...streams, other].map((stream) => stream.leave()));
});

it('goes on after the last event that a client has got, and tells it to read anew where that is unknown', async () => {
  const gateway = await start();
  const first = await open(gateway);
  await label(gateway, 'a', '["1"]');
  const { id } = await first.next();
  await first.leave();
  await label(gateway, 'b', '["2"]');
  const again = await open(gateway, undefined, { 'last-event-id': id ?? '' });
  expect((await again.next()).data.data.accessProfileChanges).toMatchObject({ profileId: 'b', kind: 'UPDATED' });
  await again.leave();
  const lost = await open(gateway, undefined, { 'last-event-id': 'deadbeef.7' });
  expect((await lost.next()).data.errors[0].extensions).toEqual({ code: 'EVENTS_LOST' });
  await label(gateway, 'b', '["3"]');
  expect((await lost.next()).data.data.accessProfileChanges).toMatchObject({ profileId: 'b' });
  await lost.leave();
});

it('ends the stream with an error when the key is refused, and not when one scan fails', async () => {
  const gateway = await start({}, { watch: { ...watch, intervalMs: 600 } });
  const stream = await open(gateway);
  const match = { path: /access_profiles$/ };
  gateway.sandbox.faults.add({ kind: 'status', status: 503, match, times: 4 });
  gateway.sandbox.store.editProfile('a', { labels: ['after the failure'] });
  expect((await stream.next()).data.data.accessProfileChanges.profileId).toBe('a');
  gateway.sandbox.faults.add({ kind: 'status', status: 401, match, times: 99 });
  expect((await stream.next()).data.errors[0].extensions.code).toBe('UNAUTHENTICATED');
  expect((await stream.next()).event).toBe('complete');
  expect((await stream.next()).event).toBeNull();
});

it('limits the streams of a caller and of all, and counts those that have ended no more', async () => {
  const gateway = await start({}, { watch: { ...watch, maxPerCaller: 1, maxStreams: 2 } });
  const first = await open(gateway);
  const refused = await open(gateway);
  expect((await refused.next()).data.errors[0].extensions).toEqual({
    code: 'RATE_LIMITED',
    limit: 'MAX_STREAMS_PER_CALLER',
  });
  await first.leave();
  const second = await open(gateway);
  await label(gateway, 'a', '[]');
  expect((await second.next()).event).toBe('next');
  await second.leave();
});

it('asks for an Accept header that takes events', async () => {
  const gateway = await start();
  const { errors } = await gateway.ask('subscription { accessProfileChanges { kind } }');
  expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
});

it("ends every watcher's replayed stream in the state of the API, whatever has happened", async () => {
  const people = Array.from(
    { length: 3 },
    (_, i) => ({ key: btoa(`caller-${i}`), role: 'admin', user: `${i}` }) as const,
  );
  const gateway = await start({ keys: people }, { watch: { ...watch, intervalMs: 1000 } });
  const streams = await Promise.all(
    people.flatMap(({ key }) => [1, 2, 3, 4].map(() => open(gateway, undefined, { authorization: `Bearer ${key}` }))),
  );
  const { store } = gateway.sandbox;
  const [model] = store.profiles();
  if (model === undefined) throw new Error('no profile');
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let step = 0; step < 300; step++) {
    const id = `p${random(20)}`;
    const known = store.profile(id);
    if (known !== undefined && random(4) === 0) store.deleteProfile(id);
    else store.putProfile({ ...(known ?? model), id, labels: [`${step}`] });
    if (step % 50 === 0) await delay(300);
  }
  store.editProfile('a', { labels: ['end'] });
  const truth = [...store.profiles()].map(({ id, labels }) => [id, labels] as const);
  for (const stream of streams) {
    const state = new Map<string, unknown>(world.profiles.map(({ id, labels }) => [id, labels]));
    const isSame = () => JSON.stringify([...state].sort()) === JSON.stringify([...truth].sort());
    while (!isSame()) {
      const { kind, profileId, accessProfile } = (await stream.next()).data.data.accessProfileChanges;
      expect([profileId, state.has(profileId)]).toEqual([profileId, kind !== 'CREATED']);
      if (kind === 'DELETED') state.delete(profileId);
      else state.set(profileId, accessProfile.labels);
    }
    await stream.leave();
  }
  // About four seconds of watching, by one scan of one call a second for each caller.
  expect(gateway.sandbox.calls.length).toBeLessThan(people.length * 20);
});
