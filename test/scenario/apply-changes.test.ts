import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/faults.ts';
import type { ProfileRecord } from '../../src/sandbox/record.ts';
import type { World } from '../../src/sandbox/world.ts';
import { type SandboxedGateway, startGateway } from '../support/gateway.ts';
import { every, runs } from '../support/runs.ts';
import { grant } from './arbitrary-world.ts';
import { isWrite, meanwhile } from './mutation-support.ts';
import { NaiveHierarchy } from './naive-hierarchy.ts';
import { keptApart, soundTrial } from './simulation-support.ts';

interface Simulated {
  readonly fingerprint: string;
  readonly violations: readonly { readonly rule: string }[];
  readonly affectedProfiles: readonly { readonly profile: { readonly profileId: string } }[];
  readonly affectedMembers: readonly {
    readonly identityId: string;
    readonly gained: readonly Ids[];
    readonly lost: readonly Ids[];
  }[];
}
interface Ids {
  readonly datasourceId: string;
  readonly entityId: string;
}
interface Applied {
  readonly __typename: string;
  readonly message?: string;
  readonly results?: readonly {
    readonly applied: boolean;
    readonly accessProfile: { readonly profileId: string; readonly name: string } | null;
    readonly error: { readonly __typename: string; readonly message: string } | null;
  }[];
}

async function simulate(gateway: SandboxedGateway, changes: readonly object[]): Promise<Simulated> {
  const { data, errors } = await gateway.ask<{ simulateAccessProfileChanges: Simulated }, object>(
    `query Simulate($changes: [AccessProfileChangeInput!]!) {
      simulateAccessProfileChanges(changes: $changes) {
        fingerprint violations { rule } affectedProfiles { profile { profileId } }
        affectedMembers { identityId gained { datasourceId entityId } lost { datasourceId entityId } }
      }
    }`,
    { changes },
  );
  expect(errors).toBeUndefined();
  if (!data) throw new Error('no simulation');
  return data.simulateAccessProfileChanges;
}

async function apply(gateway: SandboxedGateway, changes: readonly object[], fingerprint: string): Promise<Applied> {
  const { data, errors } = await gateway.ask<{ applyAccessProfileChanges: Applied }, object>(
    `mutation Apply($input: ApplyAccessProfileChangesInput!) {
      applyAccessProfileChanges(input: $input) {
        __typename
        ... on Error { message }
        ... on ApplyAccessProfileChangesPayload {
          results { applied accessProfile { profileId name } error { __typename message } }
        }
      }
    }`,
    { input: { changes, fingerprint } },
  );
  expect(errors).toBeUndefined();
  if (!data) throw new Error('no answer');
  return data.applyAccessProfileChanges;
}

const writesOf = ({ sandbox }: SandboxedGateway) =>
  sandbox.calls.filter(isWrite).map(({ method, path }) => `${method} ${path.split('/access_profiles')[1]}`);

/** Name to effective entitlements, since the API gives created profiles ids of its own. */
const effectiveByName = (hierarchy: NaiveHierarchy) =>
  new Map(hierarchy.profiles.map(({ id, name }) => [name, [...hierarchy.effective(id).keys()].sort()]));

/** Person to the entities that they have by all their profiles. */
const heldBy = (hierarchy: NaiveHierarchy) =>
  new Map(
    ['ada', 'bob'].map((person) => {
      const isMember = ({ versions }: ProfileRecord) =>
        versions.some(({ members }) => members.some(({ identity_id }) => identity_id === person));
      const keys = hierarchy.profiles.filter(isMember).flatMap(({ id }) => [...hierarchy.effective(id).keys()]);
      return [person, new Set(keys.map((key) => key.split('|').slice(0, 3).join('|')))];
    }),
  );

/** The same, as a simulation foresees it. */
function foreseen(before: ReadonlyMap<string, ReadonlySet<string>>, { affectedMembers }: Simulated) {
  const after = new Map(Array.from(before, ([person, keys]) => [person, new Set(keys)]));
  const find = (ids: Ids) => `${ids.datasourceId}|${grantTypes.get(ids.entityId)}|${ids.entityId}`;
  for (const { identityId, gained, lost } of affectedMembers) {
    for (const each of gained) after.get(identityId)?.add(find(each));
    for (const each of lost) after.get(identityId)?.delete(find(each));
  }
  return after;
}
const grantTypes = new Map([0, 1, 2, 3, 4].map((number) => [`g${number}`, grant(number).entity_type]));

