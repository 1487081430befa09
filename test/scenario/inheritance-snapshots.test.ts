import { afterEach, describe, expect, it, vi } from 'vitest';
import { generateWorld } from '../../src/sandbox/seed/generate.ts';
import { adminKey, type Key, viewerKey } from '../../src/sandbox/server.ts';
import type { World } from '../../src/sandbox/world.ts';
import type { SandboxedGateway } from '../support/gateway.ts';
import { startGenerous } from './inheritance-support.ts';

const names = '{ inheritanceGraph { asOf nodes { name inheritsFrom { name } inheritedBy { name } } } }';
const types = '{ inheritanceGraph { mermaid } inheritanceFindings(kinds: [TYPE_RULE_VIOLATION]) { message } }';
const world = generateWorld(250);

const as = (key: string, more: Record<string, string> = {}) => ({ authorization: `Bearer ${key}`, ...more });

/** How many calls a query takes, and what it answers. */
async function ask(gateway: SandboxedGateway, query: string, headers = as(adminKey)) {
  const before = gateway.sandbox.calls.length;
  const answer = await gateway.ask<Record<string, { asOf?: string; nodes?: { name: string }[] }>, never>(
    query,
    undefined,
    headers,
  );
  expect(answer.errors).toBeUndefined();
  return { calls: gateway.sandbox.calls.length - before, data: answer.data ?? {} };
}

const nodeNames = ({ data }: Awaited<ReturnType<typeof ask>>) =>
  data['inheritanceGraph']?.nodes?.map(({ name }) => name) ?? [];

afterEach(() => {
  vi.useRealTimers();
});

/** lru-cache takes an entry from the instant 0 of `performance.now()` for one without a time, and looks at it every millisecond. */
function startClock(now: string) {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.parse(now) - 1 });
  vi.advanceTimersByTime(1);
}

describe('a question about the whole tenant', () => {
  it('makes no call the second time, and reports the age of its answer', async () => {
    startClock('2026-01-01T12:00:00.500Z');
    await using gateway = await startGenerous({ world });
    const first = await ask(gateway, names);
    // The list has three pages; the first scan reads the types to count by.
    expect(first.calls).toBe(4);
    vi.advanceTimersByTime(20_500);
    // Somebody sets the clock back, which must not make the answer look younger.
    vi.setSystemTime('2026-01-01T11:00:00Z');
    const second = await ask(gateway, names);
    expect(second).toEqual({ ...first, calls: 0 });
    expect(second.data['inheritanceGraph']?.asOf).toBe('2026-01-01T12:00:00.500Z');
    const response = await gateway.fetch(
      new Request('http://localhost/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...as(adminKey) },
        body: JSON.stringify({ query: '{ inheritanceFindings(kinds: []) { kind } integrations }' }),
      }),
    );
    expect(response.headers.get('age')).toBe('20');
    expect(await response.json()).not.toHaveProperty('extensions');
  });

  it('reads the API again once the snapshot has expired', async () => {
    startClock('1970-01-01T00:00:00.001Z');
    await using gateway = await startGenerous({ world }, { snapshotTtlSeconds: 5 });
    await ask(gateway, names);
    vi.advanceTimersByTime(5000);
    vi.setSystemTime(0);
    expect((await ask(gateway, names)).calls).toBe(0);
    vi.advanceTimersByTime(1);
    expect((await ask(gateway, names)).calls).toBe(3);
  });

  it('reads types once for as long as the profiles are cached', async () => {
    await using gateway = await startGenerous({ world });
    expect((await ask(gateway, names)).calls).toBe(5);
    expect((await ask(gateway, types)).calls).toBe(1);
    expect((await ask(gateway, types)).calls).toBe(0);
  });

  it('is never answered from a snapshot where snapshots are switched off', async () => {
    await using gateway = await startGenerous({ world }, { snapshotTtlSeconds: 0 });
    for (const calls of [5, 3]) expect((await ask(gateway, names)).calls).toBe(calls);
  });

  it.each(['no-cache', 'No-Store', 'private, max-age=0'])(
    'reads the API again with Cache-Control: %s',
    async (directive) => {
      await using gateway = await startGenerous({ world });
      await ask(gateway, names);
      const { calls } = await ask(gateway, names, as(adminKey, { 'cache-control': directive }));
      expect(calls).toBe(directive === 'No-Store' ? 4 : 3);
      expect((await ask(gateway, names)).calls).toBe(0);
    },
  );

  it('reads the API again for names of entitlements', async () => {
    await using gateway = await startGenerous({ world });
    await ask(gateway, names);
    const named = '{ inheritanceGraph { nodes { effectiveEntitlements { entitlement { entityName } } } } }';
    expect((await ask(gateway, named)).calls).toBe(3);
    expect((await ask(gateway, named)).calls).toBe(0);
  });

  it('is answered from one snapshot, other fields of its profiles included', async () => {
    await using gateway = await startGenerous({ world });
    const query =
      '{ inheritanceGraph { nodes { profileId effectiveEntitlements { direct } ancestors { depth } descendants { depth } } } }';
    await ask(gateway, query);
    expect((await ask(gateway, query)).calls).toBe(0);
  });
});

describe('lists and profiles by id', () => {
  it('are read from the API, whatever is cached', async () => {
    await using gateway = await startGenerous({ world });
    await ask(gateway, names);
    const [{ id } = { id: '' }] = world.profiles;
    gateway.sandbox.store.editProfile(id, { name: 'Renamed elsewhere' });
    const list = await ask(gateway, '{ accessProfiles(first: 1) { nodes { name } } }');
    expect(list.data).toMatchObject({ accessProfiles: { nodes: [{ name: 'Renamed elsewhere' }] } });
    expect(nodeNames(await ask(gateway, names))).not.toContain('Renamed elsewhere');
  });
});

