import { GatewayError, UserInputError } from '../../errors.ts';
import { findingKinds } from '../../inheritance/analysis/findings/finding.ts';
import { findingChanges } from '../../inheritance/analysis/simulation.ts';
import type { ProfileChangeInput } from '../../model/change-input.ts';
import { affectedMembersOf } from '../../mutations/affected-members.ts';
import { isChangeFailure } from '../../mutations/failure.ts';
import { checkedChanges } from '../../mutations/planned-changes.ts';
import { type Simulation, simulate } from '../../mutations/simulate.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import type { Context } from '../context.ts';
import { RuleViolationRef } from '../failure.ts';
import { graphWalk, listOf, membersOf } from '../field-cost.ts';
import { inSlices } from '../in-slices.ts';
import { AffectedMemberRef, AffectedProfileRef } from '../refs.ts';
import { refuseUnsetVariables } from '../unset-variables.ts';
import { AccessProfileChangeInputRef, changesDescription } from './change-input.ts';
import { type InheritanceFinding, InheritanceFindingRef } from './finding.ts';
import { factsFor } from './finding-facts.ts';
import { readTyped } from './typed-snapshot.ts';

interface FindingLists {
  readonly appear: readonly InheritanceFinding[];
  readonly disappear: readonly InheritanceFinding[];
}

/** Findings of simulations, which are worked out only if they are selected, and once for both fields. */
const findings = new WeakMap<Simulation, Promise<FindingLists>>();

async function findingsOf(simulation: Simulation, context: Context): Promise<FindingLists> {
  const known = findings.get(simulation) ?? searchFindings(simulation, context);
  findings.set(simulation, known);
  return known;
}

async function searchFindings({ before, after }: Simulation, context: Context): Promise<FindingLists> {
  const facts = await factsFor(after, context, false);
  const { appear, disappear } = await inSlices(context, findingChanges(before, after, findingKinds, facts));
  // A profile that exists is shown as it is, since a client caches it under its id.
  const shown = (list: typeof appear): readonly InheritanceFinding[] =>
    list.map(({ profileIds, ...finding }) => ({
      ...finding,
      profiles: profileIds.flatMap((id) => before.find(id) ?? after.find(id) ?? []),
    }));
  return { appear: shown(appear), disappear: shown(disappear) };
}

const SimulationRef = builder.objectRef<Simulation>('AccessSimulation').implement({
  description: 'Effect of a list of changes, computed in memory. Profiles that exist are shown as they are now.',
  fields: (t) => ({
    affectedProfiles: t.field({
      type: [AffectedProfileRef],
      cost: listOf(25),
      description:
        'Profiles whose effective entitlements change: the changed profiles first, then their descendants. Fields of a simulated profile that need another request to the Veza API fail.',
      resolve: ({ before, after, affected }) =>
        affected.flatMap(({ profileId, gained, lost }) => {
          const profile = before.find(profileId) ?? after.find(profileId);
          return profile === null ? [] : [{ profile, gained, lost, isCurrent: true } as const];
        }),
    }),
    affectedMembers: t.field({
      ...nullOnlyOnError,
      type: [AffectedMemberRef],
      cost: membersOf(10),
      description:
        'People who gain or lose an entitlement, all their memberships considered. Requires one request per profile that has such an entitlement.',
      resolve: async ({ before, after, affected }, _args, { loaders }) => {
        const find = (id: string) => before.find(id);
        const members = await affectedMembersOf(loaders, { before, after, affected, find });
        if (members instanceof GatewayError) throw members;
        return members;
      },
    }),
    violations: t.expose('violations', {
      type: [RuleViolationRef],
      cost: listOf(5),
      description:
        'Rules of types, cycles and enforced rules of separation that the list as a whole would break by what it adds. `applyAccessProfileChanges` refuses such a list.',
    }),
    newFindings: t.field({
      type: [InheritanceFindingRef],
      cost: { ...graphWalk(25), onceFor: () => ['datasources', 'policies'] },
      needs: ['datasources', 'policies'],
      description: 'Findings that exist only after the changes.',
      resolve: async (simulation, _args, context) => (await findingsOf(simulation, context)).appear,
    }),
    resolvedFindings: t.field({
      type: [InheritanceFindingRef],
      cost: { ...graphWalk(25), onceFor: () => ['datasources', 'policies'] },
      needs: ['datasources', 'policies'],
      description: 'Findings that exist only before the changes.',
      resolve: async (simulation, _args, context) => (await findingsOf(simulation, context)).disappear,
    }),
    fingerprint: t.exposeString('fingerprint', {
      description:
        'Fingerprint of the changes and of everything that their effect depends on. Pass it to `applyAccessProfileChanges`. After a mutation that stopped, simulate the same list again: changes that were applied already change nothing and count as applied.',
    }),
  }),
});

builder.queryField('simulateAccessProfileChanges', (t) =>
  t.field({
    ...nullOnlyOnError,
    type: SimulationRef,
    cost: { ...graphWalk(1), once: 'scan', onceFor: () => ['types'] },
    needs: 'wantsWhole',
    description:
      'Computes what a list of changes would do, without changing anything. Requires one scan of all profiles and one of all types. An update of a draft also reads that draft, if the Veza API has a call for that.',
    args: {
      changes: t.arg({ type: [AccessProfileChangeInputRef], required: true, description: changesDescription }),
    },
    resolve: async (_root, { changes }, context, info) => {
      refuseUnsetRemovals(info, 'changes', changes);
      try {
        const planned = checkedChanges(changes, 'changes');
        const reading = await readTyped(context);
        const hierarchy = await reading.typed(() => context.loaders.types.all());
        const { separationRules, resultLimit, changes: session } = context;
        return await simulate({ session, hierarchy, separationRules, pauses: resultLimit }, planned, 'changes');
      } catch (error) {
        throw asError(error);
      }
    },
  }),
);

/** A forgotten variable must not remove what was not named. */
export function refuseUnsetRemovals(
  info: Parameters<typeof refuseUnsetVariables>[0],
  field: string,
  changes: readonly ProfileChangeInput[],
): void {
  for (const i of changes.keys()) refuseUnsetVariables(info, `${field}.${i}.updateVersion.removeEntitlements`);
}

/** What a mutation answers as its result is the error of a query. */
function asError(error: unknown): unknown {
  if (!isChangeFailure(error)) return error;
  if (error.name === 'Conflict') return new GatewayError('CONFLICT', error.message, { cause: error });
  const field = error.name === 'InvalidInput' ? error.fields[0]?.field : error.name === 'NotFound' ? error.field : null;
  const message = error.name === 'NotFound' && field ? `${field}: ${error.message}` : error.message;
  return new UserInputError(field ?? 'changes', message, { cause: error });
}
