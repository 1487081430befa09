import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeparationRule } from '../../src/model/separation-rule.ts';
import { adminKey } from '../../src/sandbox/server.ts';
import type { World } from '../../src/sandbox/world.ts';
import { type SandboxedGateway, startGateway } from '../support/gateway.ts';
import { runs } from '../support/runs.ts';
import { NaiveHierarchy } from './naive-hierarchy.ts';

interface Finding {
  readonly identityId: string | null;
  readonly message: string;
  readonly profiles: readonly { readonly profileId: string }[];
}

const asking = (args: string) =>
  `{ inheritanceFindings(${args}) { message identityId identity { name } profiles { profileId } } }`;

async function findings({ ask }: SandboxedGateway, args: string) {
  const { data, errors } = await ask<{ inheritanceFindings: Finding[] | null }, object>(asking(args));
  return { errors, found: data?.inheritanceFindings ?? null };
}

const unusedIn = async (gateway: SandboxedGateway) => {
  const { found, errors } = await findings(gateway, 'kinds: [UNUSED_PROFILE]');
  expect(errors).toBeUndefined();
  return found?.map(({ profiles }) => profiles.map(({ profileId }) => profileId).join());
};
const memberCalls = ({ sandbox }: SandboxedGateway) => sandbox.calls.filter(({ path }) => path.endsWith('/members'));

const size = 5;
const worlds: fc.Arbitrary<World> = fc
  .record({
    drawn: fc.array(
      fc.record({
        parents: fc.uniqueArray(fc.nat({ max: size }), { maxLength: 1 }),
        members: fc.subarray(['ada', 'bob']),
        isDraft: fc.boolean(),
      }),
      { minLength: size, maxLength: size },
    ),
    used: fc.uniqueArray(fc.nat({ max: size - 1 }), { maxLength: 2 }),
  })
  .map(({ drawn, used }) => ({
    types: [{ id: 'role', name: 'Role' }],
    policies: [
      {
        id: 'policy',
        name: 'Joiners',
        workflows: [{ name: 'Join', trigger_string: '', access_profile_ids: used.map((number) => `p${number}`) }],
      },
    ],
    profiles: drawn.map(({ parents, members, isDraft }, i) => ({
      id: `p${i}`,
      name: `Profile ${i}`,
      profile_type: 'role',
      versions: [
        {
          state: isDraft ? ('DRAFT' as const) : ('PUBLISHED' as const),
          inherit_entities_from_access_profiles: parents.map((parent) => `p${parent}`),
          members: members.map((id) => ({ identity_id: id, created_from: 'ACCESS_PROFILE_MEMBERSHIP', workflow: '' })),
        },
      ],
    })),
  }));

describe('UNUSED_PROFILE', () => {
  it('is every profile without members, children and policies, whatever the lists carry', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.boolean(), fc.boolean(), async (world, membersInVersion, policiesHideProfiles) => {
        await using gateway = await startGateway({ world, membersInVersion, policiesHideProfiles });
        const naive = new NaiveHierarchy(world);
        const used = world.policies?.flatMap(({ workflows = [] }) => workflows[0]?.access_profile_ids ?? []) ?? [];
        const isUnused = (id: string) => {
          const profile = naive.profiles.find((each) => each.id === id);
          const live = profile?.versions.find((each) => each.version_number === profile.current_version_number);
          return naive.children(id).length === 0 && !used.includes(id) && (live?.members ?? []).length === 0;
        };
        expect(await unusedIn(gateway)).toEqual(naive.ids.filter(isUnused));
        // Nobody's members are read who has children or a policy, or whose members the list shows.
        const candidates = naive.ids.filter((id) => naive.children(id).length === 0 && !used.includes(id));
        expect(memberCalls(gateway).length).toBeLessThanOrEqual(candidates.length);
      }),
      { numRuns: runs(60) },
    );
  });

  const world: World = {
    types: [{ id: 'role', name: 'Role' }],
    profiles: [
      { id: 'base', name: 'Base', profile_type: 'role' },
      { id: 'sales', name: 'Sales', profile_type: 'role', inherits: ['base'], labels: ['emea'] },
      { id: 'staffed', name: 'Staffed', profile_type: 'role', members: ['ada'] },
      { id: 'alone', name: 'Alone', profile_type: 'role' },
    ],
  };

  it('is returned only if it is asked for, and reads members of what a filter leaves', async () => {
    await using gateway = await startGateway({ world });
    const { found } = await findings(gateway, 'kinds: null');
    expect(found?.some(({ message }) => message.includes('no members'))).toBe(false);
    expect(memberCalls(gateway)).toEqual([]);
    const filtered = await findings(gateway, 'kinds: [UNUSED_PROFILE], filter: { labels: { has: "emea" } }');
    expect(filtered.found).toMatchObject([
      {
        message: '"Sales" has no members and no children, and no lifecycle policy uses it.',
        profiles: [{ profileId: 'sales' }],
      },
    ]);
    expect(memberCalls(gateway).map(({ path }) => path.split('/').at(-4))).toEqual(['sales']);
  });

  it.each<[missing: string, path: RegExp, status: number, code: string]>([
    ['members', /\/alone\/versions\/1\/members$/, 403, 'FORBIDDEN'],
    ['members', /\/alone\/versions\/1\/members$/, 500, 'UPSTREAM_UNAVAILABLE'],
    ['policies', /\/policies$/, 403, 'FORBIDDEN'],
    ['policies', /\/policies$/, 404, 'NOT_SUPPORTED'],
  ])('fails where %s can not be read (%s %i)', async (_missing, path, status, code) => {
    await using gateway = await startGateway({ world });
    gateway.sandbox.faults.add({ kind: 'status', status, match: { path }, times: 20 });
    const { found, errors } = await findings(gateway, 'kinds: [UNUSED_PROFILE]');
    expect(found).toBeNull();
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual([code]);
  });

  it('is refused where more than 200 lists of members would have to be read, before the first of them', async () => {
    const many = Array.from({ length: 201 }, (_, i) => ({ id: `p${i}`, name: `P${i}`, profile_type: 'role' }));
    await using gateway = await startGateway({ world: { ...world, profiles: many } });
    const { errors } = await findings(gateway, 'kinds: [UNUSED_PROFILE]');
    expect(errors?.[0]?.message).toMatch(/^filter: .* more than 200 profiles/);
    expect(memberCalls(gateway)).toEqual([]);
  });
});