describe('callers', () => {
  const keys: readonly Key[] = [
    { key: 'see-all', role: 'admin' },
    { key: 'see-few', role: 'viewer', visibleTo: ({ name }) => name.includes('Finance') },
  ];

  it('see what they may see, and nothing that was cached for others', async () => {
    await using gateway = await startGenerous({ world, keys });
    const all = await ask(gateway, names, as('see-all'));
    const few = await ask(gateway, names, as('see-few'));
    expect(nodeNames(all)).toHaveLength(250);
    expect(few.calls).toBeGreaterThan(0);
    expect(nodeNames(few).length).toBeLessThan(100);
    expect(nodeNames(few).every((name) => name.includes('Finance'))).toBe(true);
    for (const [key, first] of [['see-all', all] as const, ['see-few', few] as const]) {
      expect(await ask(gateway, names, as(key))).toEqual({ ...first, calls: 0 });
    }
  });

  it('with a key that the API no longer takes get nothing that is cached for another', async () => {
    await using gateway = await startGenerous({ world, keys });
    await ask(gateway, names, as('see-all'));
    const { data, errors } = await gateway.ask(names, undefined, as('somebody'));
    expect(data).toEqual({ inheritanceGraph: null });
    expect(errors).toMatchObject([{ path: ['inheritanceGraph'], extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('ask at the same time and share one scan each', async () => {
    await using gateway = await startGenerous({ world, latencyMs: 10 });
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, () => gateway.ask(names)),
      ...Array.from({ length: 10 }, () => gateway.ask(names, undefined, as(viewerKey))),
    ]);
    for (const { data } of answers) expect(data).toMatchObject({ inheritanceGraph: { nodes: { length: 250 } } });
    expect(gateway.sandbox.calls).toHaveLength(10);
  });

  it('who leave do not end a scan that others wait for', async () => {
    await using gateway = await startGenerous({ world, latencyMs: 30 });
    const gone = new AbortController();
    const request = (signal?: AbortSignal) =>
      gateway.fetch(
        new Request('http://localhost/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...as(adminKey) },
          body: JSON.stringify({ query: names }),
          ...(signal && { signal }),
        }),
      );
    const left = request(gone.signal).catch(() => null);
    const stayed = request();
    await expect.poll(() => gateway.sandbox.calls.length).toBeGreaterThan(1);
    gone.abort();
    await left;
    const response = await stayed;
    const { data }: { data: { inheritanceGraph: { nodes: unknown[] } } } = await response.json();
    expect(data.inheritanceGraph.nodes).toHaveLength(250);
    expect(gateway.sandbox.calls).toHaveLength(5);
  });
});

describe('a write through this gateway', () => {
  const small: World = {
    types: [{ id: 't', name: 'T' }],
    profiles: [
      { id: 'a', name: 'A', profile_type: 't' },
      { id: 'b', name: 'B', profile_type: 't', inherits: ['a'] },
      { id: 'c', name: 'C', profile_type: 't' },
    ],
  };
  const rename = 'mutation { updateAccessProfile(input: { id: "a", name: "Renamed" }) { __typename } }';

  it('makes all callers read again', async () => {
    await using gateway = await startGenerous({ world: small });
    const before = await ask(gateway, names, as(viewerKey));
    expect(nodeNames(before)).toContain('A');
    await ask(gateway, rename);
    const after = await ask(gateway, names, as(viewerKey));
    expect(after.calls).toBe(1);
    expect(nodeNames(after)).toContain('Renamed');
  });

  it('drops the snapshots also where the API refuses it', async () => {
    await using gateway = await startGenerous({ world: small });
    await ask(gateway, names);
    await gateway.ask(rename, undefined, as(viewerKey));
    expect((await ask(gateway, names)).calls).toBe(1);
  });

  it('keeps scans under way from being cached', async () => {
    await using gateway = await startGenerous({ world: small, latencyMs: 20 });
    const reading = ask(gateway, names);
    await expect.poll(() => gateway.sandbox.calls.length).toBeGreaterThan(0);
    await ask(gateway, rename);
    await reading;
    expect(nodeNames(await ask(gateway, names))).toContain('Renamed');
  });

  it('is seen by what follows in the same operation', async () => {
    await using gateway = await startGenerous({ world: small });
    const { data, errors } = await gateway.ask(`mutation {
      one: updateAccessProfileVersion(input: { id: "a", inheritsFrom: ["c"] }) { ...Result }
      two: updateAccessProfileVersion(input: { id: "c", inheritsFrom: [] addEntitlements: [{ entityType: "G", datasourceId: "d", entityId: "e" }] }) { ...Result }
    }
    fragment Result on UpdateAccessProfileVersionPayload {
      version { accessProfile {
        ancestors { profile { name } }
        descendants { profile { name } }
        effectiveEntitlements { entitlement { entityId } }
        inheritancePath(ancestor: "c") { name }
      } }
    }`);
    expect(errors).toBeUndefined();
    const profileOf = (name: string) => expect.objectContaining({ profile: { name } });
    expect(data).toMatchObject({
      one: {
        version: {
          accessProfile: {
            ancestors: [profileOf('C')],
            descendants: [profileOf('B')],
            effectiveEntitlements: [],
            inheritancePath: [{ name: 'A' }, { name: 'C' }],
          },
        },
      },
      two: {
        version: {
          accessProfile: {
            ancestors: [],
            descendants: [profileOf('A'), profileOf('B')],
            effectiveEntitlements: [{ entitlement: { entityId: 'e' } }],
          },
        },
      },
    });
  });
});
