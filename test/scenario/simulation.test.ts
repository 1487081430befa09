import fc from 'fast-check';
import { expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { runs } from '../support/runs.ts';
import { arbitraryTrial, naiveAffected, naiveFindings, naiveViolations } from './simulation-support.ts';

const grantFields = 'entityType datasourceId entityId assignedToEntityType assignedToEntityId';
const simulation = `
  query Simulate($changes: [AccessProfileChangeInput!]!) {
    simulateAccessProfileChanges(changes: $changes) {
      affectedProfiles { profile { id profileId name } gained { ${grantFields} } lost { ${grantFields} } }
      violations { rule description }
      newFindings { kind message profiles { profileId } entitlements { ${grantFields} } }
      resolvedFindings { kind message profiles { profileId } entitlements { ${grantFields} } }
      fingerprint
    }
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

const line = ({ kind, message, profiles, entitlements }: Finding) => {
  const ids = profiles.map(({ profileId }) => profileId);
  const rule = kind === 'TYPE_RULE_VIOLATION' ? ` ${/breaks (\w+):/.exec(message)?.[1]}` : '';
  return `${kind} ${kind === 'CYCLE' ? ids.join('>') : kind === 'DUPLICATE_ENTITLEMENT' ? `${ids[0]} ${entitlements.map(keyOf)}` : ids}${rule}`;
};

it('tells what a list does as applying it to the records does', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryTrial, async (trial) => {
      await using gateway = await startGateway({ world: trial.world });
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
      // One scan and the types, whatever is asked for.
      expect(gateway.sandbox.calls.map(({ method }) => method)).toEqual(['GET', 'GET']);
    }),
    { numRuns: runs(120) },
  );
});
