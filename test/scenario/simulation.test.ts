import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { World } from '../../src/sandbox/world.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { runs } from '../support/runs.ts';
import { arbitraryTrial, keptApart, naiveAffected, naiveFindings, naiveViolations } from './simulation-support.ts';

const grantFields = 'entityType datasourceId entityId assignedToEntityType assignedToEntityId';
const simulation = `
  query Simulate($changes: [AccessProfileChangeInput!]!) {
    simulateAccessProfileChanges(changes: $changes) {
      affectedProfiles { profile { id profileId name } gained { ${grantFields} } lost { ${grantFields} } }
      violations { rule description }
      newFindings(includePeople: true) { ...about }
      resolvedFindings(includePeople: true) { ...about }
      fingerprint
    }
  }
  fragment about on InheritanceFinding {
    kind message identityId profiles { profileId } entitlements { ${grantFields} }
  }`;

interface Grant {
  readonly entityType: string;
  readonly datasourceId: string;
  readonly entityId: string;
  readonly assignedToEntityType: string | null;
  readonly assignedToEntityId: string | null;
}
interface Finding {
  readonly kind: string;
  readonly message: string;
  readonly identityId: string | null;
  readonly entitlements: readonly Grant[];
  readonly profiles: readonly { readonly profileId: string }[];
}
interface Simulated {
  readonly affectedProfiles: readonly {
    readonly profile: { readonly id: string; readonly profileId: string; readonly name: string };
    readonly gained: readonly Grant[];
    readonly lost: readonly Grant[];
  }[];
  readonly violations: readonly { readonly rule: string; readonly description: string }[];
  readonly newFindings: readonly Finding[];
  readonly resolvedFindings: readonly Finding[];
  readonly fingerprint: string;
}

const keyOf = (grant: Grant) =>
  [
    grant.datasourceId,
    grant.entityType,
    grant.entityId,
    grant.assignedToEntityType ?? '',
    grant.assignedToEntityId ?? '',
  ].join('|');

async function simulate(gateway: TestGateway, changes: readonly object[]): Promise<Simulated> {
  const answer = await gateway.ask<{ simulateAccessProfileChanges: Simulated }, object>(simulation, { changes });
  expect(answer.errors).toBeUndefined();
  const found = answer.data?.simulateAccessProfileChanges;
  if (!found) throw new Error('no simulation');
  return found;
}

const line = ({ kind, message, identityId, profiles, entitlements }: Finding) => {
  const ids = profiles.map(({ profileId }) => profileId);
  const rule = kind === 'TYPE_RULE_VIOLATION' ? ` ${/breaks (\w+):/.exec(message)?.[1]}` : '';
  const grants = kind === 'DUPLICATE_ENTITLEMENT' ? ` ${entitlements.map(keyOf)}` : '';
  const about = kind === 'CYCLE' ? ids.join('>') : kind === 'DUPLICATE_ENTITLEMENT' ? ids[0] : (identityId ?? ids);
  return `${kind} ${about}${rule}${grants}`;
};

it('tells what a list does as applying it to the records does', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryTrial, async (trial) => {
      await using gateway = await startGateway({ world: trial.world }, { separationRules: [keptApart] });
      const found = await simulate(gateway, trial.changes);
      const affected = found.affectedProfiles.map(
        ({ profile, gained, lost }) => `${profile.profileId} +${gained.map(keyOf).sort()} -${lost.map(keyOf).sort()}`,
      );
      expect(affected.sort()).toEqual(naiveAffected(trial));
      const names = new Map(
        trial.after.profiles.map(({ id, name }) => [
          trial.world.profiles.find((each) => each.id === id)?.name ?? name,
          id,
        ]),
      );
      const violations = found.violations.map(
        ({ rule, description }) => `${names.get(/^"(.*?)"/.exec(description)?.[1] ?? '')} ${rule}`,
      );
      expect(violations.sort()).toEqual(naiveViolations(trial));
      const unlike = naiveFindings(trial);
      expect(found.newFindings.map(line).sort()).toEqual(unlike.appear);
      expect(found.resolvedFindings.map(line).sort()).toEqual(unlike.disappear);
      // One scan, the types, data sources and policies; members once for each profile that has what the rule names.
      const members = gateway.sandbox.calls.filter(({ path }) => path.endsWith('/members'));
      expect(gateway.sandbox.calls).toHaveLength(4 + members.length);
      expect(new Set(members.map(({ path }) => path)).size).toBe(members.length);
    }),
    { numRuns: runs(120) },
  );
});

const group = (entity_id: string) => ({ entity_type: 'Group', datasource_id: 'ds', entity_id });
const peopled: World = {
  types: [{ id: 'role', name: 'Role' }],
  identities: ['ada', 'bob', 'cy'].map((id) => ({ id, name: id.toUpperCase() })),
  profiles: [
    { id: 'crm', name: 'CRM', profile_type: 'role', entities: [group('crm')], members: ['bob'] },
    { id: 'sales', name: 'Sales', profile_type: 'role', inherits: ['crm'], members: ['ada', 'bob'] },
    { id: 'mail', name: 'Mail', profile_type: 'role', entities: [group('mail')], members: ['cy'] },
    { id: 'other', name: 'Other', profile_type: 'role', members: ['cy'] },
  ],
};

it('names the people who gain or lose something, all their profiles considered', async () => {
  await using gateway = await startGateway({ world: peopled });
  const answer = await gateway.ask(`{
    simulateAccessProfileChanges(changes: [
      { updateVersion: { id: "sales", removeInheritsFrom: ["crm"], addInheritsFrom: ["mail"] } }
      { updateVersion: { id: "other", addInheritsFrom: ["mail"] } }
    ]) { affectedMembers { identityId gained { entityId } lost { entityId } } }
  }`);
  // Bob keeps what CRM gives him, and Cy has mail already.
  expect(answer).toEqual({
    data: {
      simulateAccessProfileChanges: {
        affectedMembers: [
          { identityId: 'bob', gained: [{ entityId: 'mail' }], lost: [] },
          { identityId: 'ada', gained: [{ entityId: 'mail' }], lost: [{ entityId: 'crm' }] },
        ],
      },
    },
  });
});

it('refuses to tell relations of a simulated profile, rather than to show none', async () => {
  await using gateway = await startGateway({ world: peopled });
  const fields = [
    'members { identityId }',
    'inheritsFrom { name }',
    'inheritedBy { name }',
    'effectiveEntitlements { direct }',
  ];
  for (const field of fields) {
    const answer = await gateway.ask<{ simulateAccessProfileChanges: object }, object>(`{
      simulateAccessProfileChanges(changes: [
        { createAccessProfile: { name: "New", state: RUNNING, type: "role", inheritsFrom: ["crm"] } }
      ]) { affectedProfiles { profile { profileId name state type { name } entitlements { entityId } ${field} } } }
    }`);
    const [name = ''] = field.split(' ');
    expect(answer.data?.simulateAccessProfileChanges, field).toMatchObject({
      affectedProfiles: [{ profile: { profileId: '#0', name: 'New', type: { name: 'Role' }, [name]: null } }],
    });
    expect(answer.errors?.[0]?.message).toMatch(/^Profile #0 is only simulated/);
  }
  expect(gateway.sandbox.calls.every(({ path, query }) => !/%23|#/.test(`${path}?${query}`))).toBe(true);
});