const worldOf = ({ sandbox }: SandboxedGateway, world: World): World => ({
  ...world,
  profiles: [...sandbox.store.profiles()],
});

it('leaves the world that was simulated, and then has nothing left to do', async () => {
  let applied = 0;
  await fc.assert(
    fc.asyncProperty(soundTrial, async ({ world, after, changes }) => {
      await using gateway = await startGateway({ world }, { separationRules: [{ ...keptApart, enforce: true }] });
      const simulation = await simulate(gateway, changes);
      const { fingerprint, violations } = simulation;
      const answer = await apply(gateway, changes, fingerprint);
      if (violations.length > 0 || answer.__typename === 'RuleViolationError') {
        expect(answer.__typename).toBe('RuleViolationError');
        expect(writesOf(gateway)).toEqual([]);
        return;
      }
      expect(answer.results?.map(({ error }) => error)).toEqual(changes.map(() => null));
      const now = new NaiveHierarchy(worldOf(gateway, world));
      expect(effectiveByName(now)).toEqual(effectiveByName(new NaiveHierarchy(after)));
      expect(heldBy(now)).toEqual(foreseen(heldBy(new NaiveHierarchy(world)), simulation));
      applied += 1;
      const before = writesOf(gateway);
      const again = await simulate(gateway, changes);
      expect(again.affectedProfiles).toEqual([]);
      const second = await apply(gateway, changes, again.fingerprint);
      expect(second.results?.map((result) => result.applied)).toEqual(changes.map(() => true));
      expect(effectiveByName(new NaiveHierarchy(worldOf(gateway, world)))).toEqual(effectiveByName(now));
      // A list that takes back what it did itself does so again.
      const ids = changes.flatMap((each, i) => /"id":"([^"]+)"/.exec(JSON.stringify(each))?.[1] ?? `#${i}`);
      if (new Set(ids).size === ids.length) expect(writesOf(gateway)).toEqual(before);
    }),
    { numRuns: runs(80) },
  );
  expect(applied).toBeGreaterThan(2);
});

const group = (entityId: string) => ({ entityType: 'Group', datasourceId: 'ds-1', entityId });
const world: World = {
  types: [{ id: 'role', name: 'Role' }],
  profiles: [
    { id: 'base', name: 'Base', profile_type: 'role' },
    { id: 'sales', name: 'Sales', profile_type: 'role', inherits: ['base'] },
    { id: 'emea', name: 'EMEA', profile_type: 'role', inherits: ['sales'] },
    { id: 'other', name: 'Other', profile_type: 'role' },
  ],
};
/** Splits a role: a new parent takes over. */
const split: readonly object[] = [
  { createAccessProfile: { name: 'Field', state: 'RUNNING', type: 'role', entitlements: [group('crm')] } },
  { updateVersion: { id: 'emea', addInheritsFrom: ['#0'], removeInheritsFrom: ['sales'] } },
  { updateAccessProfile: { id: 'sales', description: 'Inside sales only' } },
  { updateVersion: { id: '#0', addInheritsFrom: ['AccessProfile:base'] } },
];

