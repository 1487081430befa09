import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inheritanceFindings } from '../../src/inheritance/analysis/findings/all.ts';
import { type FindingFacts, findingKinds, noFacts } from '../../src/inheritance/analysis/findings/finding.ts';
import { checkSeparation } from '../../src/inheritance/analysis/separation.ts';
import { Hierarchy } from '../../src/inheritance/graph/hierarchy.ts';
import { finish } from '../../src/inheritance/steps.ts';
import type { EntityRef } from '../../src/model/separation-rule.ts';
import { arbitraryWorld, chain, clique, entitlement, layered, randomHolds } from './arbitrary-graph.ts';
import { cyclesOf, effectiveOf } from './brute-force.ts';
import { hierarchyOf, hierarchyOfWorld, profile, profileType, version } from './profiles.ts';

describe('inheritanceFindings', () => {
  it('CYCLE: each cycle, in words', () => {
    const hierarchy = hierarchyOf(['a>b', 'b>c', 'c>a', 'd>d']);
    expect(finish(inheritanceFindings(hierarchy, ['CYCLE']))).toMatchObject([
      {
        kind: 'CYCLE',
        message: '"A" inherits from itself: "A" inherits from "B" inherits from "C" inherits from "A".',
        profileIds: ['a', 'b', 'c'],
      },
      { kind: 'CYCLE', message: '"D" inherits from itself.', profileIds: ['d'] },
    ]);
  });

  it('CYCLE: one for a knot of too many cycles, long ones shortened', () => {
    const knot = finish(inheritanceFindings(hierarchyOfWorld({ nodes: clique(200), holds: [] }), ['CYCLE']));
    expect(knot).toHaveLength(1);
    expect(knot[0]?.profileIds).toHaveLength(200);
    expect(knot[0]?.message).toBe(
      '"P0", "P1", "P2", "P3", "P4" and 195 more all inherit from one another, in more cycles than are listed here.',
    );
    const ring = chain(10_000).map((node, n) => (n === 9_999 ? { ...node, parentIds: ['p0'] } : node));
    const long = finish(inheritanceFindings(hierarchyOfWorld({ nodes: ring, holds: [] }), ['CYCLE']));
    expect(long[0]?.profileIds).toHaveLength(10_000);
    expect(long[0]?.message.length).toBeLessThan(300);
  });

  it('MISSING_PARENT: one for each missing id, with everyone who names it', () => {
    expect(finish(inheritanceFindings(hierarchyOf(['a>gone', 'b>a gone']), ['MISSING_PARENT']))).toMatchObject([
      {
        kind: 'MISSING_PARENT',
        message: '"A" and "B" inherit from profile gone, which the API does not return.',
        profileIds: ['a', 'b'],
      },
    ]);
  });

  it('REDUNDANT_PARENT: child, then parent', () => {
    expect(finish(inheritanceFindings(hierarchyOf(['a>c b', 'b>c', 'c']), ['REDUNDANT_PARENT']))).toMatchObject([
      {
        kind: 'REDUNDANT_PARENT',
        message: '"A" inherits from "C" directly and also through "B".',
        profileIds: ['a', 'c'],
      },
    ]);
  });

  it('DUPLICATE_ENTITLEMENT: the profile, then the nearest it inherits the grant from', () => {
    const hierarchy = hierarchyOf(['a>b', 'b>c', 'c'], { a: ['x'], c: ['x'] });
    expect(finish(inheritanceFindings(hierarchy, ['DUPLICATE_ENTITLEMENT']))).toMatchObject([
      {
        kind: 'DUPLICATE_ENTITLEMENT',
        message: '"A" holds Role "x" of data source ds1 itself and also inherits it from "C".',
        profileIds: ['a', 'c'],
      },
    ]);
  });

  it('SAME_EFFECTIVE_ENTITLEMENTS: groups of equal, non-empty sets', () => {
    const hierarchy = hierarchyOf(['a>b', 'b', 'c', 'd', 'e>d', 'f>b'], { b: ['x'], c: ['x'], f: ['y'] });
    expect(finish(inheritanceFindings(hierarchy, ['SAME_EFFECTIVE_ENTITLEMENTS']))).toMatchObject([
      {
        kind: 'SAME_EFFECTIVE_ENTITLEMENTS',
        message: '"A", "B" and "C" give exactly the same 1 grant, direct and inherited together.',
        profileIds: ['a', 'b', 'c'],
      },
    ]);
  });

  it('TYPE_RULE_VIOLATION: one for each rule, effective grants counted', () => {
    const leaf = {
      typeId: 'leaf',
      currentVersion: version('b', { entitlements: [entitlement('x'), entitlement('y')] }),
    };
    const hierarchy = new Hierarchy(
      [
        profile('a', { typeId: 'role', currentVersion: version('a', { inheritsFromIds: ['b', 'gone'] }) }),
        profile('b', leaf),
        profile('c', { typeId: 'nowhere' }),
      ],
      [
        profileType('role', { name: 'Business Role', maxEntitlements: 1, allowInheritedFromTypeIds: ['role'] }),
        profileType('leaf', { allowInheritEntities: false }),
      ],
    );
    expect(finish(inheritanceFindings(hierarchy, ['TYPE_RULE_VIOLATION'])).map(({ message }) => message)).toEqual([
      '"A" breaks allow_inherited_from_types: type "Business Role" does not allow inheriting from the type of "B".',
      '"A" breaks max_entitlements: type "Business Role" allows 1 grant, but it has 2 (0 direct, 2 only inherited).',
      '"C" breaks profile_type: its type nowhere is not among the types the API returns.',
    ]);
  });

  it('DUPLICATE_ENTITLEMENT: with the entitlement', () => {
    const [found] = finish(
      inheritanceFindings(hierarchyOf(['a>b', 'b'], { a: ['x', 'y'], b: ['y'] }), ['DUPLICATE_ENTITLEMENT']),
    );
    expect(found?.entitlements.map(({ entityId }) => entityId)).toEqual(['y']);
  });

  it('INACTIVE_PARENT: each edge from a running profile to one that gives nobody anything', () => {
    const inherits = (...inheritsFromIds: string[]) => ({ currentVersion: version('x', { inheritsFromIds }) });
    const hierarchy = new Hierarchy([
      profile('a', inherits('b', 'c', 'd', 'gone')),
      profile('b', { state: 'PAUSED' }),
      profile('c'),
      profile('d', { state: 'UNRECOGNIZED' }),
      profile('e', { state: 'DRY_RUN', ...inherits('b') }),
    ]);
    expect(finish(inheritanceFindings(hierarchy, ['INACTIVE_PARENT']))).toMatchObject([
      { message: '"A" is running and inherits from "B", whose state is PAUSED.', profileIds: ['a', 'b'] },
    ]);
  });

  it('GRANTS_NOTHING: each profile without an effective entitlement', () => {
    const hierarchy = hierarchyOf(['a>b', 'b', 'c>d', 'd>c', 'e>gone'], { b: ['x'] });
    expect(finish(inheritanceFindings(hierarchy, ['GRANTS_NOTHING']))).toMatchObject([
      { message: '"C" grants nothing, directly or by inheritance.', profileIds: ['c'] },
      { profileIds: ['d'] },
      { profileIds: ['e'] },
    ]);
  });

  it('DISABLED_DATASOURCE: each profile that grants something in a data source that is disabled', () => {
    const hierarchy = hierarchyOf(['a', 'b>a', 'c'], { a: ['x', 'y'] });
    const datasource = (enabled: boolean | null) => ({
      datasourceId: 'ds1',
      name: 'Okta',
      providerType: null,
      providerId: null,
      externalId: null,
      enabled,
      actions: [],
    });
    const found = (enabled: boolean | null) =>
      finish(
        inheritanceFindings(hierarchy, ['DISABLED_DATASOURCE'], { ...noFacts, datasources: [datasource(enabled)] }),
      );
    expect(found(false)).toMatchObject([
      {
        message: '"A" grants entitlements in data source "Okta", which is disabled.',
        profileIds: ['a'],
        entitlements: [{ entityId: 'x' }, { entityId: 'y' }],
        about: 'ds1',
      },
    ]);
    expect([found(true), found(null)]).toEqual([[], []]);
    expect(finish(inheritanceFindings(hierarchy, ['DISABLED_DATASOURCE']))).toEqual([]);
  });

  it('UNUSED_PROFILE: no members, no children, no policy; said only where all three are proven', () => {
    const hierarchy = new Hierarchy([
      profile('a', { currentVersion: version('a', { inheritsFromIds: ['b'] }) }),
      profile('b'),
      profile('c'),
      profile('d', { usedByWorkflow: true }),
      profile('e'),
      profile('f'),
      // Somebody inherits from it whom this key may not see.
      profile('g', { inheritedByIds: ['hidden'] }),
      // A draft of a profile that is seen names it.
      profile('h', { inheritedByIds: ['a'] }),
    ]);
    const policy = (usedProfileIds: readonly string[], configured: readonly string[]) => ({
      policyId: 'p',
      name: null,
      description: null,
      state: null,
      currentVersionNumber: 1,
      draftVersionNumber: null,
      sourceEntityType: null,
      datasourceIds: [],
      usedProfileIds,
      configuredTexts: new Map(configured.map((text) => [text, []])),
    });
    const policies = [policy(['e'], []), policy([], ['f'])];
    const memberless = new Set(['a', 'b', 'd', 'e', 'f', 'g', 'h']);
    const found = (facts: Partial<FindingFacts>) =>
      finish(inheritanceFindings(hierarchy, ['UNUSED_PROFILE'], { ...noFacts, ...facts }));
    expect(found({ policies, memberless })).toMatchObject([
      { message: '"A" has no members and no children, and no lifecycle policy uses it.', profileIds: ['a'] },
      { profileIds: ['h'] },
    ]);
    expect([found({ policies }), found({ memberless }), found({})]).toEqual([[], [], []]);
  });

  it('SEPARATION_VIOLATION: each profile that has something of each group', () => {
    const ref = (entityId: string, entityType: string | null = null) => ({ datasourceId: 'ds1', entityType, entityId });
    const rule = (name: string, ...groups: EntityRef[][]) => ({ name, description: null, enforce: false, groups });
    const separationRules = [
      rule('Pay or approve', [ref('pay'), ref('pay-all')], [ref('approve', 'Role')]),
      rule('Of another type', [ref('pay')], [ref('approve', 'Group')]),
    ];
    const hierarchy = hierarchyOf(['clerk', 'boss>clerk', 'heir>boss', 'approver'], {
      clerk: ['pay'],
      boss: ['approve', 'pay-all'],
      approver: ['approve'],
    });
    const found = finish(inheritanceFindings(hierarchy, ['SEPARATION_VIOLATION'], { ...noFacts, separationRules }));
    expect(found).toMatchObject([
      {
        message:
          '"BOSS" breaks the rule of separation "Pay or approve": it grants Role "pay" of data source ds1, Role "pay-all" of data source ds1 and Role "approve" of data source ds1.',
        profileIds: ['boss'],
        separationRule: { name: 'Pay or approve' },
      },
      { profileIds: ['heir'] },
    ]);
    expect(found[0]?.entitlements.map(({ entityId }) => entityId)).toEqual(['pay', 'pay-all', 'approve']);
    expect(finish(inheritanceFindings(hierarchy, ['SEPARATION_VIOLATION']))).toEqual([]);
  });

  it('agrees with brute force on what grants nothing and on rules of separation', () => {
    const group = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(arbitraryWorld, fc.array(group, { minLength: 2, maxLength: 3 }), (world, groups) => {
        const refs = groups.map((grants) =>
          grants.map((grant) => ({ datasourceId: 'ds1', entityType: null, entityId: `g${grant}` })),
        );
        const rule = { name: 'rule', description: null, enforce: false, groups: refs };
        const hierarchy = hierarchyOfWorld(world);
        const found = finish(
          inheritanceFindings(hierarchy, ['SEPARATION_VIOLATION', 'GRANTS_NOTHING'], {
            ...noFacts,
            separationRules: [rule],
          }),
        );
        const ofKind = (kind: string) => found.filter((it) => it.kind === kind).flatMap(({ profileIds }) => profileIds);
        const effective = world.nodes.map((_, node) => effectiveOf(world, node));
        const idsWhere = (holds: (grants: Map<number, unknown>) => boolean) =>
          world.nodes.filter((_, node) => holds(effective[node] ?? new Map())).map(({ id }) => id);
        expect(ofKind('GRANTS_NOTHING')).toEqual(idsWhere((grants) => grants.size === 0));
        expect(ofKind('SEPARATION_VIOLATION')).toEqual(
          idsWhere((grants) => groups.every((each) => each.some((grant) => grants.has(grant)))),
        );
        // A person for each pair of profiles, and what both together hold.
        const pairs = world.nodes.map((_, node) => [node, (node * 3 + 1) % world.nodes.length] as const);
        const check = finish(checkSeparation([rule], hierarchy.condensation, hierarchy.grants));
        const membersOf = (node: number) =>
          pairs.flatMap((pair, i) => (pair.includes(node) ? [{ identityId: `i${i}`, identityName: null }] : []));
        const asked = check.decisive();
        const violations = finish(check.ofMembers((node) => (asked.includes(node) ? membersOf(node) : [])));
        const holds = (node: number) => (grant: number) => effective[node]?.has(grant) === true;
        const breaking = pairs.flatMap(([a, b], i) => {
          const isBroken = groups.every((each) => each.some(holds(a)) || each.some(holds(b)));
          const nodes = [...new Set([a, b])].filter((node) => groups.flat().some(holds(node)));
          return isBroken ? [[`i${i}`, nodes.sort()]] : [];
        });
        expect(violations.map(({ member, nodes }) => [member.identityId, [...nodes].sort()])).toEqual(
          expect.arrayContaining(breaking),
        );
        expect(violations).toHaveLength(breaking.length);
      }),
    );
  });

  it('names a nameless profile by its id and cuts a long name between characters', () => {
    const hierarchy = new Hierarchy([
      profile('id1', { name: ' ', currentVersion: version('id1', { inheritsFromIds: ['id1'] }) }),
      profile('id2', { name: '😀'.repeat(100), currentVersion: version('id2', { inheritsFromIds: ['id2'] }) }),
    ]);
    expect(finish(inheritanceFindings(hierarchy, ['CYCLE'])).map(({ message }) => message)).toEqual([
      '"id1" inherits from itself.',
      `"${'😀'.repeat(79)}…" inherits from itself.`,
    ]);
  });

  it('takes an unpublished profile as a plain node, and of two with one id the first', () => {
    const hierarchy = new Hierarchy([
      profile('a', { currentVersion: null, currentVersionNumber: null }),
      profile('b'),
      profile('b', { currentVersion: version('b', { inheritsFromIds: ['b'] }) }),
    ]);
    expect(hierarchy.graph.edgeCount).toBe(0);
    expect(finish(inheritanceFindings(hierarchy, ['CYCLE', 'MISSING_PARENT', 'INACTIVE_PARENT']))).toEqual([]);
    expect(hierarchy.find('b')).toBe(hierarchy.profiles[1]);
    expect(hierarchy.find('z')).toBeNull();
  });

  it('refuses a profile whose current version the API did not send, rather than hide its grants', () => {
    const withheld = { currentVersion: null, currentVersionNumber: 3 };
    expect(() => finish(inheritanceFindings(new Hierarchy([profile('a', withheld)]), ['CYCLE']))).toThrow('version 3');
    const known = new Hierarchy([profile('a', { ...withheld, inheritedIds: ['a'] })]);
    expect(finish(inheritanceFindings(known, ['CYCLE']))).toHaveLength(1);
    expect(() => known.grants).toThrow('version 3');
  });

  it('gives only the kinds asked for, once and in one order', () => {
    const hierarchy = hierarchyOf(['a>a gone', 'b>gone']);
    const kinds = finish(inheritanceFindings(hierarchy, ['MISSING_PARENT', 'CYCLE', 'MISSING_PARENT'])).map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(['CYCLE', 'MISSING_PARENT']);
    expect(finish(inheritanceFindings(hierarchy, []))).toEqual([]);
  });

  it('agrees with brute force on cycles and equal sets, kinds in one order', () => {
    fc.assert(
      fc.property(arbitraryWorld, (world) => {
        const findings = finish(inheritanceFindings(hierarchyOfWorld(world)));
        const ranks = findings.map(({ kind }) => findingKinds.indexOf(kind));
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        const ofKind = (kind: string) =>
          findings.filter((it) => it.kind === kind).map(({ profileIds }) => profileIds.join());

        const cycles = cyclesOf(world.nodes).map((cycle) => cycle.map((node) => `p${node}`).join());
        if (cycles.length < 100) expect(ofKind('CYCLE').sort()).toEqual(cycles.sort());
        const groups = new Map<string, string[]>();
        world.nodes.forEach(({ id }, node) => {
          const set = [...effectiveOf(world, node).keys()].sort().join();
          if (set !== '') groups.set(set, [...(groups.get(set) ?? []), id]);
        });
        const equal = [...groups.values()].filter((group) => group.length > 1).map(String);
        expect(ofKind('SAME_EFFECTIVE_ENTITLEMENTS').sort()).toEqual(equal.sort());
      }),
    );
  });

  it('takes 10,000 profiles', () => {
    const world = { nodes: layered({ size: 10_000, layers: 10, parents: 3 }), holds: randomHolds(10_000, 5_000) };
    const kinds = new Set(finish(inheritanceFindings(hierarchyOfWorld(world))).map(({ kind }) => kind));
    expect(kinds).toContain('DUPLICATE_ENTITLEMENT');
    expect(kinds).not.toContain('CYCLE');
  });
});