describe('SEPARATION_VIOLATION of people', () => {
  const group = (entity_id: string) => ({ entity_type: 'Group', datasource_id: 'ds', entity_id });
  const ref = (entityId: string) => ({ datasourceId: 'ds', entityType: null, entityId });
  const rule = (name: string, ...groups: string[][]): SeparationRule => ({
    name,
    description: null,
    enforce: false,
    groups: groups.map((ids) => ids.map(ref)),
  });
  const separationRules = [rule('Pay and book', ['pay'], ['book']), rule('Nobody can', ['pay'], ['nothing'])];
  const world: World = {
    types: [{ id: 'role', name: 'Role' }],
    identities: ['ada', 'bob', 'cy'].map((id) => ({ id, name: id.toUpperCase() })),
    profiles: [
      { id: 'pay', name: 'Payroll', profile_type: 'role', entities: [group('pay')], members: ['ada', 'bob'] },
      { id: 'book', name: 'Books', profile_type: 'role', entities: [group('book')], members: ['cy'] },
      { id: 'lead', name: 'Lead', profile_type: 'role', inherits: ['book'], members: ['ada'] },
      { id: 'other', name: 'Other', profile_type: 'role', entities: [group('x')], members: ['ada', 'bob', 'cy'] },
    ],
  };

  it('names who breaks a rule by several profiles, and through which', async () => {
    await using gateway = await startGateway({ world }, { separationRules });
    const without = await findings(gateway, 'kinds: [SEPARATION_VIOLATION]');
    expect([without.found, memberCalls(gateway)]).toEqual([[], []]);
    const { found, errors } = await findings(gateway, 'kinds: [SEPARATION_VIOLATION], includePeople: true');
    expect(errors).toBeUndefined();
    expect(found).toEqual([
      {
        message:
          '"ADA" breaks the rule of separation "Pay and book" as a member of "Payroll" and "Lead": they grant Group "pay" of data source ds and Group "book" of data source ds.',
        identityId: 'ada',
        identity: { name: 'ADA' },
        profiles: [{ profileId: 'pay' }, { profileId: 'lead' }],
      },
    ]);
    // Of profiles that grant nothing of the rule no members are read.
    expect(memberCalls(gateway).map(({ path }) => path.split('/').at(-4))).not.toContain('other');
  });

  it('fails where members can not be read, rather than to name nobody', async () => {
    await using gateway = await startGateway({ world, membersInVersion: false }, { separationRules });
    gateway.sandbox.faults.add({ kind: 'status', status: 403, match: { path: /\/lead\/versions\/1\/members$/ } });
    const { found, errors } = await findings(gateway, 'kinds: [SEPARATION_VIOLATION], includePeople: true');
    expect([found, errors?.[0]?.extensions['code']]).toEqual([null, 'FORBIDDEN']);
  });

  it('tells what a list of changes would bring about', async () => {
    await using gateway = await startGateway({ world }, { separationRules });
    const answer = await gateway.ask(
      `{ simulateAccessProfileChanges(changes: [
          { createAccessProfile: { name: "New", state: RUNNING, type: "role", inheritsFrom: ["book"] } }
          { updateVersion: { id: "other", addInheritsFrom: ["#0"] } }
        ]) {
          newFindings(includePeople: true) { kind identityId profiles { profileId } }
          resolvedFindings { kind }
        } }`,
      {},
      { authorization: `Bearer ${adminKey}` },
    );
    expect(answer).toMatchObject({
      data: {
        simulateAccessProfileChanges: {
          newFindings: expect.arrayContaining([
            {
              kind: 'SEPARATION_VIOLATION',
              identityId: 'bob',
              profiles: [{ profileId: 'pay' }, { profileId: 'other' }],
            },
          ]),
        },
      },
    });
    expect(JSON.stringify(answer)).not.toContain('"ada"');
  });
});