describe('a list that is carried out', () => {
  it('makes its writes in the order given, after one more scan', async () => {
    await using gateway = await startGateway({ world });
    const { fingerprint } = await simulate(gateway, split);
    const readings = gateway.sandbox.calls.length;
    const { results } = await apply(gateway, split, fingerprint);
    expect(results?.map(({ applied, accessProfile }) => [applied, accessProfile?.name])).toEqual([
      [true, 'Field'],
      [true, 'EMEA'],
      [true, 'Sales'],
      [true, 'Field'],
    ]);
    const id = results?.[0]?.accessProfile?.profileId;
    expect(writesOf(gateway)).toEqual(['POST ', 'PATCH /emea/versions/1', 'PATCH /sales', `PATCH /${id}/versions/1`]);
    // A scan, the types, and the members of EMEA, who gain something.
    expect(readings).toBe(3);
  });

  it.each<Fault['kind']>(['status', 'reset-after', 'truncate'])(
    'stops at the write that fails (%s), and goes on when it is simulated again',
    async (kind) => {
      for (const write of every(2, kind.length, [1, 2, 3, 4])) {
        await using gateway = await startGateway({ world });
        const { fingerprint } = await simulate(gateway, split);
        const fault = { match: { method: write === 1 ? 'POST' : 'PATCH' }, skip: write === 1 ? 0 : write - 2 };
        gateway.sandbox.faults.add(
          kind === 'status'
            ? { kind, status: 500, ...fault }
            : { kind: kind === 'truncate' ? kind : 'reset-after', ...fault },
        );
        const { results = [] } = await apply(gateway, split, fingerprint);
        expect(results.map(({ applied }) => applied)).toEqual([0, 1, 2, 3].map((i) => i < write - 1));
        expect(results[write - 1]?.error).toMatchObject({ __typename: 'UpstreamError' });
        for (const { error } of results.slice(write))
          expect(error?.message).toMatch(/^Not begun, since input.changes.\d/);
        expect(writesOf(gateway)).toHaveLength(write);

        const again = await simulate(gateway, split);
        const finished = await apply(gateway, split, again.fingerprint);
        expect(finished.results?.map(({ error }) => error)).toEqual([null, null, null, null]);
        const now = new NaiveHierarchy(worldOf(gateway, world));
        expect(now.profiles).toHaveLength(5);
        const field = now.profiles.find(({ name }) => name === 'Field')?.id ?? '';
        expect([now.named('emea'), now.named(field)]).toEqual([[field], ['base']]);
        // What happened although its reply was lost is not written again.
        expect(writesOf(gateway)).toHaveLength(kind === 'status' ? 5 : 4);
      }
    },
    60_000,
  );

  it('finds a profile that it has created and to which the API has added something', async () => {
    const added = { entity_type: 'Group', datasource_id: 'ds-1', entity_id: 'new', created_by_access_profile: true };
    const field = { entity_type: 'Group', datasource_id: 'ds-1', entity_id: 'crm' };
    const custom_properties = { source: 'API' };
    const created = { id: 'f', name: 'Field', profile_type: 'role', entities: [field, added], custom_properties };
    await using gateway = await startGateway({ world: { ...world, profiles: [...world.profiles, created] } });
    expect((await simulate(gateway, split.slice(0, 1))).affectedProfiles).toEqual([]);
  });

  it('goes on although its own change has outdated an ifUpdatedAt', async () => {
    await using gateway = await startGateway({ world });
    const ifUpdatedAt = gateway.sandbox.store.profile('sales')?.updated_at;
    const changes = [
      { updateAccessProfile: { id: 'sales', description: 'New', ifUpdatedAt } },
      { updateVersion: { id: 'emea', addInheritsFrom: ['base'] } },
    ];
    const { fingerprint } = await simulate(gateway, changes);
    gateway.sandbox.faults.add({ kind: 'status', status: 500, match: { method: 'PATCH' }, skip: 1 });
    expect((await apply(gateway, changes, fingerprint)).results?.map(({ applied }) => applied)).toEqual([true, false]);
    const again = await simulate(gateway, changes);
    const { results } = await apply(gateway, changes, again.fingerprint);
    expect(results?.map(({ applied }) => applied)).toEqual([true, true]);
  });

  it('is refused as a whole if anything that it depends on has changed since', async () => {
    await using gateway = await startGateway({ world });
    const { fingerprint } = await simulate(gateway, split);
    gateway.sandbox.store.editProfile('other', { state: 'PAUSED' });
    const answer = await apply(gateway, split, fingerprint);
    expect(answer.__typename).toBe('ConflictError');
    expect(writesOf(gateway)).toEqual([]);
  });

  it('is refused if a draft that it publishes has changed since', async () => {
    const versions = [{ version_number: 1 }, { version_number: 2, state: 'DRAFT' as const }];
    const profiles = [...world.profiles, { id: 'drafted', name: 'Drafted', profile_type: 'role', versions }];
    await using gateway = await startGateway({ world: { ...world, profiles }, versionRead: true });
    const changes = [{ updateVersion: { id: 'drafted', state: 'PUBLISHED' } }];
    const { fingerprint } = await simulate(gateway, changes);
    const [published, draft] = gateway.sandbox.store.profile('drafted')?.versions ?? [];
    if (!published || !draft) throw new Error('no draft');
    const altered = { ...draft, entities_to_create_relationships_to: [grant(1)] };
    gateway.sandbox.store.editProfile('drafted', { versions: [published, altered] });
    expect((await apply(gateway, changes, fingerprint)).__typename).toBe('ConflictError');
    expect(writesOf(gateway)).toEqual([]);
  });

  it('is refused with the fingerprint of another list', async () => {
    await using gateway = await startGateway({ world });
    const { fingerprint } = await simulate(gateway, split.slice(0, 2));
    expect((await apply(gateway, split, fingerprint)).__typename).toBe('ConflictError');
    expect(writesOf(gateway)).toEqual([]);
  });

  it('stops at a profile that somebody changes on the way', async () => {
    await using gateway = await startGateway({ world });
    const { fingerprint } = await simulate(gateway, split);
    gateway.sandbox.faults.add({
      ...meanwhile(0, (store) =>
        store.editProfile('emea', { description: 'Mine', updated_at: '2031-01-01T00:00:00Z' }),
      ),
      match: { method: 'POST' },
    });
    const { results = [] } = await apply(gateway, split, fingerprint);
    expect(results.map(({ error }) => error?.__typename ?? null)).toEqual([
      null,
      'ConflictError',
      'ConflictError',
      'ConflictError',
    ]);
    expect(writesOf(gateway)).toEqual(['POST ']);
  });

  it('is put in an order that closes no cycle on the way', async () => {
    await using gateway = await startGateway({ world });
    const turn = [
      { updateVersion: { id: 'base', addInheritsFrom: ['sales'] } },
      { updateVersion: { id: 'sales', removeInheritsFrom: ['base'] } },
    ];
    const { fingerprint, violations } = await simulate(gateway, turn);
    expect(violations).toEqual([]);
    const { results } = await apply(gateway, turn, fingerprint);
    expect(results?.map(({ accessProfile }) => accessProfile?.name)).toEqual(['Base', 'Sales']);
    expect(writesOf(gateway)).toEqual(['PATCH /sales/versions/1', 'PATCH /base/versions/1']);
  });

  it.each<[object, string]>([
    [{ updateVersion: { id: '#0', addInheritsFrom: ['base'] } }, 'changes.0.updateVersion.id'],
    [
      { updateVersion: { id: 'base', addInheritsFrom: ['other', 'gone'] } },
      'changes.0.updateVersion.addInheritsFrom.1',
    ],
    [{ updateVersion: { id: 'base', addInheritsFrom: ['#1'] } }, 'changes.0.updateVersion.addInheritsFrom.0'],
    [{ createAccessProfile: { name: ' ', state: 'RUNNING', type: 'role' } }, 'changes.0.createAccessProfile.name'],
    [{ createAccessProfile: { name: 'A', state: 'RUNNING', type: 'none' } }, 'changes.0.createAccessProfile.type'],
    [{ updateAccessProfile: { id: 'base' } }, 'changes.0.updateAccessProfile'],
    [{ updateAccessProfile: { id: 'gone', name: 'A' } }, 'changes.0.updateAccessProfile.id'],
    [{ updateVersion: { id: 'base', state: 'RETIRED' } }, 'changes.0.updateVersion.state'],
    [{ updateVersion: { id: 'base', version: 7, addInheritsFrom: ['other'] } }, 'changes.0.updateVersion.version'],
  ])('names the field of a mistake: %j', async (change, field) => {
    await using gateway = await startGateway({ world });
    const answer = await gateway.ask(
      'query ($changes: [AccessProfileChangeInput!]!) { simulateAccessProfileChanges(changes: $changes) { fingerprint } }',
      { changes: [change] },
    );
    expect(answer.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field });
    expect(answer.errors?.[0]?.message).not.toContain('input');
  });
});
